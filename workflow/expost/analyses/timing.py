"""How long fitting and drawing take, from microseconds to hours, by the same clock."""

import time
from collections.abc import Callable
from importlib import import_module

import numpy as np

from ..runtime.log import log
from ..samplers.base import Sampler

ENOUGH = 0.2  # seconds: some turns of the scheduler


def measure(sampler: Sampler, codes: np.ndarray, rng: np.random.Generator) -> list[dict]:
    """Median seconds of fitting to all codes, and of drawing as many new ones.

    As many draws as codes: then both phases show how they grow with n.

    Args:
        sampler: anything from `expost.samplers`.
        codes: what to fit to, (n, d).
        rng: used by fits and draws.

    Returns:
        A record for the phase `fit` and one for `sample`: `seconds`, and the `rounds` behind them.
    """
    for library in sampler.libraries:
        import_module(library)
    records = []
    for phase, work in (
        ("fit", lambda: sampler.fit(codes, rng)),
        ("sample", lambda: sampler.sample(len(codes), rng)),
    ):
        seconds = repeated(work)
        records.append(
            {"phase": phase, "seconds": float(np.median(seconds)), "rounds": len(seconds)}
        )
        log.info("%s: %.3g to %.3g s in %d rounds", phase, min(seconds), max(seconds), len(seconds))
    return records


def repeated(work: Callable, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Seconds of each of several rounds of `work`, or of the only one if that takes long.

    A first round shorter than `ENOUGH` is not counted, for part of it may have been loading; more
    follow until they add up to `ENOUGH`, at least three. Of a longer round, loading is little.

    Args:
        work: a function without arguments.
        clock: what tells seconds.
    """

    def once() -> float:
        started = clock()
        work()
        return clock() - started

    first = once()
    if first >= ENOUGH:
        return [first]
    seconds = [once(), once(), once()]
    while sum(seconds) < ENOUGH:
        seconds.append(once())
    return seconds
