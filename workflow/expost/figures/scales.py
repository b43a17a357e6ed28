"""Scales of a panel of a metric: what range it has, and which places have numbers."""

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
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    ratios = means["mean"].min() > 0 and means["mean"].max() > 10 * means["mean"].min()
    panel.set_yscale("log" if ratios else "linear")
    lowest, highest = _limits(means, ratios, metric)
    panel.set_ylim(lowest, highest)
    if ratios:
        steps = (1, 2, 5) if highest <= 100 * lowest and few > 3 else (1,)
        panel.yaxis.set_major_locator(LogLocator(subs=steps, numticks=few + 1))
        panel.yaxis.set_major_formatter(FuncFormatter(_short))
        panel.yaxis.set_minor_locator(NullLocator())
    else:
        panel.yaxis.set_major_locator(MaxNLocator(few, steps=[1, 2, 5, 10]))
        panel.yaxis.set_major_formatter(FuncFormatter(_short))
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


def _short(value: float, _position) -> str:
    """A number of at most four digits or so: powers of ten are too wide for the gap to the left."""
    return (
        f"{value:g}"
        if 0.001 <= abs(value) < 10_000 or value == 0
        else f"{value:.0e}".replace("e+0", "e").replace("e-0", "e-")
    )


def _limits(means: pd.DataFrame, log: bool, metric: Metric) -> tuple[float, float]:
    """The range of the means and some room; intervals may leave it, or an odd seed flattens all."""
    low, high = means["mean"].min(), means["mean"].max()
    if metric.best == "half":
        low, high = min(low, 0.5), max(high, 0.5)
    if log:
        room = (high / low) ** 0.08
        return low / room, high * room
    room = 0.08 * (high - low) or 0.05 * abs(high) or 1.0
    return low - room, high + room
