"""Whether the cores that a piece of work needs were free while it ran."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LACKED = 0.05  # of the wall time: more than a scheduler's own doings take
SLACK = 0.25  # cores: what a machine does that does nothing; clock ticks are coarse, too


@dataclass(frozen=True)
class Load:
    """How busy the machine was beside a piece of work.

    Attributes:
        lacked: share of the work's time for which it had no core though it wanted one.
        others: cores that other processes kept busy on average; NaN where the system does not say.
        threads: of the work.
        cores: of the machine; two threads of one core are one.
    """

    lacked: float
    others: float
    threads: int
    cores: int

    @property
    def busy(self) -> bool:
        """Whether the work had to share cores, so that its time is not its own.

        It had to if it waited for a core, or if others kept more cores busy than it left over:
        where two threads of one core are at work, neither waits and both are slow.
        """
        left = max(self.cores - self.threads, 0) + SLACK
        return self.lacked > LACKED or self.others > left


class Watch:
    """Looks at the clocks of this process and of the machine, before and after some work.

    Args:
        threads: that the work computes with.
    """

    def __init__(self, threads: int = 1):
        self.threads = threads
        self.start()

    def start(self) -> None:
        """Forget what was before."""
        self._began = _clocks()

    def stop(self) -> Load:
        """How busy the machine was since the start."""
        wall, own, queued, all_cores = (
            now - then for now, then in zip(_clocks(), self._began, strict=True)
        )
        wall = max(wall, 1e-9)
        lacked = max(queued, 0.0) / (wall * self.threads)
        if self.threads == 1:  # several may wait for each other, one computes all the time
            lacked = max(lacked, 1 - own / wall)
        others = np.clip(all_cores - own, 0, None) / wall  # stays NaN where it is
        return Load(float(lacked), float(others), self.threads, physical_cores())


def physical_cores() -> int:
    """Cores of the machine, of which two threads count once."""
    shared = Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    try:
        return len({path.read_text() for path in shared}) or os.cpu_count() or 1
    except OSError:
        return os.cpu_count() or 1


def _clocks() -> tuple[float, float, float, float]:
    """Seconds: wall; CPU of this process; its threads' wait for a core; CPU of all processes."""
    return time.perf_counter(), time.process_time(), _queued(), _all_cores()


def _queued() -> float:
    """What this process's threads have waited in the kernel's queue; 0 where it does not say."""
    waited = 0
    for task in Path("/proc/self/task").glob("*/schedstat"):
        try:
            waited += int(task.read_text().split()[1])  # ns, after those at work
        except (OSError, IndexError, ValueError):
            continue  # a thread that has just ended
    return waited / 1e9


def _all_cores() -> float:
    """What all cores have worked, and were kept from working by a host; NaN where unknown."""
    try:
        ticks = Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]
        user, nice, system, _idle, _waiting, interrupts, soft, stolen = map(int, ticks)
    except (OSError, ValueError):
        return float("nan")
    return (user + nice + system + interrupts + soft + stolen) / os.sysconf("SC_CLK_TCK")
