"""Samplers that are made of another sampler."""

WRAPPERS = {"per_class": "PerClass"}  # module -> class
