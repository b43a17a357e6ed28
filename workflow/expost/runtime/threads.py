"""How many threads this process computes with: one number that every library obeys."""

import os
import sys

from threadpoolctl import threadpool_limits

_limit = 1


def limit(threads: int) -> None:
    """Compute with exactly `threads` threads from now on, in libraries loaded already or later.

    More threads than cores are worse than useless: they wait for each other.

    Raises:
        ValueError: `threads` < 1.
    """
    global _limit
    if threads < 1:
        raise ValueError(f"threads must be at least 1, got {threads}")
    _limit = threads
    for library in ("OMP", "OPENBLAS", "MKL"):  # for what is loaded later
        os.environ[f"{library}_NUM_THREADS"] = str(threads)
    threadpool_limits(threads)  # for what is loaded already
    torch = sys.modules.get("torch")
    if torch is not None:  # or it would heed what was in the environment when it was loaded
        torch.set_num_threads(threads)


def limited() -> int:
    """The number last given to `limit`, 1 if none was: for libraries that ask at every call."""
    return _limit


def wait_asleep() -> None:
    """Let threads without work sleep, in libraries that this process and its children load later.

    They would spin for a while, in case more work comes. But NumPy, SciPy, scikit-learn and PyTorch
    bring threads of their own each, and those of one would take the cores from those of the next.
    What the environment says already is kept.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")  # log2 of processor cycles; the least
