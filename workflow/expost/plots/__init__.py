"""Figures and tables from the tidy tables of results; nothing here computes a result."""
