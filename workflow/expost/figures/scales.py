"""Scales of a panel of a metric: what range it has, and which places have numbers."""

from typing import Literal

import numpy as np
import pandas as pd

from ..metrics.base import Metric
from . import line_names


def set_scales(
    panel,
    means: pd.DataFrame,
    metric: Metric,
    ticks: np.ndarray,
    log: bool = False,
    few: int = 5,
) -> np.ndarray:
    """Set both axes.

    Args:
        panel: axes that have their size.
        means: of the metric.
        metric: what is shown.
        ticks: places on the horizontal axis, in order.
        log: whether it is logarithmic in any case, and not only where a decade is exceeded.
        few: numbers beside the vertical axis.

    Returns:
        The places on the horizontal axis.
    """
    set_values(panel, "y", means["mean"].to_numpy(), metric, few)
    if log or ticks[-1] > 10 * ticks[0] > 0:
        panel.set_xscale("log", base=2)
    elif len(ticks) > 1 and ticks[0] == 0 and ticks[-1] > 10 * ticks[1]:
        panel.set_xscale("symlog", linthresh=ticks[1], linscale=0.3)
    if len(ticks) > 1:
        panel.set_xlim(ticks[0], ticks[-1])
    if metric.best == "half":
        panel.axhline(0.5, color="#BBBBBB", linewidth=0.5, zorder=0)
    line_names.label_ticks(panel, ticks)
    return ticks


def set_values(
    panel, which: Literal["x", "y"], means: np.ndarray, metric: Metric, few: int = 5
) -> None:
    """Set scale, limits, ticks and their numbers: logarithmic for more than a decade of means.

    Args:
        panel: axes that have their size.
        which: of its axes.
        means: what is shown; intervals may leave the limits, or an odd seed would flatten all.
        metric: of which.
        few: ticks, about.
    """
    from matplotlib.ticker import MaxNLocator

    low, high = means.min(), means.max()
    log = low > 0 and high > 10 * low
    low, high = _limits(low, high, log, metric)
    panel.set(**{f"{which}scale": "log" if log else "linear", f"{which}lim": (low, high)})
    axis = getattr(panel, f"{which}axis")
    if log:
        set_log_ticks(axis, low, high, few)
    else:
        axis.set_major_locator(MaxNLocator(few, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(_short)


def set_log_ticks(axis, low: float, high: float, few: int = 5) -> None:
    """Set ticks and their numbers of a logarithmic axis: also at 2 and 5, or 3, where it is short.

    Args:
        axis: of a panel.
        low: its lower end.
        high: its upper end.
        few: ticks, about.
    """
    from matplotlib.ticker import LogLocator, NullLocator

    short = 100 * low if few > 3 else 10 * low
    between = (2, 5) if high <= short else (3,) if high <= 10 * short else ()
    steps = (1, *between)
    axis.set_major_locator(LogLocator(subs=steps, numticks=few + 1))
    axis.set_major_formatter(_short)
    axis.set_minor_locator(NullLocator())


def _short(value: float, _position) -> str:
    """A number of at most four digits or so: powers of ten are too wide for the gap to the left."""
    return (
        f"{value:g}"
        if 0.001 <= abs(value) < 10_000 or value == 0
        else f"{value:.0e}".replace("e+0", "e").replace("e-0", "e-")
    )


def _limits(low: float, high: float, log: bool, metric: Metric) -> tuple[float, float]:
    """The range of the means and some room."""
    if metric.best == "half":
        low, high = min(low, 0.5), max(high, 0.5)
    if log:
        room = (high / low) ** 0.08
        return low / room, high * room
    room = 0.08 * (high - low) or 0.05 * abs(high) or 1.0
    return low - room, high + room
