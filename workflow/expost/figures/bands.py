"""The intrinsic dimension of data, across panels whose horizontal axis is the length of codes."""

import textwrap

import numpy as np
import pandas as pd

NAMES = {"two_nn": "two neighbours", "levina_bickel": "20 neighbours"}
GREY = "0.85"


def draw(panel, dimensions: pd.DataFrame) -> None:
    """A band from end to end of each interval, which leaves the axis as it is.

    Args:
        panel: matplotlib axes.
        dimensions: the columns of `analyses.intrinsic_dimension`.
    """
    low, high = panel.get_xlim()
    for value, half in dimensions[["value", "half_width"]].to_numpy():
        panel.axvspan(value - half, value + half, color=GREY, linewidth=0, alpha=0.8, zorder=0)
    panel.set_xlim(low, high)


def in_words(dimensions: pd.DataFrame, lengths: np.ndarray, letters: int) -> list[str]:
    """What the bands are, as lines of a note.

    Args:
        dimensions: as of `draw`.
        lengths: of codes, from the least to the greatest, beyond which nothing is drawn.
        letters: of a line, at most.
    """
    found = [
        f"{row['value']:.1f} ± {row['half_width']:.1f} by {NAMES[row['method']]}"
        for row in dimensions.to_dict("records")
    ]
    shown = dimensions["value"].between(lengths[0], lengths[-1])
    grey = "Grey: intrinsic" if shown.all() else "Grey, if within the axis: intrinsic"
    text = f"{grey} dimension of {dimensions['items'].max():,.0f} items, {', '.join(found)}"
    return textwrap.wrap(text, letters)
