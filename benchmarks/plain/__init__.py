"""What one would write with scikit-learn, SciPy, POT and PyTorch: obvious, and slow.

The fast paths are timed beside these functions, and tested against them.
"""
