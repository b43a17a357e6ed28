"""Densities, margins and copulas: the numerical work beneath samplers."""
