"""What convolutions cost: operations counted, and the rate at which this machine does them."""

import time
from collections.abc import Callable
from functools import cache


def flops(step: Callable) -> int:
    """Additions and multiplications of all convolutions and matrix products in `step()`."""
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        step()
    return counter.get_total_flops()


@cache
def convolution_rate() -> float:
    """FLOP/s of one thread in a large 3x3 convolution in float32, the best of ten runs.

    Higher than that of NumPy's matrix product, which leaves half of a wide vector unit idle.
    """
    import torch

    from .compare import using

    layer = torch.nn.Conv2d(256, 256, 3, padding=1).to(memory_format=torch.channels_last)
    x = torch.rand(16, 256, 14, 14).to(memory_format=torch.channels_last)
    seconds = []
    with using(1), torch.inference_mode():
        for _ in range(10):
            start = time.perf_counter()
            layer(x)
            seconds.append(time.perf_counter() - start)
    return 2 * 9 * 256 * 256 * 14 * 14 * 16 / min(seconds)
