"""C_T: known cases, a slow obvious reference, ties and what they count."""

import numpy as np
import pytest
from expost.metrics import c_t as module
from expost.metrics.c_t import CELLS, LEAST, c_t
from expost.metrics.cells import assign, centres
from expost.metrics.copying_search import search
from scipy.stats import mannwhitneyu, rankdata

RNG = np.random.default_rng


def normal(seed, n=500, d=4, shift=0.0, scale=1.0):
    return scale * RNG(seed).normal(size=(n, d)) + shift


def slow_z(real, generated):
    """SciPy's statistic, its p-value taken back to a number of standard deviations."""
    from scipy.stats import norm

    if np.ptp(np.concatenate([real, generated])) == 0:
        return 0.0
    test = mannwhitneyu(
        generated, real, method="asymptotic", use_continuity=False, alternative="less"
    )
    return norm.ppf(test.pvalue)


def slow_c_t(training, real, generated):
    def distance(points):
        return np.array([np.abs(training - p).max(axis=1).min() for p in points])

    grid = centres(training, CELLS)
    of_real, of_generated = assign(real, grid), assign(generated, grid)
    total = weight = 0.0
    for cell in range(len(grid)):
        p, q = real[of_real == cell], generated[of_generated == cell]
        if len(q) >= LEAST and len(p):
            total += len(p) * slow_z(distance(p), distance(q))
            weight += len(p)
    return total / weight if weight else slow_z(distance(real), distance(generated))


@pytest.mark.parametrize("sizes", [(400, 300, 350), (80, 60, 40)])
@pytest.mark.parametrize("values", [5, 1000])  # few values: ties, and copies among the real
def test_it_is_the_definition(values, sizes):
    """On a line, where the reference's distance is the Euclidean one."""
    samples = [RNG(i).integers(0, values, (n, 1)) / 7 + 50.0 for i, n in enumerate(sizes)]
    rounded = [np.round(7 * x) for x in samples]  # whose ties are exact
    assert c_t(search(*samples)) == pytest.approx(slow_c_t(*rounded), abs=1e-6)


def test_ranks_are_those_of_scipy_but_for_rounding():
    x = RNG(0).integers(0, 9, 60) / 7.0
    ranks, ties = module._ranks(x * (1 + 1e-12 * RNG(1).normal(size=60)))
    np.testing.assert_array_equal(ranks, rankdata(np.round(7 * x)))
    assert sorted(ties) == sorted(np.unique(np.round(7 * x), return_counts=True)[1])


def test_equal_laws_have_scores_around_zero():
    """Each of the five cells has a standard normal Z, so C_T has a spread of about 0.45."""
    found = [c_t(search(*(normal(3 * s + i, 400) for i in range(3)))) for s in range(60)]
    assert abs(np.mean(found)) < 3 * 0.45 / np.sqrt(60)
    assert np.std(found) == pytest.approx(0.45, abs=0.12)


def test_copies_have_the_lowest_score_there_is():
    """All m generated points tie below all n real ones: Z in closed form, cell by cell."""
    training, real = normal(0), normal(1)
    found = c_t(search(training, real, training))
    cells = centres(training, CELLS)
    n, m = (np.bincount(assign(x, cells), minlength=CELLS) for x in (real, training))
    s = np.sqrt(n * m / 12 * (n + m + 1 - (m**3 - m) / ((n + m) * (n + m - 1))))
    assert found == pytest.approx(np.average(-n * m / 2 / s, weights=n))
    assert found < -10
    assert c_t(search(training, real, training + normal(2, scale=1e-3))) < -10  # nearly copies
    assert c_t(search(training, real, np.repeat(training[::2], 2, axis=0))) < -10


def test_duplicates_in_the_training_set_change_nothing():
    training, real, generated = normal(0), normal(1), normal(2)
    twice = np.repeat(training, 2, axis=0)
    assert c_t(search(twice, real, generated)) == pytest.approx(
        c_t(search(training, real, generated))
    )


def test_points_away_from_the_data_have_a_high_score():
    training, real = normal(0), normal(1)
    for generated in (normal(2, shift=3), normal(2, scale=3)):
        assert c_t(search(training, real, generated)) > 8
    assert c_t(search(training, real, normal(2, shift=0.8))) > 2


def test_a_collapsed_sampler_is_judged_by_where_it_sits():
    training, real = normal(0), normal(1)
    assert c_t(search(training, real, np.repeat(training[:1], 500, axis=0))) < -10
    assert c_t(search(training, real, np.full((500, 4), 20.0))) > 10


def test_half_the_cells_copied_is_half_as_bad():
    training, real, generated = normal(0), normal(1), normal(2)
    copied = np.where(generated[:, :1] < 0, training, generated)
    scores = [c_t(search(training, real, g)) for g in (training, copied, generated)]
    assert scores[0] < scores[1] < scores[2]


def test_it_grows_like_the_root_of_the_number_of_points():
    small, large = (c_t(search(*(normal(i, n) for i in (0, 1)), normal(0, n))) for n in (300, 1200))
    assert large / small == pytest.approx(2, rel=0.05)


def test_few_points_are_one_cell():
    training, real, generated = normal(0, 100), normal(1, 15), normal(2, 15)
    found = search(training, real, generated)
    assert c_t(found) == pytest.approx(slow_z(found.from_real, found.from_generated))


def test_all_real_points_out_of_reach_are_one_cell():
    """The cells that hold generated points hold no real one."""
    training = np.concatenate([normal(0, 200), normal(1, 200, shift=50)])
    found = search(training, normal(2, 50), normal(3, 50, shift=50))
    assert np.isfinite(c_t(found))


def test_all_distances_equal_say_nothing():
    training = normal(0, 40)
    assert c_t(search(training, training, training)) == 0


def test_order_is_nothing():
    samples = [normal(i, 300) for i in range(3)]
    shuffled = [RNG(i).permutation(x) for i, x in enumerate(samples)]
    assert c_t(search(*shuffled)) == pytest.approx(c_t(search(*samples)))
