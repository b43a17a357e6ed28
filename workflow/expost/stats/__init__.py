"""Means, intervals and what may be concluded from them."""
