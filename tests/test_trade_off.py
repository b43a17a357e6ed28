"""The figure of copying against quality: what is joined, ringed, starred and named."""

import itertools

import numpy as np
import pandas as pd
import pytest
from expost import samplers
from expost.figures import methods, point_names, style, trade_off
from expost.stats import intervals
from expost.study.option_sweeps import Line
from matplotlib.colors import to_hex
from planning import figure as changed
from planning import planned

EBC = Line(
    "ae",
    "empirical_beta",
    "degree",
    (3, 24, None, "auto"),
    tuple(f"empirical_beta{knob}" for knob in ("-degree-3", "-degree-24", "", "-degree-auto")),
)
KDE = Line("ae", "kde", "bandwidth", (0.5, 2), ("kde-bandwidth-0.5", "kde-bandwidth-2"))
COPYING = trade_off.COPYING["codes"]
ALONE = ("copy", "held_out", "gaussian")


def tidy(lines=(EBC, KDE), seeds=1, spaces=("codes", "classifier"), spread=1.0):
    """Scores of all methods, of which no two are the same."""
    names = dict.fromkeys(itertools.chain(ALONE, ["kde"], *(line.names for line in lines)))
    rng, rows = np.random.default_rng(0), []
    for name, seed in itertools.product(names, range(seeds)):
        key = ("digits", "ae", name, 40, 800, seed)
        rows.append((*key, "classifier", "frechet", 1 + spread * rng.random()))
        for space, metric in itertools.product(spaces, COPYING):
            rows.append((*key, space, metric, rng.random()))
    columns = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric"]
    return pd.DataFrame(rows, columns=[*columns, "value"])


def distance_of_originals(scores):
    """Which rows are Fréchet distances of what is not decoded."""
    return scores["sampler"].isin(samplers.ORIGINALS) & (scores["metric"] == "frechet")


def place(scores, name, metric="c_t", space="codes"):
    of = scores[scores["sampler"] == name].set_index(["space", "metric"])["value"]
    return of["classifier", "frechet"], of[space, metric]


def drawn(panel, colour):
    """What is drawn in a colour: marker and points."""
    lines = [line for line in panel.lines if to_hex(line.get_color()).upper() == colour]
    return [(line.get_marker(), line.get_xydata().tolist()) for line in lines]


def test_numbers_are_joined_in_their_order_words_are_stars_the_own_setting_has_a_ring():
    scores = tidy()
    panel, look = trade_off.trade_off(scores, [EBC, KDE]).axes[0], methods.METHODS["empirical_beta"]
    line, star, point, ring = drawn(panel, look.colour)
    joined = [place(scores, name) for name in EBC.names[:3]]
    np.testing.assert_allclose(line[1], joined)
    assert star[0] == "*"
    np.testing.assert_allclose(star[1], [place(scores, EBC.names[3])])
    np.testing.assert_allclose(ring[1], point[1])
    np.testing.assert_allclose(ring[1], [joined[2]])


def test_the_own_setting_is_shown_unjoined_where_the_knob_does_not_list_it():
    scores = tidy()
    line, _, ring = drawn(trade_off.trade_off(scores, [KDE]).axes[0], methods.METHODS["kde"].colour)
    np.testing.assert_allclose(line[1], [place(scores, name) for name in KDE.names])
    np.testing.assert_allclose(ring[1], [place(scores, "kde")])


def test_ends_samplers_and_controls_are_named():
    for panel in trade_off.trade_off(tidy(), [EBC, KDE]).axes:
        names = {text.get_text() for text in panel.texts}
        assert names == {"EBC 3", "EBC", "KDE 0.5", "KDE 2", "KDE"} | {
            "Copies",
            "Held out",
            "Gaussian",
        }


def test_panels_are_metrics_in_spaces_as_asked_for():
    figure = trade_off.trade_off(tidy(), [EBC])
    assert [axes.get_ylabel() for axes in figure.axes] == [
        f"{heading}\n{space}"
        for space in ("codes", "classifier features")
        for heading in ("Copying C_T → 0", "Authenticity")
    ]
    assert figure.axes[-1].get_xlabel() == "Fréchet distance ↓, classifier features"
    scores = tidy()
    more = scores[scores["metric"] == "frechet"].assign(metric="kid")
    figure = trade_off.trade_off(
        pd.concat([scores, more]), [EBC], {"codes": ["c_t"], "pixels": ["emd"]}, quality="kid"
    )
    assert [axes.get_ylabel() for axes in figure.axes] == ["Copying C_T → 0\ncodes"]
    assert figure.axes[0].get_xlabel() == "KID ↓, classifier features"
    assert "Not scored: EMD in pixels" in [text.get_text() for text in figure.texts]


@pytest.mark.parametrize(("seeds", "told"), [(1, "One seed: how sure"), (3, "intervals over 3")])
def test_a_figure_says_how_sure_its_points_are(seeds, told):
    figure = trade_off.trade_off(tidy(seeds=seeds), [EBC])
    assert any(told in text.get_text() for text in figure.texts)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"quality": "c_d"}, "the quality 'c_d' in .*some of its .*: emd"),
        ({"quality": 3}, "got quality 3 in .*wanted text"),
        ({"metrics": ["copying"]}, "the quality 'frechet' in .*: c_t"),
        ({"panels": {"codes": ["ct"]}}, r"panels \['ct'\] of codes"),
    ],
)
def test_what_cannot_be_shown_is_refused_when_planning(keys, message):
    with pytest.raises(ValueError, match=message):
        planned(changed("trade_off", **keys))


def test_lines_cross_at_held_out_images():
    scores = tidy()
    panel = trade_off.trade_off(scores, [KDE]).axes[0]
    grey = [line.get_xydata() for line in panel.lines if line.get_color() == "#BBBBBB"]
    x, y = place(scores, "held_out")
    np.testing.assert_allclose([grey[0][0, 0], grey[1][0, 1]], [x, y])


@pytest.mark.parametrize("seeds", [1, 3])
def test_whiskers_are_intervals_over_seeds(seeds):
    panel = trade_off.trade_off(tidy(seeds=seeds), [EBC]).axes[0]
    methods = len({*ALONE, "kde", *EBC.names, *KDE.names})
    assert len(panel.collections) == (0 if seeds == 1 else 2 * methods)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.iloc[:0], "no rows"),
        (lambda t: t.assign(epoch=np.where(t["seed"] + t.index > 9, 1, 2)), "epochs 2, 1"),
        (
            lambda t: t[t["metric"] == "frechet"],
            "no scores of the usual.*; there are cl",
        ),
        (lambda t: t[t["metric"] != "frechet"], "Fréchet distance is scored in none"),
    ],
)
def test_scores_that_say_nothing_or_too_much_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        trade_off.trade_off(change(tidy()), [EBC])


def test_no_knob_is_refused():
    with pytest.raises(ValueError, match="got 0 knobs"):
        trade_off.trade_off(tidy(), [])


@pytest.mark.parametrize("seeds", [1, 3])
@pytest.mark.parametrize("spread", [0.5, 500, 1 / 50])  # both scales of the distance, and a break
def test_names_cover_neither_points_nor_each_other(spread, seeds):
    scores = tidy(spread=spread, seeds=seeds)
    if spread < 0.5:
        scores.loc[distance_of_originals(scores), "value"] /= 100
    figure = trade_off.trade_off(scores, [EBC, KDE])
    figure.draw_without_rendering()
    for panel in figure.axes:
        boxes = [text.get_window_extent() for text in panel.texts]
        marked = [line.get_xydata() for line in panel.lines if line.get_marker() != "None"]
        points = panel.transData.transform(np.concatenate(marked))
        for one, other in itertools.combinations(boxes, 2):
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            assert across < 1 or min(one.y1, other.y1) - max(one.y0, other.y0) < 1
        for box in boxes:
            assert not any(box.contains(*point) for point in points)
            assert figure.bbox.contains(box.x0, box.y0)
            assert figure.bbox.contains(box.x1, box.y1)


def test_what_is_not_decoded_and_far_off_stands_beyond_a_break_of_the_axis():
    scores = tidy(spread=1 / 50)  # from 1 to 1.02
    far = distance_of_originals(scores)
    near = scores.loc[~far & (scores["metric"] == "frechet"), "value"]
    panel = trade_off.trade_off(scores, [EBC, KDE]).axes[0]
    assert drawn(panel, "#444444") == []  # no break: samplers are spread out between these, too
    scores.loc[far, "value"] = [0.01, 0.0234]
    figure = trade_off.trade_off(scores, [EBC, KDE])
    for panel in figure.axes:
        assert {"Copies (0.01)", "Held out (0.0234)"} <= {text.get_text() for text in panel.texts}
        left, right = panel.get_xlim()
        assert 0.9 < left < near.min() < near.max() < right < 1.1
        assert min(panel.get_xticks()) > near.min() - 0.3 * np.ptp(near)
        assert len(drawn(panel, "#444444")) == 1
        grey = [line.get_xydata() for line in panel.lines if line.get_color() == "#BBBBBB"]
        assert len(grey) == 1
        assert grey[0][0, 1] == grey[0][1, 1]  # the level of held-out images, and no distance
    line = drawn(figure.axes[0], methods.METHODS["kde"].colour)[0]
    np.testing.assert_allclose(line[1], [place(scores, name) for name in KDE.names])
    for values in ([2, 3], [0.01, 2]):  # no break makes room where one is far to the right
        scores.loc[far, "value"] = values
        assert drawn(trade_off.trade_off(scores, [EBC, KDE]).axes[0], "#444444") == []


@pytest.mark.parametrize("least", [1e-3, 1e-9])
def test_a_break_leaves_an_axis_of_ratios_one(least):
    scores = tidy(spread=6)
    quality, far = scores["metric"] == "frechet", distance_of_originals(scores)
    scores.loc[far, "value"] = least
    panel = trade_off.trade_off(scores, [EBC, KDE]).axes[0]
    assert panel.get_xscale() == "log"
    assert len(drawn(panel, "#444444")) == 1
    assert 0.2 < panel.get_xlim()[0] < scores.loc[quality & ~far, "value"].min()


def test_a_name_takes_the_nearest_free_place():
    from matplotlib.figure import Figure

    panel = Figure().subplots()
    panel.set(xlim=(0, 1), ylim=(0, 1))
    far = [(0.1, 0.1, "a", "red"), (0.9, 0.9, "b", "red")]
    points = np.array([row[:2] for row in far])
    point_names.name_points(panel, far, [points])
    middles = panel.transAxes.transform([text.get_position() for text in panel.texts])
    away = np.hypot(*(middles - panel.transData.transform(points)).T)
    assert (away < 1.5 * point_names.AWAY[0] * panel.figure.dpi / 72).all()


def test_the_file_is_small_and_the_same_every_time(tmp_path):
    for name in ("a.png", "b.png"):
        style.save(trade_off.trade_off(tidy(seeds=3), [EBC, KDE]), tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert (tmp_path / "a.png").stat().st_size < style.PNG_BYTES


def test_bars_of_two_seeds_reach_from_one_to_the_other_and_of_more_are_intervals():
    rows = [("a", 0, 1.0), ("a", 1, 4.0), ("b", 0, 1.0), ("b", 1, 2.0), ("b", 2, 4.5)]
    table = pd.DataFrame(rows, columns=["sampler", "seed", "value"])
    two, three = (intervals.over_seeds(part, ["sampler"]) for _, part in table.groupby("sampler"))
    assert two["mean"].item() == 2.5
    assert intervals.bars(two).item() == pytest.approx(1.5)
    assert intervals.bars(three).item() == three["half_width"].item()
    assert intervals.of_bars(two) == "Bars: from one seed to the other"
    assert intervals.of_bars(three) == "Bars: 95 % t-intervals over 3 seeds"
