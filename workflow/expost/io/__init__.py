"""Files that are whole or absent, and readers that do not believe what a file or a caller says."""
