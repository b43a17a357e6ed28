"""How many threads this process computes with: one number that every library obeys."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from threading import Lock

from threadpoolctl import ThreadpoolController, threadpool_limits

_limit: int | None = None
_lock, _inside, _restore = Lock(), 0, ExitStack()


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
    return _limit or 1


@contextmanager
def held() -> Iterator[None]:
    """Compute with `limited()` threads meanwhile, and then with as many as before.

    For programs that never called `limit`, and whose threads are their own: where it was called,
    libraries obey already. Calls may be nested and come from several threads; the first one in
    limits, the last one out restores. A library that is loaded inside is not limited.
    """
    global _inside
    if _limit is not None:
        yield
        return
    with _lock:
        if _inside == 0:
            _enter()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _take_over()
                _restore.close()


@contextmanager
def alone() -> Iterator[None]:
    """Compute with one thread meanwhile, for what is slower with several of them."""
    with _controller(len(sys.modules)).limit(limits=1):
        yield


def _enter() -> None:
    _take_over()
    _restore.enter_context(_controller(len(sys.modules)).limit(limits=limited()))
    torch = sys.modules.get("torch")
    if torch is not None:
        _restore.callback(torch.set_num_threads, torch.get_num_threads())
        torch.set_num_threads(limited())


def _take_over() -> None:
    """Let this thread set OpenBLAS's limit, though another did: else it would be told nothing."""
    for controller in _controller(len(sys.modules)).lib_controllers:
        if hasattr(controller, "clear_controlling_thread"):  # of newer versions of threadpoolctl
            controller.clear_controlling_thread(force=True)


@lru_cache(maxsize=1)
def _controller(modules: int) -> ThreadpoolController:
    """Of the libraries that are loaded; to look for them takes 3 ms, so only after an import."""
    return ThreadpoolController()


def wait_asleep() -> None:
    """Let threads without work sleep, in libraries that this process and its children load later.

    They would spin for a while, in case more work comes. But NumPy, SciPy, scikit-learn and PyTorch
    bring threads of their own each, and those of one would take the cores from those of the next.
    What the environment says already is kept.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")  # log2 of processor cycles; the least
