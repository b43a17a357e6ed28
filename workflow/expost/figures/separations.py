"""Two normals that move apart: what they look like, and who notices how far they are."""

import numpy as np
import pandas as pd

from ..analyses.estimates_compared import compare
from ..divergences.separated import separated
from ..runtime import seeding
from ..stats.intervals import t_half_width
from . import style

NAMES = {"kde": "kernels", "discriminator": "discriminator", "true": "true"}
LOOKS = {  # after Okabe & Ito
    "kde": {"color": "#0072B2", "marker": "o"},
    "discriminator": {"color": "#D55E00", "marker": "s"},
    "true": {"color": "black", "linestyle": ":"},
}
CURVES = 5, 1000  # dimensions and codes of the paper's, of which the nearest are shown
POINTS, REACH = 400, 3.5  # of a sample that is shown, and to which side of 0
# Inches: a sample; the panel of curves; a row of the grid; above a panel; on the left; below.
SAMPLE, PANEL, ROW, TOP, LEFT, BELOW = 0.84, 1.35, 0.2, 0.2, 0.5, 0.3


def figure(trials: pd.DataFrame):
    """Samples in the plane, divergences over the separation, and the grid of correlations.

    Args:
        trials: what `analyses.separations.simulate` gives.

    Returns:
        A matplotlib figure.
    """
    from matplotlib.figure import Figure

    cells = compare(trials)
    dimensions, sizes = (cells[axis].unique() for axis in ("dimensions", "size"))
    heights = [SAMPLE, PANEL, ROW * len(dimensions)]
    height = sum(heights) + 3 * (TOP + BELOW) - 0.1
    with style.context():
        whole = Figure(figsize=(style.COLUMN, height))

        def panel(left, top, width, tall):
            place = [left / style.COLUMN, (height - top - tall) / height]
            return whole.add_axes([*place, width / style.COLUMN, tall / height])

        wide = style.COLUMN - LEFT - 0.05
        last = trials["separation"].max()
        for i, s in enumerate((0, round(last / 2), last)):
            _sample(panel(LEFT + i * (wide - SAMPLE) / 2, TOP, SAMPLE, SAMPLE), s)
        top = 2 * TOP + SAMPLE + 0.2
        _curves(panel(LEFT, top, wide, PANEL), _nearest(trials))
        top += PANEL + BELOW + TOP
        grid = panel(LEFT, top, wide, heights[2])
        _grid(grid, cells, list(dimensions), list(sizes))
    return whole


def _sample(panel, separation: float) -> None:
    rng = seeding.generator("separations shown", separation)
    codes = separated(2, separation).sample(POINTS, rng)
    panel.plot(*codes.T, ".", color="#0072B2", markersize=1.2, alpha=0.6, markeredgewidth=0)
    panel.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[], yticks=[])
    panel.set_title(f"s = {separation:g}", pad=3)


def _nearest(trials: pd.DataFrame) -> pd.DataFrame:
    """The divergences of the cell that is nearest to that of the paper's curves."""
    bits = trials[trials["metric"] == "jsd"]
    far = sum(
        np.log(bits[axis] / wanted).abs()
        for axis, wanted in zip(("dimensions", "size"), CURVES, strict=True)
    )
    return bits[far == far.min()]


def _curves(panel, bits: pd.DataFrame) -> None:
    for name, look in LOOKS.items():
        found = bits[bits["estimator"] == name].groupby("separation")["value"]
        mean, count = found.mean(), int(found.count().min())
        ends = None
        if name != "true" and count > 1:
            ends = [t_half_width(std, count) for std in found.std()]
        bars = {"elinewidth": 0.5, "capsize": 1.5, "capthick": 0.5}
        panel.errorbar(mean.index, mean, ends, label=NAMES[name], **bars, **look)
    panel.axhline(0, color="#CCCCCC", linewidth=0.5, zorder=0)
    d, size = bits[["dimensions", "size"]].iloc[0]
    panel.set_title(f"{d} dimensions, {size:,} codes", pad=3)
    panel.set_xlabel("Separation s", labelpad=1)
    panel.set_ylabel("Divergence [bits]", labelpad=2)
    panel.legend(frameon=False, loc="upper left", borderpad=0, handlelength=1.4)


def _grid(panel, cells: pd.DataFrame, dimensions: list, sizes: list) -> None:
    """Both correlations a cell, in bold the one that is higher beyond chance."""
    panel.set(xlim=(-0.5, len(sizes) - 0.5), ylim=(len(dimensions) - 0.5, -0.5))
    for cell in cells.itertuples():
        x, y = sizes.index(cell.size), dimensions.index(cell.dimensions)
        for name, side, align in (("discriminator", -0.04, "right"), ("kde", 0.04, "left")):
            panel.text(
                x + side,
                y,
                f"{getattr(cell, name):.2f}".replace("-", "−"),
                ha=align,
                va="center",
                color=LOOKS[name]["color"],
                fontsize=style.SMALL,
                fontweight="bold" if cell.higher == name else "normal",
            )
    panel.set_xticks(range(len(sizes)), [f"{size:,}" for size in sizes])
    panel.set_yticks(range(len(dimensions)), dimensions)
    panel.tick_params(length=0)
    panel.spines[:].set_visible(False)
    panel.set_title("Correlation with s: discriminator, kernels", pad=3)
    panel.set_xlabel("Codes", labelpad=1)
    panel.set_ylabel("Dimensions", labelpad=2)
