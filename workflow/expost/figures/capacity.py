"""Distance, active dimensions and the critic's estimate against the capacity of autoencoders."""

import textwrap

import numpy as np
import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from . import below_each_other, collapses, methods, scales, style
from .sweep_lines import COLOURS, MARKERS, STYLES

PANELS = {
    "distance": "Fréchet distance",
    "active": "Active dimensions",
    "wasserstein": "Wasserstein estimate",
}
PANEL, TOP, GAP, LEFT, BELOW, LINE = 1.15, 0.08, 0.12, 0.48, 0.33, 0.13  # inches
GREY = {"color": "#777777", "linewidth": 0.6, "zorder": 1}
BY = ["autoencoder", "capacity", "metric"]
RUN = ["autoencoder", "capacity", "seed"]
LETTERS = 66  # of a line across a column
NEAR = 3  # how far below noise a distance is for which its line is shown


def capacity(rows: pd.DataFrame):
    """A panel a quantity, and in it a line an autoencoder: means over seeds, bands of intervals.

    Trainings that collapsed are in no mean: each is a cross of its own, at the edge of a panel that
    it would be far outside. Two seeds have a band from one to the other, more of them one of 95 %
    t-intervals. Where all seeds collapsed the line is broken.

    Args:
        rows: what `analyses.capacity.records` gives, of one data set, with the space of its
            distances, autoencoder, capacity and seed; and the controls' distances, under the metric
            of their sampler's name.

    Returns:
        A matplotlib figure.
    """
    from matplotlib.figure import Figure

    names = list(dict.fromkeys(rows.loc[rows["metric"] == "distance", "autoencoder"]))
    shown = {name: label for name, label in PANELS.items() if (rows["metric"] == name).any()}
    lost_rows = collapses.of_rows(rows, RUN)
    notes = _notes(rows, lost_rows)
    below = BELOW + LINE * ((len(names) + 3) // 2 + len(notes))  # and two references at most
    height = TOP + len(shown) * (PANEL + GAP) - GAP + below
    with style.context():
        figure = Figure(figsize=(style.COLUMN, height))
        places = {"panel": PANEL, "gap": GAP, "left": LEFT, "top": TOP, "below": below}
        panels = below_each_other.axes(figure, len(shown), **places)
        for panel, (metric, label) in zip(panels, shown.items(), strict=True):
            here = (rows["metric"] == metric) & rows["autoencoder"].notna()
            of, lost = rows[here], lost_rows[here]
            for i, name in enumerate(names):
                title, own = methods.autoencoder_title(name), of["autoencoder"] == name
                _line(panel, of[own & ~lost], of.loc[own, "capacity"], title, i)
            for i, name in enumerate(names):
                _crosses(panel, of[lost & (of["autoencoder"] == name)], i)
            panel.set_ylabel(label, labelpad=2)
            for true in _values(rows, "dimension"):
                panel.axvline(true, linestyle=":", **GREY)
        _references(dict(zip(shown, panels, strict=True)), rows)
        ticks = sorted(rows.loc[rows["metric"] == "distance", "capacity"].unique())
        panels[-1].set_xticks(ticks, [f"{value:g}" for value in ticks])
        panels[-1].set_xlabel("Capacity: dimensions of a code", labelpad=1)
        under = (BELOW - 0.06) / PANEL
        below_each_other.legend(panels[-1], panels[0], under, handlelength=1.8)
        for i, note in enumerate(notes[::-1]):
            look = {"fontsize": style.SMALL, "color": "#444444", "ha": "left", "va": "center"}
            figure.text(0.02, LINE * (i + 0.5) / height, note, **look)
    return figure


def _line(panel, sound: pd.DataFrame, capacities: pd.Series, name: str, place: int) -> None:
    """Means and their band of what did not collapse, with gaps at all other capacities."""
    if sound.empty:
        return
    colour = COLOURS[place % len(COLOURS)]
    look = {"linestyle": STYLES[place % len(STYLES)], "marker": MARKERS[place % len(MARKERS)]}
    means = intervals.over_seeds(sound, BY)
    means = means.assign(bar=intervals.bars(means)).set_index("capacity")[["mean", "bar"]]
    x = sorted(capacities.unique())
    y, ends = means.reindex(x).to_numpy(float).T
    panel.plot(x, y, color=colour, label=name, markeredgewidth=0, zorder=3, **look)
    low = y - ends
    if sound["metric"].iloc[0] == "distance":
        low = np.maximum(low, y / 100)  # of an axis that may be logarithmic
    panel.fill_between(x, low, y + ends, color=colour, alpha=0.2, linewidth=0, zorder=2)


def _crosses(panel, lost: pd.DataFrame, place: int) -> None:
    """What collapsed; of a critic whose estimate ran away, in the limits of all others."""
    if lost.empty:
        return
    values = lost["value"]
    if panel.lines and (lost["metric"] == "wasserstein").all():
        panel.set_ylim(panel.get_ylim())
        values = values.clip(*panel.get_ylim())
    look = {"color": COLOURS[place % len(COLOURS)], "markersize": 3.5, "clip_on": False}
    panel.plot(lost["capacity"], values, "x", zorder=4, **look)


def _references(panels: dict, rows: pd.DataFrame) -> None:
    """What lines are to be compared with: other test data, noise, the true dimension, all open."""
    from matplotlib.ticker import MaxNLocator

    found = rows[rows["metric"] == "distance"]
    heights = [found["value"].to_numpy()]
    if len(floor := _values(rows, "held_out")):
        heights.append(floor)
        panels["distance"].axhline(
            floor.mean(), linestyle=(0, (4, 2)), label="held-out data", **GREY
        )
    if len(noise := _values(rows, "noise")) and found["value"].max() > noise[0] / NEAR:
        heights.append(noise)
        panels["distance"].axhline(noise[0], linestyle="-.", label="noise", **GREY)
    scales.set_values(panels["distance"], "y", np.concatenate(heights), describe("frechet"))
    if "active" in panels:
        panels["active"].yaxis.set_major_locator(MaxNLocator(5, integer=True))
        ends = [0, found["capacity"].max()]
        panels["active"].plot(ends, ends, linestyle="-", color="#BBBBBB", linewidth=0.6, zorder=0)
        for true in _values(rows, "dimension"):
            panels["active"].axhline(true, linestyle=":", **GREY)
    if "wasserstein" in panels:
        panels["wasserstein"].axhline(0, color="#BBBBBB", linewidth=0.6, zorder=0)


def _notes(rows: pd.DataFrame, lost: np.ndarray) -> list[str]:
    """What the picture leaves open without words; `lost` are rows of trainings that collapsed."""
    distances = rows["metric"] == "distance"
    seeds = rows[distances & ~lost].groupby(BY)["seed"].nunique().to_list() or [1]
    space = features.title(rows["space"].dropna().iloc[0])
    found = [intervals.of_marks(seeds, "Bands") or "One seed: no intervals"]
    if true := [f"{value:g}" for value in _values(rows, "dimension")]:
        found[0] += f"; dotted: the true {true[0]} dimensions"
    if count := int((distances & lost).sum()):
        whose = sorted(rows.loc[distances & lost, "autoencoder"].unique())
        names = ", ".join(map(methods.autoencoder_title, whose))
        told = f"Crosses: {count} collapsed training{'s' * (count > 1)} of {names}"
        found += textwrap.wrap(f"{told}, in no mean; at the edge if beyond a panel", LETTERS)
    return [*found, f"Distance: of {space}"]


def _values(rows: pd.DataFrame, metric: str):
    return rows.loc[rows["metric"] == metric, "value"].unique()
