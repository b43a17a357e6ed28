"""Laws of the figures: fixed order and colours, no overlaps, the same bytes every time."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from expost import features, metrics, samplers
from expost.figures import curves, gallery, line_names, methods, pictures, style
from expost.stats import intervals
from PIL import Image
from scipy import stats

METHODS = [("ae", name) for name in samplers.SAMPLERS if name != "prior"] + [("vae", "prior")]


def tidy(
    methods=METHODS, epochs=(1, 5), sizes=(100,), seeds=2, spaces=("pixels", "classifier", "codes")
):
    """Scores that differ between rows, of every metric."""
    runs = itertools.product(methods, epochs, sizes, range(seeds), spaces, metrics.NAMES)
    rows = [
        ("digits", *method, epoch, size, seed, space, metric)
        for method, epoch, size, seed, space, metric in runs
        if space not in features.NOT_FEATURES or metric in curves.TWO_SAMPLE
    ]
    names = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(value=0.5 + np.random.default_rng(0).random(len(table)))


def test_half_width_is_students():
    for n in (2, 3, 10):
        values = np.arange(n) ** 2.0
        low, high = stats.t.interval(0.95, n - 1, values.mean(), stats.sem(values))
        assert intervals.t_half_width(values.std(ddof=1), n) == pytest.approx((high - low) / 2)
    assert np.isnan(intervals.t_half_width(0.0, 1))


def test_mean_and_interval_by_hand():
    row = intervals.over_seeds(
        pd.DataFrame({"a": 1, "seed": [0, 1, 2], "value": [1.0, 2, 3]}), ["a"]
    )
    assert row["mean"].item() == 2
    assert row["half_width"].item() == pytest.approx(
        4.302653 / np.sqrt(3)
    )  # t(0.975; 2) * s / 3^.5
    assert row["seeds"].item() == 3


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
    shown = [[panel.axison for panel in figure.axes[i : i + 3]] for i in (0, 3, 6)]
    assert shown == [[True] * 3, [True] * 3, [True, False, False]]
    first = figure.axes[6]
    assert first.get_title().startswith("Fréchet")
    assert first.get_ylabel() == "Classifier features"
    assert first.get_xlabel() == "Epochs of the autoencoder"


def test_every_sampler_has_a_name_and_a_colour_of_its_own():
    shown = [methods.method("ae", name) for name in samplers.SAMPLERS] + [
        methods.method("vae", "prior")
    ]
    for part in ("label", "tag", "colour"):
        assert len({getattr(look, part) for look in shown}) == len(shown)
    assert set(samplers.SAMPLERS) <= methods.METHODS.keys()


def lab(colours, seen):
    """CIELAB of #RRGGBB as an eye with the linear-RGB transform `seen` has them."""
    rgb = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ seen.T
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.clip(linear, 0, 1) @ np.array(to_xyz).T / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], 1)


NORMAL = np.eye(3)
DEUTERANOPIA = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
]
PROTANOPIA = [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
]


@pytest.mark.parametrize("seen", [NORMAL, DEUTERANOPIA, PROTANOPIA])  # Machado et al., 2009
def test_colours_of_samplers_stay_apart_for_every_eye(seen):
    points = lab(
        [look.colour for name, look in methods.METHODS.items() if name not in samplers.CONTROLS],
        np.asarray(seen),
    )
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    assert distances[np.triu_indices(len(points), 1)].min() > 17
    assert points[:, 0].max() < 80  # visible on white


def test_an_added_sampler_keeps_its_colour_and_stands_above_the_controls():
    look = methods.method("ae", "my_sampler")
    assert look == methods.method("ae", "my_sampler")
    assert re.fullmatch("#[0-9A-F]{6}", look.colour)
    assert look.label == "my_sampler"
    order = methods.in_order(tidy([("ae", "copy"), ("ae", "my_sampler"), ("ae", "gaussian")]))
    assert [name for _, name in order] == ["gaussian", "my_sampler", "copy"]


def test_order_is_fixed_whatever_is_asked():
    shuffled = tidy().sample(frac=1, random_state=0)
    assert methods.in_order(shuffled) == methods.in_order(tidy())
    assert methods.in_order(shuffled)[-3:] == [
        ("ae", n) for n in ("reconstruction", "copy", "held_out")
    ]
    assert methods.is_control("ae", "prior")
    assert not methods.is_control("vae", "prior")


@pytest.mark.parametrize("seed", range(5))
def test_spread_keeps_distance_order_and_bounds_and_moves_least(seed):
    wanted = np.random.default_rng(seed).random(6)
    placed = line_names.spread(wanted, 0.1, 0.0, 1.0)
    gaps = np.diff(placed[np.argsort(wanted)])
    assert gaps.min() > 0.1 - 1e-12
    assert placed.min() >= 0
    assert placed.max() <= 1 + 1e-12
    for i, step in itertools.product(range(6), (-1e-3, 1e-3)):  # no feasible move is nearer
        moved = placed + step * (np.arange(6) == i)
        if np.diff(np.sort(moved)).min() >= 0.1 and moved.min() >= 0 and moved.max() <= 1:
            assert np.sum((moved - wanted) ** 2) > np.sum((placed - wanted) ** 2)


def test_spread_leaves_alone_what_is_apart_already():
    np.testing.assert_allclose(line_names.spread([0.9, 0.1, 0.5], 0.1, 0, 1), [0.9, 0.1, 0.5])


@pytest.mark.parametrize("steepness", [0, 3.3, 12])  # within a decade, a bit more, many decades
def test_nothing_overlaps_or_is_cut_off(steepness):
    scores = tidy(epochs=(5,), sizes=(16, 32, 64, 1024, 2000))
    scores["value"] *= np.exp(steepness * (scores["value"] - 0.5))
    figure = curves.metrics_over_sample_size(scores)
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes for text in axes.texts]
    texts += [t for axes in figure.axes for t in (axes.title, axes.yaxis.label, axes.xaxis.label)]
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = axis.get_view_interval()  # ticks beyond it are not drawn
        ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        texts += [tick.label1 for tick in ticks if low <= tick.get_loc() <= high]
    boxes = [t.get_window_extent() for t in texts if t.get_text() and t.get_visible()]
    assert len(boxes) > 9 * len(METHODS)
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
def test_small_experiments_are_drawn_too(table, tmp_path):
    style.save(curves.metrics_over_epochs(table), tmp_path / "a.png")


def test_the_feature_space_can_be_chosen_among_those_scored():
    table = tidy(spaces=("pixels", "classifier", "resnet34"))
    for asked, shown in ((None, "ResNet-34 features"), ("classifier", "Classifier features")):
        figure = curves.metrics_over_epochs(table, asked)
        assert [axes.get_ylabel() for axes in figure.axes[::3]] == ["Pixels", shown, shown]
    with pytest.raises(ValueError, match="'inception'; scored are classifier, resnet34"):
        curves.metrics_over_epochs(table, "inception")


def test_files_have_the_same_bytes_on_another_day(tmp_path, monkeypatch):
    for day in (1, 2):
        monkeypatch.setattr("time.time", lambda day=day: 1.8e9 + 86400 * day)
        figure = curves.metrics_over_epochs(tidy())
        style.save(figure, tmp_path / f"{day}.png", tmp_path / f"{day}.pdf")
        grid = gallery.sample_grid({"a": np.zeros((10, 3, 32, 32), np.uint8)})
        style.save(grid, tmp_path / f"grid{day}.png", tmp_path / f"grid{day}.pdf")
    for name in ("{}.png", "{}.pdf", "grid{}.png", "grid{}.pdf"):
        one, two = ((tmp_path / name.format(day)).read_bytes() for day in (1, 2))
        assert one == two, name
        assert b"Type3" not in one
    assert (tmp_path / "1.png").stat().st_size < style.PNG_BYTES


def test_many_colours_become_fewer_that_are_near_them(tmp_path):
    """Smooth images with some noise, as decoded photographs are, and a row of grey."""
    rng = np.random.default_rng(0)
    waves = np.sin(np.linspace(0, 3, 64) * rng.uniform(0.5, 2, (60, 3, 1)) + rng.uniform(0, 6))
    smooth = 127 + 90 * waves[:, :, :, None] * waves[:, ::-1, None, :]
    images = (smooth + rng.normal(0, 3, smooth.shape)).clip(0, 255).astype(np.uint8)
    rows = {str(row): pictures.shown(images[row::6], hidden=row == 5) for row in range(6)}
    grid = gallery.sample_grid(rows)
    style.save(grid, tmp_path / "a.png")
    grid.savefig(tmp_path / "all.png", dpi=200)
    assert (tmp_path / "a.png").stat().st_size < style.PNG_BYTES
    shown, drawn = (
        np.asarray(Image.open(tmp_path / name).convert("RGB"), float)
        for name in ("a.png", "all.png")
    )
    assert np.sqrt(np.mean((shown - drawn) ** 2)) < 6.5
    assert np.abs(shown - drawn).max() < 50
    assert (shown[(drawn == 208).all(axis=2)] == 208).all()


def test_a_figure_is_refused_in_an_unknown_format(tmp_path):
    with pytest.raises(ValueError, match=r"wanted one that ends in \.png or \.pdf"):
        style.save(curves.metrics_over_epochs(tidy()), tmp_path / "a.jpg")
    assert not list(tmp_path.iterdir())
