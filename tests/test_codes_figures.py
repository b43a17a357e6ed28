"""Figures of codes and draws: points where the numbers are, and nothing left out without a word."""

import numpy as np
import pytest
from expost.datasets import row_choice
from expost.figures import codes_and_draws, correlation_points, margin_lines, pair_plot
from expost.figures.codes_and_draws import Drawn
from expost.io import files
from matplotlib.colors import to_hex
from scipy import stats

RNG = np.random.default_rng(0)
CODES, DRAWS = RNG.normal(size=(80, 4)), RNG.normal(size=(70, 4))
SHOWN = {"One": Drawn(CODES, DRAWS, "#D55E00"), "Other": Drawn(CODES, CODES, "#0072B2")}


def points(axes):
    return [np.asarray(found.get_offsets()) for found in axes.collections]


def test_pairs_are_those_of_the_first_dimensions_in_grey_and_in_colour():
    figure = pair_plot.pair_plot(SHOWN, dimensions=3, points=50)
    assert len(figure.axes) == 2 * 3
    for axes, pair in zip(figure.axes, [(0, 1), (0, 2), (1, 2)] * 2, strict=True):
        codes, draws = points(axes)
        np.testing.assert_array_equal(codes, CODES[:50, pair])
        wanted = DRAWS if axes in figure.axes[:3] else CODES
        np.testing.assert_array_equal(draws, wanted[:50, pair])
    colours = [to_hex(found.get_facecolor()[0]) for found in figure.axes[0].collections]
    assert [colour.upper() for colour in colours] == [pair_plot.REAL, "#D55E00"]


def test_all_codes_are_inside_and_draws_outside_are_counted():
    far = DRAWS.copy()
    far[:3, 0], far[3, 1] = 100, -100
    figure = pair_plot.pair_plot({"One": Drawn(CODES, far, "#D55E00")}, dimensions=2)
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts] == ["4"]
    (low, high), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert low < CODES[:, 0].min() < CODES[:, 0].max() < high < 100
    assert -100 < bottom < CODES[:, 1].min() < CODES[:, 1].max() < top
    (axes,) = pair_plot.pair_plot({"One": Drawn(CODES, CODES, "#D55E00")}, dimensions=2).axes
    assert not axes.texts


def test_correlations_are_spearmans():
    tied = np.round(CODES)
    for codes in (CODES, tied):
        wanted = stats.spearmanr(codes).statistic[np.triu_indices(4, 1)]
        np.testing.assert_allclose(correlation_points.rank_correlations(codes), wanted, atol=1e-12)
    flat = CODES * [1, 1, 0, 1]
    found = correlation_points.rank_correlations(flat)
    np.testing.assert_array_equal(found[[1, 3, 5]], 0)  # pairs with the third


def test_a_panel_has_a_point_a_pair_and_says_how_far_they_are_apart():
    figure = correlation_points.correlation_points(SHOWN)
    x, y = (stats.spearmanr(v).statistic[np.triu_indices(4, 1)] for v in (CODES, DRAWS))
    first, second = figure.axes
    np.testing.assert_allclose(points(first)[0], np.c_[x, y], atol=1e-12)
    assert first.get_title() == f"One\n{np.sqrt(np.mean((x - y) ** 2)):.3f}"
    assert second.get_title() == "Other\n0.000"


@pytest.mark.parametrize("bounds", [(-9.0, 9.0), (-0.5, 0.5)])
def test_lines_are_distribution_functions(bounds):
    values = np.round(CODES[:, 0], 1)  # some are there twice
    x, y = margin_lines.steps(values, *bounds)
    assert (x[0], x[-1]) == bounds
    for place in np.linspace(*bounds, 201) + 1e-9:
        if place < bounds[1]:
            assert y[np.searchsorted(x, place) - 1] == np.mean(values <= place)


def test_margins_have_a_panel_a_dimension_and_a_line_a_method():
    draws = {("given", "kde"): DRAWS, ("given", "held_out"): CODES + 1}
    figure = margin_lines.margin_lines(CODES, draws, dimensions=3)
    assert [axes.get_title() for axes in figure.axes] == [f"Dimension {i}" for i in range(3)]
    for k, axes in enumerate(figure.axes):
        grey, kde, held_out = (line.get_xydata() for line in axes.lines)
        for line, values in ((grey, CODES), (kde, DRAWS), (held_out, CODES + 1)):
            wanted = margin_lines.steps(values[:, k], *axes.get_xlim())
            np.testing.assert_array_equal(line.T, wanted)


@pytest.mark.parametrize("draw", [pair_plot.pair_plot, correlation_points.correlation_points])
def test_what_cannot_be_shown_is_refused(draw):
    with pytest.raises(ValueError, match="no methods to show"):
        draw({})
    with pytest.raises(ValueError, match="no pairs"):
        draw({"One": Drawn(CODES[:, :1], DRAWS[:, :1], "#D55E00")})


def test_draws_stand_beside_the_codes_that_they_are_scored_against(tmp_path):
    files.save_npz(tmp_path / "codes.npz", train=CODES[:20], test=CODES[20:])
    files.save_npz(tmp_path / "draws.npz", codes=DRAWS[:25])
    given = {name: [str(tmp_path / f"{name}.npz")] for name in ("codes", "draws")}
    about = {"runs": [("codes", "given", "held_out", 0, 20, 3)], "draws": 25}
    (label, found), *others = codes_and_draws.drawn(given, about).items()
    assert (label, others) == ("Held-out codes", [])
    rows = row_choice.reference("codes", 3, 60, 25)
    np.testing.assert_array_equal(found.codes, CODES[20:][rows])
    np.testing.assert_array_equal(found.draws, DRAWS[:25])
