"""Two implementations timed in turns, and a row that says what came of it."""

import gc
import platform
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import numpy as np
from expost.runtime.threads import limit, limited

ROUNDS = 5
HEADER = [
    "| item | plain | s | ours, s | ratio | floor, s | agreement | threads | rounds |",
    "| --- | --- | --: | --: | --: | --: | --- | --: | --: |",
]


@dataclass(frozen=True)
class Row:
    """One comparison.

    Attributes:
        item: what is computed, with its sizes.
        plain: the other implementation, by library and function.
        plain_seconds: median; None where there is none to compare with.
        seconds: ours, median.
        floor: seconds the same arithmetic takes at this machine's measured rates; None where it
            is not counted.
        agreement: how far the results are apart, and what it was allowed to be.
        agrees: whether they are as close as they must be.
        threads: of either side.
        rounds: how many times each was run.
    """

    item: str
    plain: str
    plain_seconds: float | None
    seconds: float
    floor: float | None
    agreement: str
    agrees: bool
    threads: int
    rounds: int

    def __str__(self) -> str:
        ratio = "–" if self.plain_seconds is None else f"{self.plain_seconds / self.seconds:.3g}"
        times = (_seconds(t) for t in (self.plain_seconds, self.seconds))
        agreement = self.agreement if self.agrees else f"**{self.agreement}**"
        cells = (self.item, self.plain, *times, ratio, _seconds(self.floor), agreement)
        return f"| {' | '.join(cells)} | {self.threads} | {self.rounds} |"


def compare(
    item: str,
    plain: tuple[str, Callable],
    ours: Callable,
    error: Callable[[object, object], float],
    tolerance: float,
    *,
    share: float = 1.0,
    floor: float | None = None,
    threads: int = 1,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> Row:
    """Time both in turns, in this process, and compare what they returned last.

    Args:
        item: what is computed.
        plain: name of the other implementation, and a function without arguments.
        ours: a function without arguments.
        error: distance of the plain result (first) and ours, to be at most `tolerance`.
        tolerance: see `error`.
        share: part of the work the plain function does; its time is divided by it, and the row
            says so.
        floor: see `Row`.
        threads: for both sides.
        rounds: how often each is run; the time is the median.
        clock: in seconds; `time.process_time` for those of the CPU, which other programs on the
            machine hardly change.
    """
    name, function = plain
    if share < 1:
        name += f" ({share:.1%} of it, scaled)"
    with using(threads):
        (slow, fast), (expected, got) = medians((function, ours), rounds, clock)
    gap = float(error(expected, got))
    agreement = (
        f"{gap:.0e} ≤ {tolerance:.0e}" if gap <= tolerance else f"{gap:.0e} > {tolerance:.0e}"
    )
    return Row(item, name, slow / share, fast, floor, agreement, gap <= tolerance, threads, rounds)


def alone(
    item: str,
    ours: Callable,
    check: Callable[[object], tuple[str, bool]],
    *,
    floor: float | None = None,
    threads: int = 1,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> Row:
    """Time ours where nothing plain ends in reasonable time.

    Args:
        item: what is computed.
        ours: a function without arguments.
        check: of the result: a remark on its correctness, and whether it is right.
        floor: see `Row`.
        threads: to compute with.
        rounds: how often it is run.
        clock: see `compare`.
    """
    with using(threads):
        (seconds,), (result,) = medians((ours,), rounds, clock)
    remark, right = check(result)
    return Row(item, "–", None, seconds, floor, remark, right, threads, rounds)


def medians(
    functions: tuple[Callable, ...], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[np.ndarray, list]:
    """Median seconds of each function, which take turns, and what each returned last."""
    seconds, results = np.empty((rounds, len(functions))), [None] * len(functions)
    for turn in range(rounds):
        for i, function in enumerate(functions):
            results[i] = None  # frees memory before it is wanted again
            gc.collect()
            start = clock()
            results[i] = function()
            seconds[turn, i] = clock() - start
    return np.median(seconds, axis=0), results


@contextmanager
def using(threads: int):
    """Compute with so many threads, in all libraries."""
    import torch  # noqa: F401 (is limited, too, once it is there)

    before = limited()
    limit(threads)
    try:
        yield
    finally:
        limit(before)


def relative(expected, got) -> float:
    """Largest relative difference of two numbers or arrays of numbers."""
    expected, got = np.asarray(expected, dtype=float), np.asarray(got, dtype=float)
    return np.max(np.abs(got - expected) / np.maximum(np.abs(expected), 1e-300))


def machine() -> str:
    """What the times were measured on, in a line."""
    from os import cpu_count

    found = (f"{name} {rate:.3g} {unit}" for name, (rate, unit) in rates().items())
    return (
        f"{cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}. "
        f"One thread does: {', '.join(found)}."
    )


@cache
def rates() -> dict[str, tuple[float, str]]:
    """What one thread of this machine reaches: the rates that floors are made of."""
    rng = np.random.default_rng(0)
    single, double = rng.random((1024, 1024), dtype=np.float32), rng.random((1024, 1024))
    line = rng.random(2**14, dtype=np.float32)  # in the first cache
    wide = rng.random(2**24)
    with using(1):
        found, _ = medians(
            (
                lambda: single @ single,
                lambda: double @ double,
                lambda: _exponentials(line),
                lambda: wide.copy(),
                lambda: rng.standard_normal(2**20),
            ),
            ROUNDS,
        )
    sgemm, dgemm, exp, copy, normal = found
    return {
        "sgemm": (2 * 1024**3 / sgemm / 1e9, "GF/s"),
        "dgemm": (2 * 1024**3 / dgemm / 1e9, "GF/s"),
        "exp32": (exp / 100 / len(line) * 1e9, "ns"),
        "copy": (2 * wide.nbytes / copy / 1e9, "GB/s"),
        "normal": (normal / 2**20 * 1e9, "ns"),
    }


def _exponentials(line: np.ndarray) -> None:
    out = np.empty_like(line)
    for _ in range(100):
        np.exp(line, out=out)


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
