"""What a sampler refuses, whichever it is: other files, rows that are none, unknown options."""

import math

import numpy as np
import pytest
from expost import samplers
from expost.samplers import SAMPLERS, Gaussian, build, load


@pytest.fixture(scope="module")
def codes():
    return np.random.default_rng(0).standard_normal((2000, 3))


@pytest.fixture(scope="module")
def fitted(codes):
    return build("gaussian").fit(codes)


def test_load_refuses_other_files_and_classes(tmp_path, codes):
    np.savez(tmp_path / "codes.npz", codes=codes)
    with pytest.raises(ValueError, match="holds no sampler"):
        load(tmp_path / "codes.npz")
    build("prior").fit(codes).save(tmp_path / "prior.npz")
    with pytest.raises(ValueError, match="holds a Prior, not a Gaussian"):
        samplers.Gaussian.load(tmp_path / "prior.npz")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "names no row"),
        (np.zeros(2000, dtype=bool), "names no row"),
        ([0, 2000], r"rows 0\.\.1999 .* got 0\.\.2000"),
        ([-1], r"got -1\.\.-1"),
        ([0.5], "row numbers"),
        (np.ones(3, dtype=bool), r"mask of shape \(2000,\); got bool of shape \(3,\)"),
    ],
)
@pytest.mark.parametrize("targeted", ["empirical_beta", "kde"])
def test_given_rows_are_checked(targeted, given, message, codes):
    sampler = build(targeted, **({"bandwidth": 1} if targeted == "kde" else {})).fit(codes)
    with pytest.raises(ValueError, match=message):
        sampler.sample(5, 0, given=given)


@pytest.mark.parametrize("n", [0, -1])
def test_refuses_no_draws(fitted, n):
    with pytest.raises(ValueError, match=f"at least 1, got {n}"):
        fitted.sample(n)


@pytest.mark.parametrize("n", [2.0, "3", None, True])
def test_refuses_draws_that_are_no_number(fitted, n):
    with pytest.raises(TypeError, match="must be an integer"):
        fitted.sample(n)


@pytest.mark.parametrize("name", SAMPLERS)
def test_unknown_option_is_named_with_the_known_ones(name):
    known = ", ".join(build(name).get_params()) or "it has none"
    with pytest.raises(ValueError, match=rf"{name}.* no option 'colour'; .*{known}"):
        build(name, colour="red")


class Own(Gaussian):
    """One of somebody's own, whose draws are made into something else."""

    def __init__(self, into):
        self.into = into

    def _sample(self, n, rng):
        return self.into(super()._sample(n, rng))


@pytest.mark.parametrize(
    ("into", "words"),
    [
        (lambda draws: None, "drew NoneType; wanted an array of real numbers"),
        (lambda draws: draws.tolist(), "drew list; wanted an array of real numbers, .5, 2"),
        (lambda draws: draws.astype(str), "drew <U32; wanted an array"),
        (lambda draws: draws + 0j, "drew complex128; wanted an array"),
        (lambda draws: draws[1:], r"drew shape \(4, 2\) .* wanted \(5, 2\)"),
        (lambda draws: draws / 0, "with 10 values that are not finite"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_draws_that_are_no_codes_are_refused(into, words):
    codes = np.random.default_rng(0).normal(size=(20, 2))
    with pytest.raises(RuntimeError, match=words):
        Own(into).fit(codes).sample(5, rng=0)


def test_unknown_sampler_lists_the_known_ones():
    with pytest.raises(
        ValueError, match=r"unknown sampler 'gausian'; known are gaussian, .*held_out"
    ):
        build("gausian")
    assert samplers.names() == list(SAMPLERS)


@pytest.mark.parametrize("name", SAMPLERS)
@pytest.mark.parametrize(
    "junk", ["1e-6", "1", True, math.nan, math.inf, -1.5, [1.0], {"a": 1}, np.ones(2), object()]
)
def test_impossible_options_are_refused_when_built_and_when_changed(name, junk, codes):
    for option, usual in build(name).get_params().items():
        if isinstance(usual, bool) and junk is True:
            continue
        with pytest.raises(ValueError, match=f"got {option} "):
            build(name, **{option: junk})
        sampler = build(name)
        setattr(sampler, option, junk)
        with pytest.raises(ValueError, match=f"got {option} "):
            sampler.fit(codes[:100])


class OfEveryDimension(Gaussian):
    def _fewest(self, d):
        return d + 1, f"a covariance of {d} dimensions"


def test_a_sampler_may_want_codes_for_every_dimension(codes):
    """Which a plan can tell: it knows how many codes there will be, and how long."""
    message = "OfEveryDimension got 4, a covariance of 4 dimensions needs at least 5"
    with pytest.raises(ValueError, match=message):
        OfEveryDimension().check_shape(4, 4)
    with pytest.raises(ValueError, match=message):
        OfEveryDimension().fit(np.resize(codes, (4, 4)))
    OfEveryDimension().check_shape(5, 4)
