"""How far a long computation is."""

import logging
import sys
import time
import warnings

from .log import log


class Progress:
    """A line in the log now and then, or a bar: how far, how fast, how long still.

    Where the log shows no such lines, as in a program that has not asked for any, `tqdm` draws a
    bar if it is installed and there is a terminal or a notebook, of text without `ipywidgets`.

    Args:
        total: number of steps until done.
        done: steps an earlier, interrupted run had finished.
        every: least seconds between two lines.
        brief: say nothing of what takes less than `every`.
    """

    def __init__(self, total: int, done: int = 0, every: float = 5.0, brief: bool = False):
        self.total, self.first, self.every, self.brief = total, done, every, brief
        self.started = time.monotonic()
        self.spoke = self.started if brief else -float("inf")
        self._bar = _bar(total, done, every if brief else 0)

    def __call__(self, done: int, message: str = "") -> None:
        """Report that `done` of all steps are finished."""
        if self._bar is not None:
            self._bar.set_postfix_str(message, refresh=False)
            self._bar.update(done - self._bar.n)
            if done >= self.total:
                self.close()
            return
        now = time.monotonic()
        ended = done >= self.total and not (self.brief and self.spoke == self.started)
        if now - self.spoke < self.every and not ended:
            return
        self.spoke = now
        left = (now - self.started) / max(done - self.first, 1) * (self.total - done)
        log.info("%d/%d  %s  ETA %d:%02d", done, self.total, message, left // 60, left % 60)

    def close(self) -> None:
        """There is no more to come, though not all steps are done."""
        if self._bar is not None:
            self._bar.close()


def _bar(total: int, done: int, delay: float):
    if log.isEnabledFor(logging.INFO):
        return None
    try:
        with warnings.catch_warnings():  # of a notebook without ipywidgets
            warnings.simplefilter("ignore")
            from tqdm.auto import tqdm
    except ImportError:
        return None
    hidden = False if "ipykernel.zmqshell" in sys.modules else None  # None: if no terminal
    return tqdm(total=total, initial=done, delay=delay, disable=hidden)
