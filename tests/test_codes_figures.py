"""Figures of codes and draws: points where the numbers are, and nothing left out without a word."""

from itertools import combinations

import numpy as np
import pytest
from expost.datasets import row_choice
from expost.figures import codes_and_draws, correlation_points, margin_lines, pair_plot
from expost.figures.codes_and_draws import Drawn
from expost.io import files
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
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
def test_lines_are_differences_of_distribution_functions(bounds):
    draws, codes = np.round(DRAWS[:, 0], 1), np.round(CODES[:, 0], 1)  # some are there twice
    x, y = margin_lines.apart(draws, codes, *bounds)
    assert (x[0], x[-1]) == bounds
    for place in np.linspace(*bounds, 201) + 1e-9:
        if place < bounds[1]:
            wanted = np.mean(draws <= place) - np.mean(codes <= place)
            assert y[np.searchsorted(x, place) - 1] == pytest.approx(wanted, abs=1e-15)


def test_the_band_holds_what_chance_leaves_at_a_value():
    rng = np.random.default_rng(0)
    inside = []
    for _ in range(400):
        codes, draws = rng.normal(size=150), rng.normal(size=100)
        for place in (-0.8, 0.0, 1.0):
            x, band = margin_lines.chance(codes, 100, -9, 9)
            gap = np.mean(draws <= place) - np.mean(codes <= place)
            inside.append(abs(gap) <= band[np.searchsorted(x, place) - 1])
    assert 0.93 < np.mean(inside) < 0.97


def test_margins_have_a_panel_a_dimension_and_a_line_a_method():
    draws = {("given", "kde"): DRAWS, ("given", "held_out"): CODES + 1}
    figure = margin_lines.margin_lines(CODES, draws, dimensions=3)
    assert [axes.get_title() for axes in figure.axes] == [f"Dimension {i}" for i in range(3)]
    assert "The first 3 of 4 dimensions" in figure.texts[0].get_text()
    for k, axes in enumerate(figure.axes):
        kde, held_out = (line.get_xydata() for line in axes.lines)
        for line, values in ((kde, DRAWS), (held_out, CODES + 1)):
            wanted = margin_lines.apart(values[:, k], CODES[:, k], *axes.get_xlim())
            np.testing.assert_array_equal(line.T, wanted)
    figure = margin_lines.margin_lines(CODES, draws, names=["a", "$b", "c", "d"])
    assert [axes.get_title() for axes in figure.axes] == ["a", "$b", "c", "d"]
    assert "The first" not in figure.texts[0].get_text()


def test_pairs_of_many_methods_fit_on_a_screen_and_have_axes_with_names():
    many = {f"Method {i}": SHOWN["One"] for i in range(10)}
    figure = pair_plot.pair_plot(many, names=list("abcd"))
    width, height = figure.get_size_inches()
    assert height < width
    assert figure.axes[-1].get_xlabel() == "b across,\nc up"
    assert all(len(axes.get_yticks()) for axes in figure.axes)
    assert "the first 3 of 4 dimensions" in figure.texts[-1].get_text()
    places = [tuple(np.round(axes.get_position().bounds, 9)) for axes in figure.axes]
    assert len(set(places)) == 30


@pytest.mark.parametrize("count", [2, 10])
def test_numbers_at_the_ends_of_axes_do_not_meet(count):
    many = {f"Method {i}": SHOWN["One"] for i in range(count)}
    figure = correlation_points.correlation_points(many)
    figure.canvas.draw()
    boxes = [
        [text.get_window_extent() for text in axes.get_xticklabels() if text.get_text()]
        for axes in figure.axes
    ]
    for one, other in combinations([box for part in boxes for box in part], 2):
        assert not one.overlaps(other)


def test_a_column_that_decides_every_distance_is_said_on_the_figure(tmp_path):
    for name, scale in (("wide", 100), ("even", 1)):
        codes = {f"vectors_{part}": CODES * [1, scale, 1, 1] for part in ("train", "test")}
        files.save_npz(tmp_path / name, column_names=np.array(list("abcd")), **codes)
    given = {name: {"data": [str(tmp_path / name)]} for name in ("wide", "even")}
    said = [codes_and_draws.warned(Figure(), one).texts for one in (*given.values(), {})]
    assert [len(texts) for texts in said] == [1, 0, 0]
    assert said[0][0].get_text().startswith("Column 'b' has 100%")
    assert codes_and_draws.names(given["even"]) == list("abcd")


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
