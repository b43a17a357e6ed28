"""The networks of autoencoders."""
