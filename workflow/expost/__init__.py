"""Samplers of latent codes, the autoencoders they turn into generators, metrics to compare them."""
