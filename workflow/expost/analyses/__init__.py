"""What is computed for one figure: recombined and interpolated codes, embeddings, timings."""
