"""Figures, from tables and files of results; nothing here computes a result."""
