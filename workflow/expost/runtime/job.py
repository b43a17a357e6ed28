"""The start of a job: its log, its number of threads, and giving way to a later job."""

import atexit
import gc
import logging
import os
import platform
import sys
import time
import traceback
from pathlib import Path

from .log import log
from .threads import limit

_started = time.monotonic()
_own_log: tuple[Path, str] | None = None  # where it is, and how it begins


class Replaced(RuntimeError):
    """Another job has begun to make what this one makes."""


def start(log_path: str, threads: int = 1) -> None:
    """Send all output to the rule's log, and compute with exactly `threads` threads.

    The number is the rule's, not what the scheduler had free: sums split over
    another number of threads round differently, and results must not depend on `--cores`.

    Raises:
        RuntimeError: this library is not the one beside the script.
    """
    global _own_log
    about = {
        "buffering": 1,
        "encoding": "utf-8",
        "errors": "backslashreplace",
    }
    sys.stdout = sys.stderr = open(log_path, "w", **about)  # noqa: SIM115 (for the whole job)
    began = f"process {os.getpid()} on {platform.node()} began at {time.strftime('%F %T')}"
    print(began)
    _own_log = Path(log_path).absolute(), f"{began}\n"
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    sys.excepthook = _to_log_and_terminal
    _check_library()
    log.info("start-up took %.2f s of CPU", time.process_time())
    atexit.register(_end)
    limit(threads)
    gc.freeze()  # what was imported stays, or the end of the job goes through all of it: 0.2 s


def _check_library() -> None:
    """Refuse to be another copy than that of the checkout whose script runs."""
    own = Path(__file__).resolve().parents[1]
    script = getattr(sys.modules["__main__"], "__file__", "")
    wanted = Path(script).resolve().parent.parent / own.name
    if wanted.is_dir() and own != wanted:
        raise RuntimeError(
            f"got the library in {own} for a job of {script}; wanted {wanted}: uninstall the "
            f"other (`pip uninstall {own.name}`) from the environment that the job runs in"
        )


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


def _end() -> None:
    """Say what ran: those modules of the library that were imported, chosen components included."""
    package = __name__.partition(".")[0] + "."
    used = sorted(name.removeprefix(package) for name in sys.modules if name.startswith(package))
    log.info("modules of the library that ran: %s", ", ".join(used))
    log.info("the job took %.2f s of CPU", time.process_time())


def _to_log_and_terminal(kind, error, trace):
    """Traceback to the log; the sentence that matters also to the terminal."""
    traceback.print_exception(kind, error, trace)
    print(f"{kind.__name__}: {error}", file=sys.__stderr__)
