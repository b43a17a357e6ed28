"""Lines over epochs: the ratio of densities that a training sees, and the variance of its codes."""

import pandas as pd

from . import below_each_other, methods, scales, style
from .sweep_lines import COLOURS, STYLES

SATURATED, ALIKE = 0.95, 0.5
SHOWN = {"ratio": "Mean of q / (p + q)", "variance_of_codes": "Variance of codes"}
PANEL, TOP, GAP, LEFT, BELOW, LINE = 1.1, 0.08, 0.12, 0.45, 0.33, 0.13  # inches


def course(rows: pd.DataFrame):
    """A panel a quantity, a line a training, in the colour of its autoencoder.

    Args:
        rows: what `analyses.course.records` gives, of one data set, with autoencoder and seed.

    Returns:
        A matplotlib figure.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    told = rows[rows["metric"].isin(SHOWN) & rows["epoch"].notna()]
    names = list(dict.fromkeys(told["autoencoder"]))
    laws = rows[rows["metric"] == "law"].groupby("autoencoder")["value"].mean()
    below = BELOW + LINE * ((len(names) + 1) // 2)
    height = TOP + len(SHOWN) * (PANEL + GAP) - GAP + below
    with style.context():
        figure = Figure(figsize=(style.COLUMN, height))
        places = {"panel": PANEL, "gap": GAP, "left": LEFT, "top": TOP, "below": below}
        panels = below_each_other.axes(figure, len(SHOWN), **places)
        for panel, (metric, label) in zip(panels, SHOWN.items(), strict=True):
            for i, name in enumerate(names):
                of = told[(told["autoencoder"] == name) & (told["metric"] == metric)]
                _lines(panel, of, methods.autoencoder_title(name), i)
            panel.set_ylabel(label, labelpad=2)
        _mark(panels[0], ALIKE, "alike")
        _mark(panels[0], SATURATED, "saturated")
        panels[0].set_ylim(min(0.4, told.loc[told["metric"] == "ratio", "value"].min()), 1.05)
        panels[1].set_yscale("log")
        for value in sorted(set(laws.round(9))):
            panels[1].axhline(value, color="#777777", linestyle=(0, (4, 2)), linewidth=0.6)
        scales.set_log_ticks(panels[1].yaxis, *panels[1].get_ylim())
        panels[-1].xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        panels[-1].set_xlabel("Epoch", labelpad=1)
        under = (BELOW - 0.06) / PANEL
        below_each_other.legend(panels[-1], panels[-1], under, handlelength=1.6)
    return figure


def _lines(panel, of: pd.DataFrame, label: str, place: int) -> None:
    """A line a seed, as a mean would hide one that is stuck."""
    look = {"color": COLOURS[place % len(COLOURS)], "linestyle": STYLES[place % len(STYLES)]}
    for i, (_, one) in enumerate(of.groupby("seed")):
        panel.plot(one["epoch"], one["value"], label=None if i else label, **look)


def _mark(panel, value: float, word: str) -> None:
    panel.axhline(value, color="#BBBBBB", linewidth=0.6, zorder=0)
    at = panel.get_yaxis_transform()
    look = {"fontsize": style.SMALL, "color": "#777777", "ha": "right", "va": "bottom"}
    panel.text(1.0, value, word, transform=at, **look)
