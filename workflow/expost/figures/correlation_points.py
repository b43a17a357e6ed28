"""Correlations of draws against those of codes, a panel a method."""

import numpy as np

from . import style
from .codes_and_draws import Drawn

ACROSS, MORE = 3, 5  # panels beside each other in a column, and on a page
TITLE, GAP, LEFT, BELOW = 0.3, 0.08, 0.3, 0.42  # inches
TALL = 6  # panels of more than a column
ENDS = ("left", "center", "right")  # where the numbers at -1, 0 and 1 stand


def correlation_points(methods: dict[str, Drawn], dimensions: int = 64):
    """A point for every pair of dimensions: its rank correlation among codes, and among draws.

    Points on the diagonal are right up to chance, of which the control `held_out` has as much.
    Above each panel stands the root mean square of the differences.

    Args:
        methods: label -> what is shown below it.
        dimensions: how many of the first ones are paired.

    Returns:
        A matplotlib figure, as wide as a column, or a page where methods are many.

    Raises:
        ValueError: nothing to show, or codes of one dimension.
    """
    from matplotlib.figure import Figure

    if not methods:
        raise ValueError("got no methods to show; does the figure list some?")
    page, across = (style.PAGE, MORE) if len(methods) > TALL else (style.COLUMN, ACROSS)
    side = (page - LEFT) / across - GAP
    down = -(-len(methods) // across)
    height = down * (side + TITLE) + BELOW
    with style.context():
        figure = Figure(figsize=(page, height))
        for i, (label, shown) in enumerate(methods.items()):
            left = LEFT + i % across * (side + GAP)
            bottom = height - (i // across + 1) * (side + TITLE)
            place = [left / page, bottom / height, side / page, side / height]
            panel = figure.add_axes(place)
            x, y = (rank_correlations(v[:, :dimensions]) for v in (shown.codes, shown.draws))
            panel.plot([-1, 1], [-1, 1], color="#BBBBBB", linewidth=0.5, zorder=0)
            panel.scatter(x, y, s=2.5, color=shown.colour, linewidths=0)
            panel.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
            if i % across:
                panel.set_yticklabels([])
            if i + across < len(methods):
                panel.set_xticklabels([])
            for text, where in zip(panel.get_xticklabels(), ENDS, strict=False):
                text.set_ha(where)  # or they would meet the next panel's
            apart = np.sqrt(np.mean((x - y) ** 2))
            panel.set_title(f"{label}\n{apart:.3f}", pad=3, fontsize=style.SMALL)
        look = {"ha": "center", "va": "center", "fontsize": style.SMALL}
        figure.text(0.5, 0.2 / height, "Rank correlation among held-out codes", **look)
        figure.text(0.06 / page, 0.5, "among draws", rotation=90, **look)
        note = "Above a panel: root mean square of the differences"
        d = next(iter(methods.values())).codes.shape[1]
        if dimensions < d:
            note += f"; the first {dimensions} of {d} dimensions"
        figure.text(0.5, 0.07 / height, note, color="#444444", **look)
    return figure


def rank_correlations(codes: np.ndarray) -> np.ndarray:
    """Spearman's correlation of every pair of dimensions, in the order of `triu_indices`.

    Equal values share their mean rank, and a constant dimension is correlated with nothing.

    Args:
        codes: shape (n, d).

    Returns:
        Shape (d (d - 1) / 2,).

    Raises:
        ValueError: d is 1, so that there are no pairs.
    """
    from scipy.stats import rankdata

    if codes.shape[1] < 2:
        raise ValueError("got codes of one dimension, of which there are no pairs; leave this out")
    ranks = rankdata(codes, axis=0)
    ranks -= ranks.mean(axis=0)
    lengths = np.linalg.norm(ranks, axis=0)
    ranks /= np.where(lengths > 0, lengths, 1.0)
    return (ranks.T @ ranks)[np.triu_indices(codes.shape[1], 1)]
