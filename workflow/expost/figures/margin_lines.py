"""How far draws and codes are apart in single dimensions, a panel a dimension."""

import numpy as np

from . import line_names, methods, style
from .pair_plot import limits

ACROSS = 3
PANEL, TITLE, GAP, LEFT, TICKS, NOTE = 1.2, 0.2, 0.34, 0.02, 0.2, 0.28  # inches
LETTERS = 24  # of a column's name
CHANCE = {"color": "#DDDDDD", "linewidth": 0, "zorder": 0}
SURE = 1.96  # standard deviations to either side, which hold 95 % of a normal law


def margin_lines(
    codes: np.ndarray,
    draws: dict[tuple[str, str], np.ndarray],
    dimensions: int = 6,
    names: list[str] | None = None,
):
    """By how much the distribution function of each method's draws is above that of held-out codes.

    At a value on the horizontal axis a line is as high as the share of draws up to there less the
    share of codes; a grey band is what chance alone leaves in 95 % of cases at one value. Panels
    reach a little beyond the codes; a line that is not at 0 at their ends has draws outside.

    Args:
        codes: held-out ones, shape (m, d).
        draws: (autoencoder, sampler) -> shape (n, d).
        dimensions: how many of the first ones have a panel.
        names: of all dimensions; their numbers where they have none.

    Returns:
        A matplotlib figure, as wide as a page.

    Raises:
        ValueError: nothing to show.
    """
    from matplotlib.figure import Figure

    if not draws:
        raise ValueError("got no methods to show; does the figure list some?")
    d = codes.shape[1]
    names = names or [f"Dimension {k}" for k in range(d)]
    shown = range(min(d, dimensions))
    pairs = list(draws)
    legend = line_names.height_of(pairs)
    height = -(-len(shown) // ACROSS) * (TITLE + PANEL + TICKS) + NOTE + legend
    width = (style.PAGE - LEFT) / ACROSS - GAP
    low, high = limits(codes)
    with style.context():
        figure = Figure(figsize=(style.PAGE, height))
        for k in shown:
            left = LEFT + k % ACROSS * (width + GAP) + 0.8 * GAP
            bottom = height - (k // ACROSS + 1) * (TITLE + PANEL + TICKS) + TICKS
            place = [left / style.PAGE, bottom / height, width / style.PAGE, PANEL / height]
            panel = figure.add_axes(place)
            n = min(map(len, draws.values()))
            x, band = chance(codes[:, k], n, low[k], high[k])
            panel.fill_between(x, -band, band, **CHANCE)
            for pair, values in draws.items():
                look = methods.method(*pair)
                line = {"color": look.colour, "linestyle": look.line, "linewidth": 0.7}
                panel.plot(*apart(values[:, k], codes[:, k], low[k], high[k]), **line)
            panel.set(xlim=(low[k], high[k]))
            panel.set_title(line_names.cut(names[k], LETTERS), pad=3, parse_math=False)
            panel.locator_params(nbins=4)
        note = (
            "Share of draws up to a value less the share of held-out codes: 0 is right, below it "
            "draws are too large, above it too small.\n"
            "Grey: chance alone, 95 % at a value"
        )
        if len(shown) < d:
            note += f". The first {len(shown)} of {d} dimensions"
        look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
        figure.text(0.5, (legend + NOTE / 2) / height, note, **look)
        line_names.legend(figure, pairs, lambda *pair: _plain(methods.method(*pair)))
    return figure


def apart(
    draws: np.ndarray, codes: np.ndarray, low: float, high: float
) -> tuple[np.ndarray, np.ndarray]:
    """Corners of the difference of the empirical distribution functions, between two bounds.

    Args:
        draws: shape (n,).
        codes: shape (m,), whose function is subtracted.
        low: the lower bound.
        high: the upper bound.
    """
    x, of_draws = _corners(draws, np.concatenate([draws, codes]), low, high)
    return x, of_draws - _corners(codes, np.concatenate([draws, codes]), low, high)[1]


def chance(codes: np.ndarray, n: int, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Corners of how high, at each value, 95 % of the differences are if all have one law.

    With the share F of codes up to a value, that is 1.96 sqrt(F (1 - F) (1/n + 1/m)).

    Args:
        codes: shape (m,).
        n: how many draws there are.
        low: the lower bound.
        high: the upper bound.
    """
    x, share = _corners(codes, codes, low, high)
    return x, SURE * np.sqrt(share * (1 - share) * (1 / n + 1 / len(codes)))


def _corners(values, jumps, low, high):
    inside = np.unique(jumps[(jumps > low) & (jumps < high)])
    places = np.concatenate([[low], inside, [high]])
    upto = np.searchsorted(np.sort(values), places, side="right") / len(values)
    return np.repeat(places, 2)[1:], np.repeat(upto, 2)[:-1]


def _plain(look: methods.Method) -> methods.Method:
    """The same without markers, which these lines do not have."""
    return methods.Method(look.label, look.tag, look.colour, look.line, "")
