"""What is compared: a module a part of the project, each with `rows()`."""
