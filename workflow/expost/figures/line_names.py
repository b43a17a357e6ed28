"""Names at the ends of lines, and ticks at the values that were run, without overlaps."""

import textwrap
from collections.abc import Callable

import numpy as np

from . import methods, style

SIZE = style.SMALL  # points
LETTER, HANDLE = 0.6, 3.8  # widths of a letter, and of a line with its distances, in heights


def spread(wanted: np.ndarray, apart: float, low: float, high: float) -> np.ndarray:
    """Positions nearest to the wanted ones (least squares) that keep a distance and their order.

    With s the sorted positions, p_i - i * apart is the isotonic regression of s_i - i * apart, and
    clipping it keeps it optimal within bounds (Best and Chakravarti, 1990).

    Args:
        wanted: positions, shape (n,), in any order; n may be 0.
        apart: least distance.
        low: lower bound, for the lowest.
        high: upper bound; where n positions do not fit below it, they rise above.
    """
    from scipy.optimize import isotonic_regression

    if not len(wanted):
        return np.empty(0)
    order = np.argsort(wanted, kind="stable")
    steps = apart * np.arange(len(wanted))
    fitted = isotonic_regression(np.asarray(wanted, float)[order] - steps).x
    placed = np.empty(len(wanted))
    placed[order] = np.clip(fitted, low, max(low, high - steps[-1])) + steps
    return placed


def name_lines(panel, ends: list[tuple[float, methods.Method]]) -> None:
    """Write each line's name at its end, in its colour."""
    box = panel.get_window_extent()
    apart = 1.08 * SIZE / 72 * panel.figure.dpi
    heights = np.array([height for height, _ in ends])
    room = max(0.0, len(ends) * apart - box.height) / 2
    places = spread(heights, apart, box.y0 - room, box.y1 + room)
    for height, place, (_, look) in zip(heights, places, ends, strict=True):
        start, end = ((value - box.y0) / box.height for value in (height, place))
        joined = {"color": look.colour, "transform": panel.transAxes, "clip_on": False}
        panel.plot([1.03, 1.09], [start, end], linewidth=0.5, **joined)
        panel.text(1.11, end, look.tag, fontsize=SIZE, va="center_baseline", **joined)


def legend(figure, pairs: list[tuple[str, str]], look: Callable = methods.method) -> None:
    """What the line of each method looks like, at the bottom of a figure; see `height_of`."""
    from matplotlib.lines import Line2D

    looks = [look(*pair) for pair in pairs]
    lines = [
        Line2D([], [], linestyle=k.line, color=k.colour, marker=k.marker, markeredgewidth=0)
        for k in looks
    ]
    names, columns = fitted([look.tag for look in looks])
    lay(figure, lines, names, columns)


def height_of(pairs: list[tuple[str, str]], look: Callable = methods.method) -> float:
    """Inches that a `legend` of these methods takes."""
    return legend_height(len(pairs), fitted([look(*pair).tag for pair in pairs])[1])


def fitted(names: list[str]) -> tuple[list[str], int]:
    """Names of a legend, the longest cut, and in how many columns they fit side by side."""
    room = style.COLUMN * 72 / SIZE  # in heights of letters
    for columns in (4, 3, 2):
        widths = [max(map(len, part)) for part in np.array_split(names, columns) if len(part)]
        if LETTER * sum(widths) + HANDLE * len(widths) <= room:
            return names, columns
    return [cut(name, int((room - HANDLE) / LETTER)) for name in names], 1


def turned(name: str, height: float) -> str:
    """A name in as many lines, three at most, as it takes beside a panel so many inches high."""
    letters = int(height * 72 / SIZE / LETTER)
    return "\n".join(textwrap.wrap(cut(name, 3 * letters - 3), letters)[:3])


def folded(text: str, width: float) -> str:
    """A text in as many lines as it takes in so many inches."""
    return textwrap.fill(text, int(width * 72 / SIZE / LETTER))


def cut(name: str, letters: int) -> str:
    """A name of at most so many letters: its ends, which differ most between names."""
    half = (letters - 1) // 2
    return name if len(name) <= letters else f"{name[:half]}…{name[-half:]}"


def lay(figure, handles: list, names: list[str], columns: int) -> None:
    """A legend at the bottom of a figure, as high as `legend_height` says."""
    figure.legend(
        handles,
        names,
        loc="lower center",
        ncol=min(columns, len(names)),
        frameon=False,
        borderpad=0.2,
        borderaxespad=0.2,
        handlelength=1.8,
        columnspacing=1.2,
        labelspacing=0.3,
    )


def legend_height(count: int, columns: int) -> float:
    """Inches that a legend of so many names takes."""
    return 0.09 + 1.55 * style.SMALL / 72 * -(-count // columns)


def label_ticks(panel, ticks: np.ndarray) -> None:
    """A tick at every value, a number wherever the one to its right leaves room."""
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    places = panel.transData.transform([(tick, panel.get_ylim()[0]) for tick in ticks])[:, 0]
    digit = 0.66 * style.SMALL / 72 * panel.figure.dpi
    labels, free = [], np.inf
    for tick, place in zip(ticks[::-1], places[::-1], strict=True):
        half = digit * len(f"{tick:g}") / 2
        fits = place + half <= free
        labels.append(f"{tick:g}" if fits else "")
        free = place - half - digit if fits else free
    panel.xaxis.set_major_locator(FixedLocator(ticks))
    panel.xaxis.set_major_formatter(FixedFormatter(labels[::-1]))
    panel.xaxis.set_minor_locator(NullLocator())
