"""Who plays which part, and how fits are repeated and pooled."""

import numpy as np
import pytest
from expost import samplers
from expost.datasets import row_choice
from expost.runtime import seeding
from expost.samplers import fit_and_pool
from expost.samplers.base import Sampler
from quick_samplers import brief

CODES = np.random.default_rng(0).standard_normal((60, 3))


class Recorder(Sampler):
    """Keeps what it was fitted to."""

    def __init__(self):
        self.fits = []

    def _fit(self, codes, rng):
        self.fits.append(codes)

    def _sample(self, n, rng):
        return rng.standard_normal((n, self.n_features_in_))


def rows_of(fit):
    return [int(np.flatnonzero((code == CODES).all(axis=1))[0]) for code in fit]


@pytest.mark.parametrize(
    ("size", "draws", "fits"), [(60, 60, 1), (50, 40, 1), (20, 60, 3), (20, 50, 3), (40, 100, 3)]
)
def test_as_many_fits_as_it_takes_to_pool_all_draws(size, draws, fits):
    sampler = Recorder()
    drawn = fit_and_pool.pooled(sampler, CODES, size, draws, np.random.default_rng(1))
    assert drawn.codes.shape == (draws, 3)
    assert drawn.fits == len(sampler.fits) == fits
    for fit in sampler.fits:
        assert len(set(rows_of(fit))) == size  # different codes in one fit


def test_fits_go_through_the_codes_before_any_comes_twice():
    sampler = Recorder()
    fit_and_pool.pooled(sampler, CODES, 20, 60, np.random.default_rng(1))
    assert sorted(row for fit in sampler.fits for row in rows_of(fit)) == list(range(60))


def test_the_first_fit_does_not_depend_on_the_number_of_draws():
    few, many = Recorder(), Recorder()
    fit_and_pool.pooled(few, CODES, 20, 20, np.random.default_rng(1))
    fit_and_pool.pooled(many, CODES, 20, 60, np.random.default_rng(1))
    np.testing.assert_array_equal(few.fits[0], many.fits[0])


@pytest.mark.parametrize("name", ["copy", "reconstruction", "held_out"])
def test_rows_say_which_codes_were_picked(name):
    drawn = fit_and_pool.pooled(samplers.build(name), CODES, 20, 60, np.random.default_rng(1))
    np.testing.assert_array_equal(drawn.codes, CODES[drawn.rows])
    assert sorted(drawn.rows) == list(range(60))  # none twice while there are others


def test_a_size_beyond_the_codes_is_refused():
    with pytest.raises(ValueError, match="got size 61 with 60 codes.* 60 or fewer"):
        fit_and_pool.pooled(Recorder(), CODES, 61, 10, np.random.default_rng(1))


@pytest.mark.parametrize("name", samplers.SAMPLERS)
def test_draws_near_given_rows_are_near_them_where_that_can_be(name):
    sampler = samplers.build(name, **brief(name))
    sampler.fit(CODES, 0)
    given = CODES[:, 0] > 1
    if not fit_and_pool.targets(sampler):
        with pytest.raises(TypeError, match="cannot draw near given rows"):
            fit_and_pool.near(sampler, 500, np.random.default_rng(1), given)
        return
    codes, rows = fit_and_pool.near(sampler, 500, np.random.default_rng(1), given)
    assert codes.shape == (500, 3)
    assert codes[:, 0].mean() == pytest.approx(CODES[given, 0].mean(), abs=0.15)
    if rows is not None:
        np.testing.assert_array_equal(codes, CODES[rows])
        assert set(rows) == set(np.flatnonzero(given))


def test_those_that_can_be_targeted():
    can = {name for name in samplers.SAMPLERS if fit_and_pool.targets(samplers.build(name))}
    assert can == {"kde", "empirical_beta", "reconstruction", "copy", "held_out"}


def test_those_of_which_groups_can_be_drawn():
    reaching = {n for n in samplers.SAMPLERS if fit_and_pool.reaches_groups(samplers.build(n))}
    assert set(samplers.SAMPLERS) - reaching == {"prior", "interpolation"}


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("name", ["gaussian", "gmm", "kde", "empirical_beta", "reconstruction"])
def test_a_group_is_drawn_near_its_codes_or_from_a_fit_to_them(name, alone):
    members = CODES[:, 0] > 0.5
    sampler, rng = samplers.build(name, **brief(name)).fit(CODES, 0), np.random.default_rng(1)
    codes, rows = fit_and_pool.of_group(sampler, CODES, 50, rng, 3, members, alone)
    rng, expected = np.random.default_rng(1), samplers.build(name, **brief(name))
    if name == "reconstruction":
        assert set(rows) <= set(np.flatnonzero(members))
        np.testing.assert_array_equal(codes, CODES[rows])
    elif alone or name in ("gaussian", "gmm"):
        expected = expected.fit(CODES[members], rng)
        np.testing.assert_array_equal(codes, expected.sample(50, rng))
    else:
        expected = expected.fit(CODES, 0)
        np.testing.assert_array_equal(codes, expected.sample(50, rng, given=members))


def test_a_group_of_too_few_codes_is_named():
    sampler = samplers.build("gmm", n_components=3).fit(CODES, 0)
    few = np.arange(len(CODES)) < 2
    with pytest.raises(ValueError, match="class 'Hat', of 2 codes: too few codes: GMM got 2"):
        fit_and_pool.of_group(sampler, CODES, 5, np.random.default_rng(0), "Hat", few)


def test_samplers_are_fitted_to_the_part_that_they_ask_for():
    codes = {"train": CODES, "test": CODES[:20]}
    part, rows = row_choice.pool("train", "digits", 0, codes, 5)
    assert part == "train"
    np.testing.assert_array_equal(rows, row_choice.training("digits", 0, 60))
    part, rows = row_choice.pool("held_out", "digits", 0, codes, 5)
    assert part == "test"
    np.testing.assert_array_equal(rows, row_choice.held_out("digits", 0, 20, 5))


def test_reference_and_held_out_are_disjoint_and_depend_on_the_seed():
    one = row_choice.reference("digits", 0, 100, 40)
    other = row_choice.held_out("digits", 0, 100, 40)
    assert len(one) == len(other) == 40
    assert len({*one, *other}) == 80
    assert not np.array_equal(one, row_choice.reference("digits", 1, 100, 40))


def test_too_few_test_images_are_refused_with_the_numbers():
    with pytest.raises(ValueError, match="mnist has 70 test images, this run wants 80.*draws"):
        row_choice.held_out("mnist", 0, 70, 40)


def test_training_codes_are_a_permutation():
    rows = row_choice.training("digits", 0, 50)
    assert sorted(rows) == list(range(50))


@pytest.mark.parametrize(
    ("size", "draws", "count"), [(60, 60, 60), (50, 40, 50), (20, 50, 60), (40, 100, 60)]
)
def test_fitted_rows_are_those_that_a_run_fits_to(size, draws, count):
    sampler, rows = Recorder(), row_choice.training("digits", 0, 60)
    fit_and_pool.pooled(sampler, CODES[rows], size, draws, np.random.default_rng(1))
    fitted = row_choice.fitted("digits", 0, 60, size, draws)
    assert sorted(fitted) == sorted({row for fit in sampler.fits for row in rows_of(fit)})
    assert len(fitted) == count
    np.testing.assert_array_equal(fitted, rows[: row_choice.most_fitted(size, draws)])


def test_seeds_depend_on_every_part_of_the_identity_and_on_nothing_else():
    assert seeding.seed("train", "digits", 0) == seeding.seed("train", "digits", "0")
    several = {
        seeding.seed("a", "b"),
        seeding.seed("b", "a"),
        seeding.seed("a", "b", 0),
        seeding.seed("ab"),
    }
    assert len(several) == 4
    assert all(0 <= seed < 2**63 for seed in several)


def test_a_seed_is_the_same_on_every_machine():
    assert seeding.seed("train", "digits", "ae", 0) == 4900260506951950996
