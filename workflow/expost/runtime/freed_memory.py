"""Memory that this process frees and soon wants again."""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
LARGEST = 2**25  # bytes of one array; glibc takes no more


def keep(most: int = 2**30) -> bool:
    """Keep what is freed for the next arrays, in place of giving it back to the system at once.

    A training frees its maps at every step and wants as much at the next. Pages that the system
    gives anew have to be zeroed first, one fault each: up to a quarter of a step. Arrays above
    `LARGEST` are given back as ever. Results do not depend on it.

    Args:
        most: bytes that may lie idle at the heap's end.

    Returns:
        Whether it was done: the C library is glibc.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return all([mallopt(_MMAP_THRESHOLD, LARGEST), mallopt(_TRIM_THRESHOLD, most)])
