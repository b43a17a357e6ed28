"""Metrics as curves: the panels asked for, intervals, nothing that overlaps."""

import itertools

import numpy as np
import pandas as pd
import pytest
from curve_scores import METHODS, tidy
from expost import metrics
from expost.figures import curves, methods, panels, style
from matplotlib.colors import to_hex
from planning import figure as changed
from planning import planned

OWN = [pair for pair in METHODS if not methods.is_control(*pair)]  # which have panels apart
HEADINGS = [metrics.describe(name).heading for name in (*panels.TWO_SAMPLE, *panels.OF_CLASSES)]


def titles(figure):
    found = [axes.get_title() or axes.get_title("right") for axes in figure.axes]
    return [title for title in found if title]


def colour(line):
    return to_hex(line.get_color()).upper()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.iloc[:0], "no rows"),
        (lambda t: t.drop(columns="seed"), "lacks the columns seed"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "second value for one run: .*sampler gaussian"),
        (lambda t: t.assign(value=t["value"].where(t.index > 0)), "not finite: .*seed 0"),
        (lambda t: t.assign(dataset=np.where(t.index > 9, "a", "b")), "datasets b, a"),
        (lambda t: t.assign(size=np.where(t["seed"] > 0, 1, 2)), "sizes 2, 1"),
    ],
)
def test_figures_refuse_tables_that_say_nothing_or_too_much(change, message):
    with pytest.raises(ValueError, match=message):
        curves.metrics_over_epochs(change(tidy()))


def test_a_metric_that_was_not_scored_leaves_no_gap():
    """Of attributes there are no classes, so no Inception Score and no softmax FID."""
    scores = tidy()
    scores = scores[~scores["metric"].isin(["inception_score", "fid_softmax"])]
    figure = curves.metrics_over_epochs(scores)
    assert titles(figure) == [*HEADINGS[:3], *HEADINGS[:3], HEADINGS[5]]
    assert [text.get_text() for text in figure.texts] == [
        *("Pixels", "Classifier features"),
        *("Bars: from one seed to the other", "Epochs of the autoencoder"),
    ]


def test_any_metric_in_any_space_has_a_panel_if_asked_for():
    asked = {"codes": ["mmd", "emd"], "features": ["vendi", "c_t", "kid"], "pixels": "all"}
    for apart in (False, True):
        figure = curves.metrics_over_epochs(tidy(), shown=asked, apart=apart)
        names = ("mmd", "emd", "vendi", "c_t", "kid", *panels.TWO_SAMPLE)
        shown = [" ".join(title.split("\n")) for title in titles(figure)]
        headings = [metrics.describe(name).heading for name in names]
        assert len(shown) == len(headings)
        assert all(map(str.startswith, shown, headings))
        assert len(figure.axes) == len(names) * (len(OWN) if apart else 1)


def test_all_is_every_metric_that_was_scored():
    table = tidy(epochs=(5,), seeds=1)
    scored = table[["space", "metric"]].drop_duplicates()
    assert len(curves.metrics_over_epochs(table, shown="all").axes) == len(scored)


def test_what_was_asked_for_and_is_not_scored_is_said_in_the_figure():
    table = tidy()
    table = table[table["metric"] != "vendi"]
    figure = curves.metrics_over_epochs(
        table, shown={"features": ["vendi", "emd"], "vectors": ["emd"]}
    )
    assert titles(figure) == [HEADINGS[0]]
    told = " ".join(text.get_text() for text in figure.texts)
    assert "Not scored: Vendi Score in classifier features; EMD in vectors" in told
    with pytest.raises(ValueError, match="got no scores of EMD in vectors; there are"):
        curves.metrics_over_epochs(table, shown={"vectors": ["emd"]})


def test_intervals_stand_beside_a_panel_at_their_means_and_within_it():
    table = tidy([("ae", "kde"), ("ae", "gmm"), ("ae", "held_out")], seeds=3)
    panel = curves.metrics_over_epochs(table).axes[0]
    of = table[(table["space"] == "pixels") & (table["metric"] == "emd") & (table["epoch"] == 5)]
    bars = [line for line in panel.lines if line.get_transform() == panel.get_yaxis_transform()]
    upright, points = bars[::2], bars[1::2]
    assert len(upright) == len(points) == 3
    places = [line.get_xdata()[0] for line in points]
    assert places == sorted(places)
    assert places[0] > 1
    for name, bar, point in zip(("kde", "gmm", "held_out"), upright, points, strict=True):
        mean = of.loc[of["sampler"] == name, "value"].mean()
        assert point.get_ydata()[0] == pytest.approx(mean)
        assert colour(bar) == methods.method("ae", name).colour
        low, high = bar.get_ydata()
        assert panel.get_ylim()[0] <= low < mean < high <= panel.get_ylim()[1]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    ("seeds", "said"),
    [
        *((1, "One seed: no intervals"), (2, "{}: from one seed to the other")),
        (3, "{}: 95 % t-intervals over 3 seeds"),
    ],
)
def test_a_figure_says_how_sure_it_is(seeds, said, apart):
    figure = curves.metrics_over_epochs(tidy(seeds=seeds), apart=apart)
    assert said.format("Bands" if apart else "Bars") in [text.get_text() for text in figure.texts]


def test_bars_of_two_seeds_go_from_one_to_the_other():
    table = tidy([("ae", "kde")], seeds=2)
    panel = curves.metrics_over_epochs(table).axes[0]
    of = table[(table["space"] == "pixels") & (table["metric"] == "emd") & (table["epoch"] == 5)]
    (bar,) = [
        line.get_ydata()
        for line in panel.lines
        if line.get_transform() == panel.get_yaxis_transform() and len(line.get_ydata()) == 2
    ]
    np.testing.assert_allclose(bar, np.clip(np.sort(of["value"]), *panel.get_ylim()))


def test_apart_each_sampler_is_in_colour_once_before_all_others_in_grey():
    table = tidy(seeds=3)
    figure = curves.metrics_over_epochs(table, shown={"pixels": ["emd"]}, apart=True)
    own = [pair for pair in methods.in_order(table) if not methods.is_control(*pair)]
    assert len(figure.axes) == len(own)
    for pair, panel in zip(own, figure.axes, strict=True):
        look = methods.method(*pair)
        in_colour = [line for line in panel.lines if colour(line) == look.colour]
        assert len(in_colour) == 1
        grey = [line for line in panel.lines if colour(line) == "#CCCCCC"]
        assert len(grey) == len(METHODS) - 2  # all but itself and the held-out images
        assert len(panel.collections) == 1  # its band
        assert [text.get_text() for text in panel.texts] == [look.tag]
        assert panel.get_ylim() == figure.axes[0].get_ylim()


@pytest.mark.parametrize(
    "given", ["usual", "all", {"pixels": "all"}, {"features": ["emd", "kid"], "codes": ["c_t"]}]
)
def test_a_study_says_which_panels_a_figure_has(given):
    found = planned(changed("metrics_over_epochs", panels=given, apart=True))
    options = found.figures["metrics_over_epochs"].options
    assert options["panels"] == given
    assert options["apart"] is True


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"panels": ["emd"]}, r"panels \['emd'\].*wanted a mapping of spaces"),
        ({"panels": {}}, "wanted a mapping of spaces"),
        ({"panels": "every"}, "wanted a mapping of spaces"),
        ({"panels": {"pixel": ["emd"]}}, "the space 'pixel'.*pixels, vectors, codes, features"),
        ({"panels": {"resnet34": "all"}}, "the space 'resnet34'.*features, classifier"),
        ({"panels": {"pixels": []}}, r"panels \[\] of pixels"),
        ({"panels": {"pixels": "emd"}}, "panels 'emd' of pixels.*emd, mmd"),
        (
            {"panels": {"pixels": ["emd", "fid"]}},
            r"wanted the word all, or some of its `metrics` .*: emd",
        ),
        ({"panels": {"pixels": ["emd"]}, "metrics": ["classes"]}, "\\(classes\\): inception_score"),
        ({"apart": 1}, "apart 1 in .*wanted true or false"),
    ],
)
def test_panels_that_cannot_be_are_refused_when_planning(keys, message):
    with pytest.raises(ValueError, match=message):
        planned(changed("metrics_over_epochs", **keys))


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("shown", ["usual", {"features": ["c_t", "nearest_training", "vendi"]}])
@pytest.mark.parametrize("steepness", [0, 3.3, 12])  # within a decade, a bit more, many decades
def test_nothing_overlaps_or_is_cut_off(steepness, apart, shown):
    scores = tidy(epochs=(5,), sizes=(16, 32, 64, 1024, 2000))
    scores["value"] *= np.exp(steepness * (scores["value"] - 0.5))
    figure = curves.metrics_over_sample_size(scores, apart=apart, shown=shown)
    assert figure.get_figwidth() == 3.25
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes for text in axes.texts] + figure.texts
    texts += [text for legend in figure.legends for text in legend.texts]
    texts += [t for axes in figure.axes for t in (axes.title, axes._right_title, axes.xaxis.label)]
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = axis.get_view_interval()  # ticks beyond it are not drawn
        ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        texts += [tick.label1 for tick in ticks if low <= tick.get_loc() <= high]
    boxes = [t.get_window_extent() for t in texts if t.get_text() and t.get_visible()]
    assert len(boxes) > 2 * len(figure.axes)
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across < 1 or down < 0.25 * min(one.height, other.height)  # boxes have air in them
    frame = figure.bbox
    assert all(box.x0 >= 0 and box.x1 <= frame.x1 for box in boxes)
    assert all(box.y0 >= 0 and box.y1 <= frame.y1 for box in boxes)


@pytest.mark.parametrize(
    "table",
    [
        tidy(epochs=(5,), seeds=1),
        tidy([("ae", "gaussian")], epochs=(5,), seeds=1, spaces=("pixels",)),
        tidy([("ae", "copy")]),
        tidy().assign(value=1.0),
        tidy([("other", "gaussian"), ("ae", "new")], spaces=("resnet34", "classifier", "pixels")),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_small_experiments_are_drawn_too(table, apart, tmp_path):
    style.save(curves.metrics_over_epochs(table, apart=apart), tmp_path / "a.pdf")


def test_the_feature_space_can_be_chosen_among_those_scored():
    table = tidy(spaces=("pixels", "classifier", "resnet34"))
    for asked, shown in ((None, "ResNet-34 features"), ("classifier", "Classifier features")):
        figure = curves.metrics_over_epochs(table, space=asked)
        assert [text.get_text() for text in figure.texts[:2]] == ["Pixels", shown]
    with pytest.raises(ValueError, match="'inception'; scored are classifier, resnet34"):
        curves.metrics_over_epochs(table, space="inception")
