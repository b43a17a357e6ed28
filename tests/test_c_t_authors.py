"""C_T by its authors' code: its definition, written slowly, and where it differs from ours."""

import numpy as np
import pytest
from expost.features.base import Features
from expost.metrics.c_t import CELLS, c_t
from expost.metrics.c_t_authors import c_t_authors
from expost.metrics.cells import assign, centres, partition
from expost.metrics.copying_search import search
from expost.metrics.scoring import score
from scipy.spatial.distance import cdist
from scipy.stats import mannwhitneyu

RNG = np.random.default_rng


def normal(seed, n=500, d=4, shift=0.0, scale=1.0):
    return scale * RNG(seed).normal(size=(n, d)) + shift


def slow(training, real, generated, tau=None):
    """As the paper's code has it, cell by cell; the share of generated points must be above tau."""
    grid = centres(training - training.mean(axis=0), CELLS)
    cells = [assign(x - training.mean(axis=0), grid) for x in (training, real, generated)]
    tau = 20 / len(generated) if tau is None else tau
    total = share = 0.0
    for cell in range(CELLS):
        t, p, q = (x[c == cell] for x, c in zip((training, real, generated), cells, strict=True))
        if len(q) / len(generated) <= tau or not len(p):
            continue
        n, m = len(p), len(q)
        of_p, of_q = (cdist(x, t).min(axis=1) for x in (p, q))
        u = mannwhitneyu(of_q, of_p, alternative="less").statistic
        z = (u - (n * m / 2 - 0.5)) / np.sqrt(n * m * (n + m + 1) / 12)
        total += n / len(real) * z
        share += n / len(real)
    return total / share


SAMPLES = {
    "equal laws": (normal(0), normal(1), normal(2)),
    "few generated": (normal(0), normal(1), normal(2, 130)),
    "shifted": (normal(0), normal(1), normal(2, shift=0.7)),
    "wider": (normal(0), normal(1), normal(2, scale=1.5)),
    "copies": (normal(0), normal(1), normal(0)),
    "near copies": (normal(0), normal(1), normal(0) + normal(2, scale=0.05)),
    "grid, with ties": tuple(RNG(i).integers(0, 9, (400, 2)).astype(float) for i in range(3)),
    "far from zero": tuple(normal(i) + 1e3 for i in range(3)),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_the_definition(name):
    samples = SAMPLES[name]
    assert c_t_authors(search(*samples)) == pytest.approx(slow(*samples), abs=1e-9)


def test_a_cell_counts_with_more_than_twenty_generated_points():
    """With 20 in one cell and 21 in each other, the one is left out here, and counted by ours."""
    training, real = normal(0, 400), normal(1, 400)
    grid = centres(training - training.mean(axis=0), CELLS)
    pool = normal(2, 4000)
    cells = assign(pool - training.mean(axis=0), grid)
    for least in (20, 21):
        generated = np.vstack([pool[cells == c][: 21 if c else least] for c in range(CELLS)])
        without = np.vstack([pool[cells == c][:21] for c in range(1, CELLS)])
        found, other = (c_t_authors(search(training, real, g)) for g in (generated, without))
        assert (found == pytest.approx(other, abs=1e-12)) == (least == 20)
        assert c_t(search(training, real, generated)) != pytest.approx(
            c_t(search(training, real, without)), abs=1e-6
        )


def test_in_one_cell_only_continuity_and_ties_differ():
    """All points of one cluster but for the cells: with a single training point none of them."""
    training, real, generated = np.zeros((2, 1)), normal(0, 60, 1), normal(1, 50, 1)
    found = search(training, real, generated)
    deviation = np.sqrt(60 * 50 * 111 / 12)
    assert c_t_authors(found) - c_t(found) == pytest.approx(0.5 / deviation)


def test_the_sign_changes_for_draws_that_collapse_at_the_border_of_a_cell():
    """Near a training point of the next cell, far from those of their own."""
    training, real = normal(0), normal(1)
    cell_of = partition(training, CELLS)
    places = normal(7, 3000)
    apart, own = cdist(places, training), cell_of(places)[:, None] == cell_of(training)
    reach = np.where(own, apart, np.inf).min(axis=1)
    place = places[np.argmax(reach / apart.min(axis=1))]
    found = search(training, real, place + normal(8, scale=1e-3))
    assert c_t(found) < -10
    assert c_t_authors(found) > 5


def test_where_no_cell_counts_all_points_are_one():
    training, real, generated = normal(0, 100), normal(1, 15), normal(2, 15)
    found = search(training, real, generated)
    u = mannwhitneyu(found.from_generated, found.from_real).statistic
    assert c_t_authors(found) == pytest.approx((u - 112) / np.sqrt(15 * 15 * 31 / 12))


def test_it_is_scored_where_its_family_is_asked_for():
    samples = [Features(normal(i, 100)) for i in (1, 2, 0)]
    assert list(score(*samples, families=["c_t_authors"])) == ["c_t_authors"]
    assert "c_t_authors" not in score(*samples, families=["copying"])
