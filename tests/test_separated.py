"""Two normals that move apart and stay whitened, and how far they are from one normal law."""

import numpy as np
import pytest
from expost.divergences.separated import separated, true_divergence
from expost.divergences.targets import Mixture


@pytest.mark.parametrize("s", [0.0, 1.0, 6.0])
def test_mean_and_covariance_are_those_of_a_standard_normal(s):
    law = separated(3, s)
    mean = law.weights @ law.means
    second = sum(
        w * (np.diag(spread**2) + np.outer(m, m))
        for w, m, spread in zip(law.weights, law.means, law.spreads, strict=True)
    )
    assert np.allclose(mean, 0)
    assert np.allclose(second, np.eye(3))
    centres = np.diff(law.means[:, 0])[0] / law.spreads[0, 0]
    assert centres == pytest.approx(s)  # in units of one of the two: as far as before whitening


def on_a_grid(s, dimensions):
    """The divergence in bits by sums over a grid of the line or the plane."""
    axis = np.linspace(-9, 9, 1201)
    points = np.stack(np.meshgrid(*[axis] * dimensions), axis=-1).reshape(-1, dimensions)
    log_p = separated(dimensions, s).log_density(points)
    log_q = Mixture.standard_normal(dimensions).log_density(points)
    middle = np.logaddexp(log_p, log_q) - np.log(2)
    parts = np.exp(log_p) * (log_p - middle) + np.exp(log_q) * (log_q - middle)
    return parts.sum() * (axis[1] - axis[0]) ** dimensions / 2 / np.log(2)


@pytest.mark.parametrize("s", range(7))
def test_the_true_divergence_is_that_of_a_fine_grid(s):
    assert true_divergence(s) == pytest.approx(on_a_grid(s, 1), abs=1e-8)


def test_it_is_the_same_in_more_dimensions():
    assert true_divergence(4) == pytest.approx(on_a_grid(4, 2), abs=1e-6)


def test_it_grows_from_0_and_stays_below_1():
    found = [true_divergence(s) for s in (0, 1, 2, 4, 8, 30)]
    assert found[0] == pytest.approx(0, abs=1e-12)
    assert (np.diff(found) > 0).all()
    assert found[-1] < 1


@pytest.mark.parametrize(("d", "s"), [(0, 1.0), (2, -1.0), (2, np.nan)])
def test_impossible_laws_are_refused(d, s):
    with pytest.raises(ValueError, match="dimensions|separation"):
        separated(d, s)
