"""How many dimensions data really have: known laws, references written out, what is refused."""

import numpy as np
import pytest
from expost.analyses import intrinsic_dimension
from expost.runtime.seeding import generator
from expost.stats import intervals
from scipy.spatial.distance import cdist

pytestmark = pytest.mark.numerical


def on_a_plane(n, dimension, ambient=30, seed=0):
    """Evenly spread over a cube of so many dimensions, turned in more."""
    rng = generator("intrinsic dimension", seed)
    axes = np.linalg.qr(rng.standard_normal((ambient, dimension)))[0]
    return rng.random((n, dimension)) @ axes.T


def estimates(items, most=5000, seed=0):
    found = intrinsic_dimension.records(items, most, np.random.default_rng(seed))
    return {record["method"]: record for record in found}


@pytest.mark.parametrize("dimension", [1, 2, 5])
def test_items_of_a_known_dimension_have_it(dimension):
    for record in estimates(on_a_plane(1200, dimension)).values():
        assert record["value"] == pytest.approx(dimension, rel=0.12)
        assert 0 < record["half_width"] < 0.25 * dimension


def test_estimates_are_those_of_the_papers():
    items = on_a_plane(300, 3)
    distances = np.sort(cdist(items, items))[:, 1:21]
    ratios = np.sort(distances[:, 1] / distances[:, 0])[:270]
    x, y = np.log(ratios), -np.log(1 - np.arange(1, 271) / 300)
    logs = np.log(distances[:, -1:] / distances[:, :-1])
    found = estimates(items)
    # Which share of items has smaller ratios is counted from 0 or from 1, of a few hundred.
    assert found["two_nn"]["value"] == pytest.approx(x @ y / (x @ x), rel=0.01)
    assert found["levina_bickel"]["value"] == pytest.approx(1 / logs.mean(), rel=0.01)


def test_images_are_vectors_of_pixels_in_any_unit():
    flat = on_a_plane(400, 2, ambient=48)
    whole = estimates((flat * 40 + 100).reshape(400, 3, 4, 4))
    assert [r["value"] for r in whole.values()] == pytest.approx(
        [r["value"] for r in estimates(flat).values()]
    )


def test_items_that_are_there_twice_count_once():
    items = on_a_plane(300, 2)
    twice = estimates(np.repeat(items, 2, axis=0))
    assert [record["items"] for record in twice.values()] == [300, 300]
    assert twice["two_nn"]["value"] == pytest.approx(estimates(items)["two_nn"]["value"])


def test_of_many_items_some_are_looked_at():
    assert {r["items"] for r in estimates(on_a_plane(900, 2), most=200).values()} == {200}


def test_so_few_items_are_refused():
    with pytest.raises(ValueError, match="got 39 different items.* at least 40"):
        intrinsic_dimension.records(on_a_plane(39, 2), 100, np.random.default_rng(0))


def test_the_jackknife_of_a_mean_is_its_t_interval():
    values = np.random.default_rng(1).normal(size=10)
    left = np.array([np.delete(values, i).mean() for i in range(10)])
    wanted = intervals.t_half_width(values.std(ddof=1), 10)
    assert intervals.jackknife_half_width(left) == pytest.approx(wanted)
