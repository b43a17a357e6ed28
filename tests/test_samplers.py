"""Promises every sampler keeps, checked on each one in the registry."""

import numpy as np
import pytest
from expost.samplers import SAMPLERS, build, load
from quick_samplers import OPTIONS, brief
from sklearn.base import clone

NO_DENSITY = {"second_vae", "reconstruction", "interpolation", "copy", "held_out"}
NO_SPREAD_NEEDED = {"prior", "shrunk_prior", *NO_DENSITY} - {"second_vae"}
GIVEN_ROWS = {"kde", "empirical_beta"}

# Laws that a sampler breaks by design.
WITHOUT_MOMENTS = {"prior": 1.0, "shrunk_prior": 0.8}  # centred, of this spread, whatever the codes
BETWEEN = {"interpolation"}  # whose midpoints spread less: tests/test_spherical.py
WITHOUT_DEPENDENCE = {*WITHOUT_MOMENTS, "independent"}  # uncorrelated, whatever the codes
ON_ONE_SCALE = {"kde"}  # one bandwidth for all columns, at most 2 in the codes' units


def fit(name, codes, rng=1):
    return build(name, **OPTIONS.get(name, {})).fit(codes, rng)


@pytest.fixture(scope="module")
def codes():
    """2 000 correlated, skewed codes in 3 dimensions, on very different scales."""
    covariance = [[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]]
    x = np.random.default_rng(0).multivariate_normal(np.zeros(3), covariance, 2000)
    return np.stack([x[:, 0], np.exp(x[:, 1] / 2), 100 * x[:, 2]], axis=1)


@pytest.fixture(scope="module", params=SAMPLERS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def scaled(name, codes):
    return codes / codes.std(axis=0) if name in ON_ONE_SCALE else codes


@pytest.fixture(scope="module")
def fitted(name, scaled):
    return fit(name, scaled)


def test_draws_are_float64_of_the_asked_shape(fitted):
    for n in (1, np.int64(7), 500):
        drawn = fitted.sample(n, 2)
        assert drawn.shape == (n, 3)
        assert drawn.dtype == np.float64


def test_same_generator_same_draws(fitted):
    drawn = fitted.sample(50, np.random.default_rng(3))
    np.testing.assert_array_equal(drawn, fitted.sample(50, np.random.default_rng(3)))
    np.testing.assert_array_equal(drawn, fitted.sample(50, 3))


def test_successive_draws_differ(fitted):
    rng = np.random.default_rng(3)
    assert not np.array_equal(fitted.sample(50, rng), fitted.sample(50, rng))
    assert not np.array_equal(fitted.sample(50), fitted.sample(50))


def test_draws_within_a_sample_differ(fitted):
    assert len(np.unique(fitted.sample(50, 3), axis=0)) == 50


def test_location_and_scale_survive(name, fitted, scaled):
    drawn = fitted.sample(20_000, 4)
    if name in BETWEEN:
        return
    if name in WITHOUT_MOMENTS:
        mean, scale = np.zeros(3), np.full(3, WITHOUT_MOMENTS[name])
    else:
        mean, scale = scaled.mean(axis=0), scaled.std(axis=0)
    np.testing.assert_allclose(drawn.mean(axis=0) / scale, mean / scale, atol=0.05)
    np.testing.assert_allclose(drawn.std(axis=0) / scale, 1, atol=0.1)


def test_dependence_survives(name, fitted, scaled):
    drawn = np.corrcoef(fitted.sample(20_000, 4).T)
    if name in WITHOUT_DEPENDENCE:
        np.testing.assert_allclose(drawn, np.eye(3), atol=4 / np.sqrt(20_000))
    elif name not in BETWEEN:
        np.testing.assert_allclose(drawn, np.corrcoef(scaled.T), atol=0.08)


def test_global_random_state_is_neither_read_nor_changed(name, codes, fitted):
    import torch

    drawn = []
    for seed in (0, 1):
        np.random.seed(seed)  # noqa: NPY002 (to show that it does not matter)
        torch.manual_seed(seed)
        numpy_state, torch_state = np.random.get_state()[1].copy(), torch.get_rng_state()  # noqa: NPY002
        drawn.append(quick(name).fit(codes[:100], 5).sample(20, 6))
        np.testing.assert_array_equal(np.random.get_state()[1], numpy_state)  # noqa: NPY002
        assert torch.equal(torch.get_rng_state(), torch_state)
    np.testing.assert_array_equal(*drawn)


def quick(name):
    return build(name, **OPTIONS.get(name, {}) | brief(name, 3))


def test_seed_of_the_fit_is_that_of_a_generator(name, codes):
    one = quick(name).fit(codes[:100], 5).sample(20, 6)
    two = quick(name).fit(codes[:100], np.random.default_rng(5)).sample(20, 6)
    np.testing.assert_array_equal(one, two)


def test_codes_are_neither_changed_nor_shared(name, codes):
    mine = codes[:100].copy()
    sampler = quick(name).fit(mine, 0)
    np.testing.assert_array_equal(mine, codes[:100])
    before = sampler.sample(20, 1)
    mine[:] = 0
    np.testing.assert_array_equal(sampler.sample(20, 1), before)


def test_a_second_fit_forgets_the_first(name, codes):
    once = quick(name).fit(codes[:100, :2], 0)
    twice = quick(name).fit(codes[100:200], 1).fit(codes[:100, :2], 0)
    np.testing.assert_array_equal(once.sample(20, 1), twice.sample(20, 1))


def test_float32_and_integers_are_codes_too(name, codes):
    for array in (codes[:100].astype(np.float32), np.asfortranarray(codes[:100]) * 10 // 1):
        drawn = quick(name).fit(array, 0).sample(20, 1)
        expected = quick(name).fit(np.ascontiguousarray(array, dtype=np.float64), 0).sample(20, 1)
        np.testing.assert_array_equal(drawn, expected)
    assert quick(name).fit((codes[:100] * 10).astype(np.int32), 0).sample(3, 1).shape == (3, 3)


def test_save_and_load_are_identity(name, fitted, tmp_path):
    fitted.save(tmp_path / "sampler.npz")
    loaded = load(tmp_path / "sampler.npz")
    assert type(loaded) is type(fitted)
    assert loaded.get_params() == fitted.get_params()
    np.testing.assert_array_equal(loaded.sample(50, 1), fitted.sample(50, 1))
    if name not in NO_DENSITY:
        near = fitted.sample(5, 2)
        np.testing.assert_array_equal(loaded.score_samples(near), fitted.score_samples(near))


def test_options_survive_a_clone(name):
    sampler = build(name, **OPTIONS.get(name, {}))
    assert clone(sampler).get_params() == sampler.get_params()
    assert repr(sampler).startswith(SAMPLERS[name])


def test_what_is_shown_and_fitted(name):
    sampler = build(name)
    assert (sampler.source == "held_out") == (name == "held_out")
    assert (sampler.shows == "originals") == (name in {"copy", "held_out"})


@pytest.mark.parametrize("scale", [0.5, 3.0])
def test_density_is_that_of_the_draws(name, scale):
    """Integrates to 1 over the plane, and weights the draws' mean right."""
    rng = np.random.default_rng(0)
    few = rng.standard_normal((300, 2)) @ [[scale, 0.4], [0, 0.5]]
    sampler = fit(name, few)
    if name in NO_DENSITY:
        with pytest.raises(TypeError, match="no density"):
            sampler.score_samples(few)
        return
    axes = [np.linspace(-9, 9, 241) * max(1, s) for s in few.std(axis=0)]
    plane = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
    cell = np.prod([axis[1] - axis[0] for axis in axes])
    mass = np.exp(sampler.score_samples(plane)) * cell
    assert mass.sum() == pytest.approx(1, abs=0.02)
    drawn = sampler.sample(20_000, 1)
    for moment in (np.abs, np.square):
        expected = mass @ moment(plane)
        np.testing.assert_allclose(moment(drawn).mean(axis=0), expected, rtol=0.06)


def test_density_refuses_other_dimensions(name, fitted):
    with pytest.raises(ValueError, match=r"shape \(m, 3\), got \(5, 2\)"):
        fitted.score_samples(np.zeros((5, 2)))


def test_given_rows(name, fitted, scaled):
    if name not in GIVEN_ROWS:
        with pytest.raises(TypeError, match="cannot draw near given rows"):
            fitted.sample(5, 0, given=[0, 1])
        return
    everything = fitted.sample(50, 1, given=np.arange(2000))
    np.testing.assert_array_equal(everything, fitted.sample(50, 1))
    top = scaled[:, 2] > np.quantile(scaled[:, 2], 0.9)
    drawn = fitted.sample(500, 1, given=top)
    np.testing.assert_array_equal(drawn, fitted.sample(500, 1, given=np.flatnonzero(top)))
    assert drawn[:, 2].mean() == pytest.approx(scaled[top, 2].mean(), rel=0.05)


def broken(kind):
    codes = np.random.default_rng(0).standard_normal((40, 3))
    codes[[3, 7], 1] = np.nan if kind == "nan" else np.inf
    return codes


@pytest.mark.parametrize(
    ("codes", "error", "message"),
    [
        (broken("nan"), ValueError, "2 of 120 code values are not finite, in columns 1;"),
        (broken("inf"), ValueError, "2 of 120 code values are not finite, in columns 1;"),
        (np.zeros(10), ValueError, r"shape \(n, d\), got \(10,\)"),
        (np.zeros((10, 0)), ValueError, r"shape \(n, d\), got \(10, 0\)"),
        (np.zeros((1, 3)), ValueError, r"too few codes: .* got 1, .* at least \d"),
        (np.full((10, 3), "x"), TypeError, "real numbers"),
        (np.ones((10, 3), dtype=complex), TypeError, "real numbers, got dtype complex128"),
    ],
)
def test_refuses_broken_codes(name, codes, error, message):
    with pytest.raises(error, match=message):
        build(name).fit(codes)


def test_refuses_constant_columns_where_spread_is_needed(name, codes):
    flat = codes[:100].copy()
    flat[:, 1] = 4
    if name in NO_SPREAD_NEEDED:
        assert build(name).fit(flat, 0).sample(5, 0).shape == (5, 3)
        return
    with pytest.raises(ValueError, match=r"1 of 3 columns .* constant \(1\).*smaller latent size"):
        build(name).fit(flat)


def test_refuses_to_sample_before_a_fit_or_after_a_failed_one(name, codes, tmp_path):
    sampler = quick(name)
    for _ in range(2):
        for use in (lambda s: s.sample(1), lambda s: s.score_samples(codes), save_to(tmp_path)):
            with pytest.raises(RuntimeError, match="must be fitted first"):
                use(sampler)
        sampler.fit(codes[:100], 0)
        with pytest.raises(ValueError, match="finite"):
            sampler.fit(broken("nan"))
    assert not any(tmp_path.iterdir())


def save_to(folder):
    return lambda sampler: sampler.save(folder / "sampler.npz")
