"""Bars of the shares that autoencoder, sampler, both and seeds have of the variance."""

from ..analyses.two_way import Explained
from ..stats.two_way import PARTS
from . import style

COLOURS = dict(zip(PARTS, ("#0072B2", "#E69F00", "#A0A0A0", "#DDDDDD"), strict=True))
NAMES = dict(zip(PARTS, ("autoencoder", "sampler", "both together", "seeds"), strict=True))
NARROW = 0.09  # a share that has no room for its number
BAR, BEHIND, LINE = 0.15, 0.64, 0.14  # inches: a bar; room behind it; a line of text


def height_of(found: list[Explained]) -> float:
    """Inches that the bars take: nothing where there are none."""
    return 2 * LINE + BAR * len(found) if any(one.found for one in found) else 0.0


def draw(figure, found: list[Explained], titles: list[str], left: float, top: float) -> None:
    """A bar a measure, its title before it and behind it what explains more, if that can be told.

    Numbers are percent. Shares are unbiased and may be below 0, which is drawn as 0.

    Args:
        figure: a matplotlib figure, as wide as a column.
        found: of each measure.
        titles: of each measure.
        left: inches to the bars.
        top: inches from the figure's lower edge to their upper end.
    """
    from matplotlib.patches import Patch

    height, width = figure.get_size_inches()[1], style.COLUMN - left - BEHIND
    place = [left, top - LINE - BAR * len(found), width, BAR * len(found)]
    panel = figure.add_axes([of / (style.COLUMN, height)[i % 2] for i, of in enumerate(place)])
    panel.set(xlim=(0, 1), ylim=(len(found) - 0.5, -0.5), xticks=[])
    panel.set_yticks(range(len(titles)), titles)
    panel.tick_params(axis="y", length=0)
    panel.spines[:].set_visible(False)
    look = {"fontsize": style.SMALL, "va": "center_baseline", "transform": panel.transData}
    panel.text(0, -0.5 - LINE / BAR / 2, "Share of the variance in percent", **look)
    panel.text(1.03, -0.5 - LINE / BAR / 2, "Larger share", **look)
    for i, one in enumerate(found):
        panel.text(1.03, i, one.leader() or "not told", color="#444444", **look)
        if one.found is None:
            panel.text(0, i, one.reason, color="#444444", **look)
            continue
        shares = {part: max(share, 0.0) for part, share in one.found.omega.items()}
        start, total = 0.0, sum(shares.values())
        for part, share in shares.items():
            panel.barh(i, share / total, 0.84, start, color=COLOURS[part], linewidth=0)
            if share / total >= NARROW:
                dark = {"color": "white" if part == "rows" else "black", "ha": "center"}
                panel.text(start + share / total / 2, i, f"{100 * share:.0f}", **dark, **look)
            start += share / total
    figure.legend(
        handles=[Patch(color=COLOURS[part], label=NAMES[part]) for part in PARTS],
        loc="upper center",
        bbox_to_anchor=(0.5, (place[1] - 0.01) / height),
        bbox_transform=figure.transFigure,
        ncol=len(PARTS),
        frameon=False,
        borderpad=0,
        borderaxespad=0.2,
        handlelength=0.8,
        handleheight=0.8,
        columnspacing=1.2,
    )
