"""Where networks compute, and in which numbers; PyTorch is imported where it is asked for."""

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

DEVICES = ("auto", "cpu", "cuda")


def is_gpu(device: str = "auto") -> bool:
    """Whether that device is a GPU, found out without PyTorch where there is no driver of one.

    Raises:
        ValueError: an unknown name, or "cuda" where PyTorch finds none.
    """
    if device == "cpu" or (device == "auto" and not _has_driver()):
        return False
    return pick(device).type != "cpu"


def check(device: str, precision: str) -> None:
    """Refuse what no job on this machine could do, as far as that is known without PyTorch.

    Args:
        device: "auto", "cpu" or "cuda".
        precision: "float32" or "bfloat16".

    Raises:
        ValueError: "cuda" where there is no such device; or "bfloat16" where the processor has no
            instructions for it and would have to compute.
    """
    gpu = device != "cpu" and _has_gpu()
    if device == "cuda" and not gpu:
        raise ValueError(
            "device is 'cuda' but this machine has no CUDA device, or no driver of it; install its "
            "driver, or set device to 'cpu' or 'auto'"
        )
    features = _features_of_processor()
    if precision == "bfloat16" and not gpu and features and "bf16" not in features:
        raise ValueError(
            "precision is 'bfloat16' but this machine's processor has no instructions for it, and "
            "would be slower than in 'float32'; set precision to that, or use another machine"
        )


def _has_gpu() -> bool:
    """Whether CUDA's driver knows of a device, or ROCm's is there."""
    if not _has_driver():
        return False
    if Path("/dev/kfd").exists():
        return True
    try:
        driver, count = ctypes.CDLL("libcuda.so.1"), ctypes.c_int()
    except OSError:
        return True  # another system, where PyTorch will tell
    failed = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    return not failed and count.value > 0


def _features_of_processor() -> str:
    """What Linux says that the processor can do; nothing elsewhere."""
    try:
        return Path("/proc/cpuinfo").read_text()
    except OSError:
        return ""


@cache
def _has_driver() -> bool:
    """Whether CUDA's driver can be loaded, or ROCm's is there."""
    try:
        ctypes.CDLL("libcuda.so.1" if os.name != "nt" else "nvcuda.dll")
    except OSError:
        return Path("/dev/kfd").exists()
    return True


def pick(device: str = "auto") -> "torch.device":
    """The device of that name, set up so that the same run gives the same bytes on it again.

    On CUDA that switches the whole process to PyTorch's deterministic algorithms. On the CPU the
    operations used here are deterministic as they are, for a fixed number of threads, and the
    switch would import the compiler: 0.7 s a job.

    Args:
        device: "cpu", "cuda", or "auto" for CUDA where there is one.

    Raises:
        ValueError: an unknown name, or "cuda" where PyTorch finds none.
    """
    if device not in DEVICES:
        raise ValueError(f"unknown device {device!r}; known are {', '.join(DEVICES)}")
    import torch

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


def describe(device: str = "auto") -> str:
    """Name for people of the device of that name: of a GPU also its model."""
    if not is_gpu(device):
        return "cpu"
    import torch

    device = pick(device)
    return f"{device.type} ({torch.cuda.get_device_name(device)})"


def dtype(precision: str, device: "torch.device") -> "torch.dtype":
    """The type of numbers of that name, where the device has instructions for it.

    bfloat16 has the range of float32, but eight significant bits instead of 24.

    Args:
        precision: "float32" or "bfloat16".
        device: where to compute.

    Raises:
        ValueError: an unknown name, or "bfloat16" on a device that would have to emulate it,
            which is slower than float32.
    """
    if precision not in ("float32", "bfloat16"):
        raise ValueError(f"unknown precision {precision!r}; known are float32, bfloat16")
    if precision == "bfloat16" and not _has_bfloat16(device):
        raise ValueError(
            f"precision is 'bfloat16' but this {device.type} has no instructions for it, and would "
            "be slower than in 'float32'; set precision to that, or use another machine"
        )
    import torch

    return getattr(torch, precision)


def _has_bfloat16(device: "torch.device") -> bool:
    import torch

    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return any(has for name, has in torch.cpu.get_capabilities().items() if "bf16" in name)
