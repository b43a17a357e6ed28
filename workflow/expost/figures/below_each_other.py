"""Panels below each other in one column of a page, and a legend below the last."""

from . import style


def axes(figure, count: int, *, panel: float, gap: float, left: float, top: float, below: float):
    """So many axes, from above, over one horizontal axis.

    Args:
        figure: one column wide.
        count: how many.
        panel: height of one, in inches, as all that follow.
        gap: between two.
        left: of them.
        top: above the first.
        below: below the last.
    """
    height = figure.get_figheight()
    found = figure.subplots(count, squeeze=False, sharex=True)[:, 0]
    figure.subplots_adjust(
        left=left / style.COLUMN,
        right=0.98,
        bottom=below / height,
        top=1 - top / height,
        hspace=gap / panel,
    )
    return found


def legend(last, named, under: float, **look) -> None:
    """A legend of two columns, so many heights of a panel under the last one.

    Args:
        last: the axes.
        named: the axes whose handles and labels it has.
        under: from the foot of the last to the top of the legend.
        look: further arguments of `Axes.legend`.
    """
    last.legend(
        *named.get_legend_handles_labels(),
        loc="upper center",
        bbox_to_anchor=(0.5, -under),
        ncol=2,
        frameon=False,
        borderpad=0,
        **look,
    )
