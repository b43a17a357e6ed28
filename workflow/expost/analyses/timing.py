"""How long fitting and drawing take, from microseconds to hours, by the same clock."""

import time
from collections.abc import Callable

import numpy as np

from ..runtime import registry, threads
from ..runtime.load import Watch
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
        A record for the phase `fit` and one for `sample`: `seconds`, the `rounds` behind them, and
        how busy the machine was meanwhile: `lacked`, `others` and `busy` of a `runtime.load.Load`.
    """
    registry.preload(sampler.libraries)
    records = []
    for phase, work in (
        ("fit", lambda: sampler.fit(codes, rng, look=False)),
        ("sample", lambda: sampler.sample(len(codes), rng)),
    ):
        watch = Watch(threads.limited())
        seconds = repeated(work, started=watch.start)
        load = watch.stop()
        records.append(
            {
                "phase": phase,
                "seconds": float(np.median(seconds)),
                "rounds": len(seconds),
                "lacked": round(load.lacked, 3),
                "others": round(load.others, 3) if np.isfinite(load.others) else None,
                "busy": load.busy,
            }
        )
        log.info("%s: %.3g to %.3g s in %d rounds", phase, min(seconds), max(seconds), len(seconds))
        if load.busy:
            log.warning(
                "%s: no core for %.0f %% of the time, and others kept %.1f of %d cores busy: this "
                "is not how long it takes by itself",
                *(phase, 100 * load.lacked, load.others, load.cores),
            )
    return records


def repeated(
    work: Callable,
    clock: Callable[[], float] = time.perf_counter,
    started: Callable[[], None] = lambda: None,
) -> list[float]:
    """Seconds of each of several rounds of `work`, or of the only one if that takes long.

    A first round shorter than `ENOUGH` is not counted, for part of it may have been loading; more
    follow until they add up to `ENOUGH`, at least three. Of a longer round, loading is little.

    Args:
        work: a function without arguments.
        clock: what tells seconds.
        started: called before the first round that is counted.
    """

    def once() -> float:
        begin = clock()
        work()
        return clock() - begin

    started()
    first = once()
    if first >= ENOUGH:
        return [first]
    started()
    seconds = [once(), once(), once()]
    while sum(seconds) < ENOUGH:
        seconds.append(once())
    return seconds
