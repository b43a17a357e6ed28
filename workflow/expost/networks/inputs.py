"""Data as networks take them."""

import torch


def to_input(data: torch.Tensor) -> torch.Tensor:
    """Data as float32: pixels in [0, 1], vectors as they are.

    Args:
        data: uint8 images (n, c, h, w), or float32 vectors (n, d).

    Returns:
        The same shape; images channels last, which makes convolutions faster.
    """
    if data.dtype == torch.uint8:
        return data.to(torch.float32, memory_format=torch.channels_last).div_(255)
    return data.to(torch.float32)
