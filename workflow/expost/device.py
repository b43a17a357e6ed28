"""Where networks compute."""

import os

import torch


def pick(device: str = "auto") -> torch.device:
    """The device of that name, set up so that the same run gives the same bytes on it again.

    On CUDA that switches the whole process to PyTorch's deterministic algorithms. On the CPU the
    operations used here are deterministic as they are, for a fixed number of threads, and the
    switch would import the compiler: 0.7 s a job.

    Args:
        device: "cpu", "cuda", or "auto" for CUDA where there is one.

    Raises:
        ValueError: an unknown name, or "cuda" where PyTorch finds none.
    """
    if device not in ("auto", "cpu", "cuda"):
        raise ValueError(f"unknown device {device!r}; known are auto, cpu, cuda")
    found = torch.cuda.is_available()
    if device == "cuda" and not found:
        raise ValueError(
            "device is 'cuda' but PyTorch finds no CUDA device; install its driver, or set device "
            "to 'cpu' or 'auto'"
        )
    if not found or device == "cpu":
        return torch.device("cpu")
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # read when cuBLAS starts
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(True)
    # Would fill every new tensor with NaN, to show reads of memory nobody wrote.
    torch.utils.deterministic.fill_uninitialized_memory = False
    return torch.device("cuda")
