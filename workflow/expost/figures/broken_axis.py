"""The axis of quality of a trade-off, broken where controls lie far from all else."""

import numpy as np
import pandas as pd

from .. import samplers

NARROW = 0.2  # of the axis: where all others take less, these controls move nearer


def _wide(x: np.ndarray) -> bool:
    """Whether an axis of x is one of ratios."""
    return bool(x.min() > 0 and x.max() > 5 * x.min())


def bring_near(tables) -> float | None:
    """Move what is not decoded next to the rest, where that is a spot otherwise; `far` is its x.

    Returns:
        Where the axis is to be broken, None where nothing was moved.
    """
    x = pd.concat([table["x"] for table in tables])
    scale, unscale = (np.log, np.exp) if _wide(x) else (np.asarray, np.asarray)
    near = scale(x[~x.index.isin(samplers.ORIGINALS, level="sampler")])
    if not len(near) or not 0 < np.ptp(near) < NARROW * np.ptp(scale(x)):
        return None
    place, edge = (float(unscale(near.min() - room * np.ptp(near))) for room in (0.6, 0.25))
    if np.ptp(near) < NARROW * np.ptp(scale(x.clip(lower=place))):
        return None  # what is far to the right leaves them a spot
    for table in tables:
        moved = table["x"] < place
        table.loc[moved, "far"] = table.loc[moved, "x"]
        table.loc[moved, "x"] = place
        table.loc[moved, "x_half"] *= 0  # no width that this axis could show
    return edge


def break_axis(panel, place: float) -> None:
    """Two strokes through the axis, no ticks before them."""
    panel.set_xticks([x for x in panel.get_xticks() if place < x < panel.get_xlim()[1]])
    strokes = {"linestyle": "", "marker": [(-0.5, -1), (0.5, 1)], "clip_on": False}
    x = panel.transAxes.inverted().transform(panel.transData.transform((place, 0)))[0]
    panel.plot([x, x + 0.012], [0, 0], transform=panel.transAxes, color="#444444", **strokes)


def set_scales(panels, points: list[pd.DataFrame]) -> None:
    """Limits with room for names, of each panel's points; x in ratios where it is wide."""
    x = np.concatenate([table["x"] for table in points])
    log = _wide(x)
    for panel, table in zip(panels, points, strict=True):
        y = table["y"]
        room = 0.1 * np.ptp(y) or 0.1
        panel.set_ylim(y.min() - room, y.max() + room)
    room = 0.12 * np.ptp(np.log(x) if log else x) or 0.1
    if not log:
        panels[0].set_xlim(x.min() - room, x.max() + room)
        return
    from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

    panels[0].set_xscale("log")
    panels[0].set_xlim(x.min() / np.exp(room), x.max() * np.exp(room))
    for panel in panels:
        panel.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        panel.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        panel.xaxis.set_minor_locator(NullLocator())
