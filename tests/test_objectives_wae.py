"""The Wasserstein autoencoder: its estimate of MMD, without bias, and what it is given."""

import numpy as np
import pytest
import torch
from expost import objectives
from expost.objectives.wae_mmd import mmd
from scipy.integrate import quad

SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10)
SHAPE, LATENT = (1, 16, 16), 4


def kernel(x, y):
    squared = sum((a - b) ** 2 for a, b in zip(x, y, strict=True))
    return sum(c / (c + squared) for c in (2 * len(x) * scale for scale in SCALES))


def draws(n, d, seed, mean=0.0, sd=1.0):
    generator = torch.Generator().manual_seed(seed)
    return mean + sd * torch.randn(n, d, generator=generator, dtype=float)


def test_it_is_the_sum_over_pairs():
    """One pair after the other."""
    x, y = draws(5, 3, 0, 0.3, 2.0), draws(5, 3, 1)
    got = mmd(x, y)
    x, y = x.tolist(), y.tolist()
    pairs = [(i, j) for i in range(5) for j in range(5) if i != j]
    expected = sum(kernel(x[i], x[j]) + kernel(y[i], y[j]) for i, j in pairs) / 20
    expected -= 2 * sum(kernel(a, b) for a in x for b in y) / 25
    assert float(got) == pytest.approx(expected, rel=1e-12)


def expected_kernel(d, distance, variance):
    """Of points whose difference is normal: mean of that length, the variance in each dimension.

    C / (C + r) is the integral over t of C exp(-t (C + r)), and the mean of exp(-t r) is
    (1 + 2 t v)^(-d / 2) exp(-t m^2 / (1 + 2 t v)).
    """

    def integrand(t, c):
        wide = 1 + 2 * t * variance
        return c * np.exp(-t * c - t * distance**2 / wide) * wide ** (-d / 2)

    return sum(quad(integrand, 0, np.inf, (2 * d * scale,))[0] for scale in SCALES)


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (0.5, 1.0), (0.2, 0.5)])
@pytest.mark.parametrize("n", [2, 20])
def test_its_mean_is_the_closed_form_between_gaussians(n, mean, sd):
    """Within 5 standard errors of 4,000 batches, also of two: a bias would be 50 times that."""
    d, distance = 3, mean * np.sqrt(3)
    expected = expected_kernel(d, 0, 2 * sd**2) + expected_kernel(d, 0, 2)
    expected -= 2 * expected_kernel(d, distance, 1 + sd**2)
    x, y = draws(4000 * n, d, 0, mean, sd).split(n), draws(4000 * n, d, 1).split(n)
    found = torch.stack([mmd(*pair) for pair in zip(x, y, strict=True)])
    error = found.std() / np.sqrt(len(found))
    assert abs(found.mean() - expected) < 5 * error
    of_diagonals = (2 * 7 - expected_kernel(d, 0, 2 * sd**2) - expected_kernel(d, 0, 2)) / n
    assert of_diagonals > 50 * error


def built(**options):
    torch.manual_seed(0)
    return objectives.build("wae_mmd", SHAPE, LATENT, networks="mlp", options=options).eval()


def images(n=6):
    return torch.rand(n, *SHAPE, generator=torch.Generator().manual_seed(1))


def terms(model, data):
    return model.players()[0].loss(data, torch.Generator().manual_seed(0))


def test_codes_are_compared_with_as_many_draws_of_the_prior():
    model, data = built(weight=2.5, reconstruction_weight=0.05), images()
    codes, got = model.encoder(data), terms(built(weight=2.5, reconstruction_weight=0.05), data)
    prior = torch.randn(6, LATENT, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(got["mmd"], 2.5 * mmd(codes, prior))
    plain = model.reconstruction(model.decoder(codes), data)
    torch.testing.assert_close(got["reconstruction"], 0.05 * plain)


def test_noise_on_the_input_is_clipped_and_no_part_of_what_is_wanted():
    model, data, seen, wanted = built(input_noise=0.01), images(50), [], []
    encoder, reconstruction = model.encoder.forward, model.reconstruction
    model.encoder.forward = lambda x: seen.append(x) or encoder(x)
    model.reconstruction = lambda raw, x: wanted.append(x) or reconstruction(raw, x)
    terms(model, data)
    noise = (seen[0] - data).double().flatten()
    assert torch.equal(wanted[0], data)
    assert noise.abs().max() == pytest.approx(0.01, abs=1e-7)
    # Of a normal law clipped at its standard deviation, 0.3173 lies at the ends.
    ends = (noise.abs() > 0.00999).double().mean()
    assert ends == pytest.approx(0.3173, abs=5 * np.sqrt(0.3173 * 0.6827 / len(noise)) + 1e-3)


def test_a_single_item_is_refused():
    with pytest.raises(ValueError, match="got a batch of 1 for the estimate of MMD.* at least 2"):
        terms(built(), images(1))


@pytest.mark.parametrize("option", ["weight", "reconstruction_weight", "input_noise"])
def test_numbers_that_cannot_be_are_refused(option):
    with pytest.raises(ValueError, match=f"got options.{option} -1; wanted a number of at least 0"):
        objectives.check("wae_mmd", **{option: -1})
