"""What every script needs from its job: a log, a fixed number of threads, seeds."""

import atexit
import gc
import hashlib
import logging
import os
import platform
import sys
import time
import traceback
from pathlib import Path

import numpy as np

from .threads import limit

log = logging.getLogger("expost")
_started = time.monotonic()
_own_log: tuple[Path, str] | None = None  # where it is, and how it begins


class Replaced(RuntimeError):
    """Another job has begun to make what this one makes."""


def start(log_path: str, threads: int = 1) -> None:
    """Send all output to the rule's log, and compute with exactly `threads` threads.

    The number is the rule's, not what the scheduler had free: sums split over
    another number of threads round differently, and results must not depend on `--cores`.
    """
    global _own_log
    sys.stdout = sys.stderr = open(log_path, "w", buffering=1)  # noqa: SIM115 (for the whole job)
    began = f"process {os.getpid()} on {platform.node()} began at {time.strftime('%F %T')}"
    print(began)
    _own_log = Path(log_path).absolute(), f"{began}\n"
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    sys.excepthook = _to_log_and_terminal
    log.info("start-up took %.2f s of CPU", time.process_time())
    atexit.register(lambda: log.info("the job took %.2f s of CPU", time.process_time()))
    limit(threads)
    gc.freeze()  # what was imported stays, or the end of the job goes through all of it: 0.2 s


def give_way() -> None:
    """End a job that its Snakemake lost, once another Snakemake has started the same job again.

    The later one has replaced the log, as Snakemake removes it first.

    Raises:
        Replaced: the log is another job's.
    """
    if _own_log is None:
        return
    path, began = _own_log
    try:
        with open(path, errors="replace") as log:  # a network file system looks again
            first = log.readline()
    except OSError:
        return  # somebody tidies up: no job has begun
    if first != began:
        raise Replaced(
            f"{path} is now the log of a job that began later and makes the same files "
            f"({first.strip()}); leaving them to it"
        )


def seconds() -> float:
    """Wall time since this module was loaded, as scripts do first."""
    return time.monotonic() - _started


def _to_log_and_terminal(kind, error, trace):
    """Traceback to the log; the sentence that matters also to the terminal."""
    traceback.print_exception(kind, error, trace)
    print(f"{kind.__name__}: {error}", file=sys.__stderr__)


def seed(*identity) -> int:
    """A seed in [0, 2^63) that depends on what is computed, never on when or where.

    Args:
        identity: whatever names the computation; leave out what must be shared. A sampler's
            training codes, say, are chosen without naming the sampler.
    """
    text = "/".join(map(str, identity))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def generator(*identity) -> np.random.Generator:
    """A random generator seeded by `identity` (see `seed`)."""
    return np.random.default_rng(seed(*identity))


class Progress:
    """A line in the log now and then: how far, how fast, how long still.

    Args:
        total: number of steps until done.
        done: steps an earlier, interrupted run had finished.
        every: least seconds between two lines.
    """

    def __init__(self, total: int, done: int = 0, every: float = 5.0):
        self.total, self.first, self.every = total, done, every
        self.started, self.spoke = time.monotonic(), -float("inf")

    def __call__(self, done: int, message: str = "") -> None:
        """Report that `done` of all steps are finished."""
        now = time.monotonic()
        if now - self.spoke < self.every and done < self.total:
            return
        self.spoke = now
        left = (now - self.started) / max(done - self.first, 1) * (self.total - done)
        log.info("%d/%d  %s  ETA %d:%02d", done, self.total, message, left // 60, left % 60)
