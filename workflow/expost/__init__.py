"""Latent-code samplers, the autoencoders they turn into generators, and the metrics to compare them."""
