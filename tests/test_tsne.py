"""One embedding for all samplers: reproducible, with neighbours kept together; its panels."""

import numpy as np
import pytest
from expost.analyses import tsne
from expost.figures import tsne as panels_of
from matplotlib.colors import to_hex


def clusters(n, centres, rng):
    """Codes around the first so many corners of a simplex."""
    return 20 * np.eye(3)[rng.integers(centres, size=n)] + rng.standard_normal((n, 3))


def test_every_kind_gets_as_many_places_and_the_same_seed_the_same():
    rng = np.random.default_rng(0)
    training, a, b = (rng.standard_normal((n, 4)) for n in (50, 30, 20))
    places = [tsne.joint(training, {"a": a, "b": b}, 25, seed) for seed in (1, 1, 2)]
    assert list(places[0]) == ["training", "draws/a", "draws/b"]
    for name, found in places[0].items():
        assert found.shape == (20, 2)
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, places[1][name])
        assert (found != places[2][name]).any()


def test_draws_lie_beside_the_training_codes_that_they_are_near_to():
    rng = np.random.default_rng(0)
    training = clusters(90, 3, rng)
    near = training + 0.01 * rng.standard_normal(training.shape)
    far = 60 + rng.standard_normal(training.shape)
    places = tsne.joint(training, {"near": near, "far": far}, 90, 0)

    def across(draws):  # to the nearest training code, in units of the plane's extent
        gaps = np.linalg.norm(places[draws][:, None] - places["training"][None], axis=2)
        return np.median(gaps.min(axis=1)) / np.ptp(places["training"])

    assert across("draws/near") < 0.02 < 0.2 < across("draws/far")


def test_too_few_codes_are_refused():
    codes = np.zeros((15, 2))
    with pytest.raises(ValueError, match="15 training codes and as many draws of 1 samplers"):
        tsne.joint(codes, {"a": codes}, 100)
    with pytest.raises(ValueError, match="draws of 0 samplers"):
        tsne.joint(np.zeros((50, 2)), {}, 100)


def test_a_panel_shows_its_points_in_grey_and_colour_at_the_same_places_as_others():
    rng = np.random.default_rng(0)
    training, draws = rng.standard_normal((30, 2)), 5 * rng.standard_normal((30, 2))
    everything = np.concatenate([training, draws])
    panels = [
        panels_of.Panel(training, shown, everything, "#D55E00") for shown in (draws, training)
    ]
    figure = panels_of.tsne(dict(zip("abcd", panels * 2, strict=True)))
    assert [axes.get_title() for axes in figure.axes] == list("abcd")
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes}) == 1
    axes = figure.axes[0]
    grey, coloured = axes.collections
    np.testing.assert_array_equal(grey.get_offsets(), training)
    np.testing.assert_array_equal(coloured.get_offsets(), draws)
    assert to_hex(coloured.get_facecolor()[0]) == "#d55e00" != to_hex(grey.get_facecolor()[0])
    for (low, high), values in zip((axes.get_xlim(), axes.get_ylim()), draws.T, strict=True):
        assert low < values.min() <= values.max() < high
    assert np.ptp(axes.get_xlim()) == pytest.approx(np.ptp(axes.get_ylim()))


def test_no_panels_are_refused():
    with pytest.raises(ValueError, match="no panels"):
        panels_of.tsne({})
