"""How far a long computation is."""

import time

from .log import log


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
