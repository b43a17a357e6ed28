"""Masks over a training: a line and a row of a map for each dimension."""

import numpy as np
import pandas as pd

from ..objectives.mask_schedules import HALF
from . import methods, style
from .sweep_lines import COLOURS

LINES, MAP, TOP, BETWEEN, BELOW, LEFT, RIGHT = 0.85, 1.2, 0.2, 0.1, 0.3, 0.42, 0.42  # inches


def masks(rows: pd.DataFrame):
    """A column an autoencoder and capacity: above the mask's lines, below its map.

    Args:
        rows: of one data set: autoencoder, capacity, seed, epoch, `dimension` of the mask, `value`.
            Of several seeds the first is shown.

    Returns:
        A matplotlib figure.
    """
    from matplotlib.figure import Figure

    first = rows[rows["seed"] == rows["seed"].iloc[0]]
    columns = list(first.groupby(["autoencoder", "capacity"], sort=False))
    height = TOP + LINES + BETWEEN + MAP + BELOW
    with style.context():
        figure = Figure(figsize=(style.COLUMN, height))
        panels = figure.subplots(
            *(2, len(columns)),
            sharex="col",
            squeeze=False,
            gridspec_kw={"height_ratios": (LINES, MAP)},
        )
        figure.subplots_adjust(
            left=LEFT / style.COLUMN,
            right=1 - RIGHT / style.COLUMN,
            bottom=BELOW / height,
            top=1 - TOP / height,
            hspace=2 * BETWEEN / (LINES + MAP),
            wspace=0.25,
        )
        several = first["autoencoder"].nunique() > 1
        for column, ((name, capacity), of) in zip(panels.T, columns, strict=True):
            image = _column(column, of)
            title = f"{methods.autoencoder_title(name)}, {capacity}"
            column[0].set_title(title if several else f"Capacity {capacity}", pad=3)
        panels[0, 0].set_ylabel("Mask", labelpad=2)
        panels[1, 0].set_ylabel("Dimension", labelpad=2)
        for panel in panels[0, 1:]:
            panel.tick_params(labelleft=False)
        place = panels[1, -1].get_position()
        bar = figure.add_axes([place.x1 + 0.02, place.y0, 0.015, place.height])
        figure.colorbar(image, cax=bar, ticks=[0, 0.5, 1]).outline.set_visible(False)
    return figure


def _column(panels, of: pd.DataFrame):
    """Lines and map of one training."""
    from matplotlib.ticker import MaxNLocator

    wide = of.pivot(index="dimension", columns="epoch", values="value")
    values, epochs = wide.to_numpy(), wide.columns.to_numpy()
    order = np.lexsort((-values.mean(axis=1), -values[:, -1]))  # those that stay open first
    for row in values:
        colour = COLOURS[4] if row[-1] >= HALF else "#999999"
        look = {"color": colour, "linewidth": 0.6, "alpha": 0.8}
        panels[0].plot(epochs, row, marker="." if len(row) == 1 else "", **look)
    panels[0].set_ylim(-0.03, 1.03)
    ends = (epochs[0] - 0.5, epochs[-1] + 0.5, len(values) + 0.5, 0.5)
    look = {"vmin": 0, "vmax": 1, "cmap": "viridis", "interpolation": "nearest"}
    image = panels[1].imshow(values[order], aspect="auto", extent=ends, **look)
    panels[1].set_yticks([1, len(values)])
    panels[1].tick_params(pad=1)
    panels[1].xaxis.set_major_locator(MaxNLocator(3, integer=True, min_n_ticks=1))
    panels[1].set_xlabel("Epoch", labelpad=1)
    return image
