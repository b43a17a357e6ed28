"""The Jensen-Shannon divergence by kernel densities, its derivative, and its targets."""

import numpy as np
import pytest
from expost.divergences.jensen_shannon import JensenShannon, jsd
from expost.divergences.targets import Mixture
from scipy import integrate, stats

from benchmarks.plain import divergences as plain

TEN = Mixture(4 * np.eye(5)[:, :3], spreads=[0.3, 0.5, 1, 1, 2], weights=[1, 2, 3, 4, 5])


def samples(target, sizes=(400, 300, 200), seed=0):
    rng = np.random.default_rng(seed)
    return [target.sample(n, rng) for n in sizes]


@pytest.mark.parametrize("held", [True, False], ids=["held-out", "without itself"])
@pytest.mark.parametrize("bandwidth", [0.05, 0.4, 2.0])
@pytest.mark.parametrize("target", [Mixture.standard_normal(2), TEN], ids=["normal", "mixture"])
def test_value_and_derivative_are_the_papers_sums(target, bandwidth, held):
    codes, held_out, drawn = samples(target)
    held_out = held_out if held else None
    got = JensenShannon(codes, target, drawn, held_out).at(bandwidth)
    expected = plain.jsd(codes, target, drawn, held_out, bandwidth)
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("held", [True, False], ids=["held-out", "without itself"])
@pytest.mark.parametrize("bandwidth", [0.1, 0.6, 1.5])
@pytest.mark.parametrize("target", [Mixture.standard_normal(5), TEN], ids=["normal", "mixture"])
def test_derivative_is_a_finite_difference(target, bandwidth, held):
    codes, held_out, drawn = samples(target)
    divergence = JensenShannon(codes, target, drawn, held_out if held else None)
    step = 1e-5 * bandwidth
    ends = [divergence.at(bandwidth + sign * step).bits for sign in (1, -1)]
    rise = (ends[0] - ends[1]) / (2 * step)
    assert divergence.at(bandwidth).slope == pytest.approx(rise, rel=1e-5, abs=1e-7)


def density(codes, h):
    return lambda *z: (
        np.exp(-((z - codes) ** 2).sum(1) / (2 * h**2)).mean()
        / ((2 * np.pi * h**2) ** (codes.shape[1] / 2))
    )


@pytest.mark.parametrize(
    ("d", "target"),
    [
        (1, Mixture.standard_normal(1)),
        (1, Mixture([[-2.0], [1.0]], [0.5, 1.0], [1, 3])),
        (2, Mixture.standard_normal(2)),
    ],
)
def test_divergence_is_its_integral(d, target):
    """Held-out codes are drawn from the kernel density itself: then both means are integrals."""
    rng, h = np.random.default_rng(d), 0.5
    codes = 0.7 * rng.standard_normal((9, d)) + 1
    q, n = density(codes, h), 100_000
    held_out = codes[rng.integers(9, size=n)] + h * rng.standard_normal((n, d))

    def integrand(*z):
        a, b = q(*z), float(np.exp(target.log_density([z])[0]))
        mean = (a + b) / 2
        return sum(x * np.log2(x / mean) / 2 for x in (a, b) if x > 0)

    exact = integrate.nquad(integrand, [(-8, 8)] * d, opts={"epsabs": 1e-4})[0]
    got = jsd(codes, target, bandwidth=h, held_out=held_out, draws=n, rng=rng).bits
    # A term log₂(1 + q/p) / 2 spreads by less than 1: five errors of a mean of 100,000, of either.
    assert got == pytest.approx(exact, abs=5 / np.sqrt(n))
    assert 0.1 < exact < 0.9


def test_laws_apart_have_one_bit_and_equal_ones_none():
    target = Mixture.standard_normal(3)
    codes, held_out, drawn = samples(target, (20_000, 4000, 4000))
    assert jsd(codes + 50, bandwidth=0.3, held_out=held_out + 50).bits == 1
    assert abs(JensenShannon(codes, target, drawn, held_out).at(0.3).bits) < 0.02


def test_mixtures_have_the_density_and_moments_of_their_components():
    points = np.random.default_rng(0).standard_normal((20, 3))
    expected = sum(
        w * stats.multivariate_normal(m, np.diag(s**2)).pdf(points)
        for w, m, s in zip(np.arange(1, 6) / 15, TEN.means, TEN.spreads, strict=True)
    )
    np.testing.assert_allclose(TEN.log_density(points), np.log(expected))
    drawn, mean = TEN.sample(100_000, 0), TEN.weights @ TEN.means
    square = TEN.weights @ (TEN.means**2 + TEN.spreads**2)
    np.testing.assert_allclose(drawn.mean(axis=0), mean, atol=0.05)
    np.testing.assert_allclose((drawn**2).mean(axis=0), square, rtol=0.05)


NAN = np.full((5, 2), np.nan)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"codes": NAN}, "10 of 10 code values are not finite, in columns 0, 1"),
        ({"held_out": NAN}, "10 of 10 code values are not finite"),
        ({"codes": np.ones(5)}, r"codes must have shape \(n, d\), got \(5,\)"),
        ({"codes": np.ones((1, 2))}, "too few codes: jsd got 1, .* needs at least 2"),
        ({"held_out": np.ones((5, 3))}, r"codes must have shape \(j, 2\), got \(5, 3\)"),
        ({"target": TEN}, "got codes of 2 dimensions and a target of 3; wanted as many"),
        ({"bandwidth": 0}, "got bandwidth 0; wanted a number above 0"),
        ({"draws": 0}, "got draws 0; wanted a whole number of at least 1"),
    ],
)
def test_bad_input_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        jsd(**{"codes": np.eye(5)[:, :2], "bandwidth": 1.0} | given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([[0, np.nan]], "means of a target must be finite, got 1 not"),
        ([0, 1], r"means of a target must have shape \(k, d\), got \(2,\)"),
        (([[0, 1]], 0), r"spreads of a target must be above 0, .* the least 0"),
        (([[0, 1]], [1, 1]), r"spreads .* of shape \(\), \(1,\) or \(1, 2\); got shape \(2,\)"),
        (([[0, 1]], 1, [0]), r"weights of a target must be above 0, of shape \(1,\)"),
    ],
)
def test_impossible_targets_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        Mixture(*given) if isinstance(given, tuple) else Mixture(given)
