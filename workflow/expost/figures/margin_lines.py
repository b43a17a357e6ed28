"""How codes and draws are distributed in single dimensions, a panel a dimension."""

import numpy as np

from . import line_names, methods, style
from .pair_plot import limits

ACROSS = 2
PANEL, TITLE, GAP, LEFT, TICKS, NOTE = 1.1, 0.2, 0.3, 0.02, 0.2, 0.13  # inches
REAL = {"color": "#C8C8C8", "linewidth": 3.0, "zorder": 0}


def margin_lines(codes: np.ndarray, draws: dict[tuple[str, str], np.ndarray], dimensions: int = 4):
    """Distribution functions: of held-out codes a broad grey line, of each method's draws its own.

    At a value on the horizontal axis a line is as high as the share of codes up to there. Panels
    reach a little beyond the codes; a line that is not at 0 or 1 at their ends has draws outside.

    Args:
        codes: held-out ones, shape (m, d).
        draws: (autoencoder, sampler) -> shape (n, d).
        dimensions: how many of the first ones have a panel.

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: nothing to show.
    """
    from matplotlib.figure import Figure

    if not draws:
        raise ValueError("got no methods to show; does the figure list some?")
    shown = range(min(codes.shape[1], dimensions))
    across = min(ACROSS, len(shown))
    pairs = list(draws)
    legend = line_names.height_of(pairs)
    height = -(-len(shown) // across) * (TITLE + PANEL + TICKS) + NOTE + legend
    width = (style.COLUMN - LEFT) / across - GAP
    low, high = limits(codes)
    with style.context():
        figure = Figure(figsize=(style.COLUMN, height))
        for k in shown:
            left = LEFT + k % across * (width + GAP) + 0.8 * GAP
            bottom = height - (k // across + 1) * (TITLE + PANEL + TICKS) + TICKS
            place = left / style.COLUMN, bottom / height
            panel = figure.add_axes([*place, width / style.COLUMN, PANEL / height])
            panel.plot(*steps(codes[:, k], low[k], high[k]), **REAL)
            for pair, values in draws.items():
                look = methods.method(*pair)
                line = {"color": look.colour, "linestyle": look.line, "linewidth": 0.6}
                panel.plot(*steps(values[:, k], low[k], high[k]), **line)
            panel.set(xlim=(low[k], high[k]), ylim=(-0.02, 1.02), yticks=[0, 0.5, 1])
            panel.set_title(f"Dimension {k}", pad=3)
            panel.locator_params(axis="x", nbins=4)
        note = "Share of codes up to a value; grey: held-out codes, lines: draws"
        look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
        figure.text(0.5, (legend + NOTE / 2) / height, note, **look)
        line_names.legend(figure, pairs, lambda *pair: _plain(methods.method(*pair)))
    return figure


def steps(values: np.ndarray, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Corners of the empirical distribution function of values, (n,), between two bounds."""
    inside = np.unique(values[(values > low) & (values < high)])
    places = np.concatenate([[low], inside, [high]])
    upto = np.searchsorted(np.sort(values), places, side="right") / len(values)
    return np.repeat(places, 2)[1:], np.repeat(upto, 2)[:-1]


def _plain(look: methods.Method) -> methods.Method:
    """The same without markers, which these lines do not have."""
    return methods.Method(look.label, look.tag, look.colour, look.line, "")
