"""What made the results, and whether they still are what was made."""
