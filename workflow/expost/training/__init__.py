"""Training that survives being killed, checkpoints, and images to codes and back."""
