"""Laws of the figures: fixed order and colours, no overlaps, the same bytes every time."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from curve_scores import tidy
from expost import samplers
from expost.figures import curves, gallery, line_names, methods, pictures, style
from expost.stats import intervals
from PIL import Image
from scipy import stats


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


def test_every_sampler_has_a_name_and_a_colour_of_its_own():
    shown = [methods.method("ae", name) for name in samplers.SAMPLERS] + [
        methods.method("vae", "prior")
    ]
    for part in ("label", "tag", "colour"):
        assert len({getattr(look, part) for look in shown}) == len(shown)
    assert set(samplers.SAMPLERS) <= methods.METHODS.keys()


def test_means_that_were_published_are_drawn_as_they_are():
    by = ["dataset", "autoencoder", "sampler", "epoch", "size", "space", "metric"]
    means = intervals.over_seeds(tidy(), by)
    assert intervals.over_seeds(means, by).equals(means)
    one, other = (curves.metrics_over_epochs(table) for table in (tidy(), means))
    for a, b in zip(one.axes, other.axes, strict=True):
        for drawn, again in zip(a.lines, b.lines, strict=True):
            np.testing.assert_array_equal(drawn.get_xydata(), again.get_xydata())
    with pytest.raises(ValueError, match="second value for one run"):
        intervals.over_seeds(pd.concat([means, means]), by)


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
    assert methods.in_order(shuffled)[-4:] == [
        ("ae", n) for n in ("reconstruction", "interpolation", "copy", "held_out")
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
    assert line_names.spread([], 0.1, 0, 1).shape == (0,)


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
    grid.savefig(tmp_path / "all.png", dpi=grid.dpi)
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
