"""Curves of precision against recall, a panel an autoencoder, a line a sampler."""

from collections.abc import Mapping, Sequence

import numpy as np

from .. import samplers
from ..metrics.prd_curve import Curve
from . import line_names, methods, style
from .column import LEFT, Column

ACROSS, HIGHEST = 2, 1.8  # panels beside each other; inches
LINE, NAME = 0.14, 0.14  # inches: a line of text below; the vertical axis's name
BESIDE = 0.08  # inches: room for half a tick's label
Curves = Mapping[tuple[str, str], Sequence[Curve]]


def prd_curves(curves: Curves, space: str):
    """Means over seeds in front of each seed's own curve, which is thinner.

    A line has a mark where precision and recall are equal. The controls that show originals are the
    same images whatever the autoencoder, so that those of one are in each panel whose own has none.

    Args:
        curves: (autoencoder, sampler) -> a curve a seed, all of as many points.
        space: the title of the feature space.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: nothing to show.
    """
    shared = {sampler: of for (_, sampler), of in curves.items() if sampler in samplers.ORIGINALS}
    own = [pair for pair in curves if pair[1] not in samplers.ORIGINALS] or list(curves)
    names = list(dict.fromkeys(autoencoder for autoencoder, _ in own))
    if not names:
        raise ValueError("got no curves to show; does the figure list runs?")
    order = sorted(curves, key=lambda pair: methods.rank("", pair[1]))
    looks = list({methods.bare(*pair): pair for pair in order}.values())  # a name each
    several = max(map(len, curves.values())) > 1
    told = ["Recall", f"In {space}; marks: where precision and recall are equal"]
    told.append("Thin lines: single seeds" if several else "One seed")
    across = min(ACROSS, len(names))
    with style.context():
        side = min(HIGHEST, (style.COLUMN - NAME) / across - LEFT - BESIDE)
        rows = [("", names[i : i + across]) for i in range(0, len(names), across)]
        legend = line_names.height_of(looks, methods.bare)
        below = legend + LINE * len(told)
        page = Column(rows, across, side, below, name=NAME, beside=BESIDE)
        for name, (panel,) in page.stacks.items():
            _frame(panel, methods.autoencoder_title(name))
            for sampler in dict.fromkeys(sampler for _, sampler in order):
                if found := curves.get((name, sampler)) or shared.get(sampler):
                    _draw(panel, (name, sampler), found)
        for (panel,) in page.firsts:
            place = -(LEFT + NAME / 2) / page.width
            look = {"rotation": 90, "ha": "center", "va": "center", "transform": panel.transAxes}
            panel.text(place, 0.5, "Precision", **look)
        line_names.legend(page.figure, looks, methods.bare)
        for i, line in enumerate(told[::-1]):
            look = {} if line is told[0] else {"fontsize": style.SMALL, "color": "#444444"}
            page.write(line, legend + LINE * (i + 0.5), **look)
    return page.figure


def _frame(panel, name: str) -> None:
    panel.set_title(line_names.cut(name, 20), pad=4)
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_ticks([0, 0.5, 1], ["0", "0.5", "1"])
    panel.set_xlim(0, 1)
    panel.set_ylim(0, 1)


def _draw(panel, pair: tuple[str, str], of: Sequence[Curve]) -> None:
    """The mean of one method, and if there are several its curves."""
    look, grey = methods.bare(*pair), methods.is_control(*pair)
    recall = np.mean([curve.recall for curve in of], axis=0)
    precision = np.mean([curve.precision for curve in of], axis=0)
    if len(of) > 1:
        thin = {"color": look.colour, "linewidth": 0.3, "alpha": 0.6, "zorder": 1}
        for curve in of:
            panel.plot(curve.recall, curve.precision, clip_on=False, **thin)
    panel.plot(
        recall,
        precision,
        look.line,
        color=look.colour,
        marker=look.marker,
        markevery=[len(recall) // 2],  # an angle of pi / 4, where both are equal
        markeredgewidth=0,
        linewidth=0.7 if grey else None,
        clip_on=False,
        zorder=2 if grey else 3,
    )
