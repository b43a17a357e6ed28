"""The kernel density of `gen`: the plain formula and its gradient, in one pass."""

import numpy as np
import pytest
import torch
from expost.divergences.targets import Mixture
from expost.objectives import gen_target, kernel_density, mixture_density


def drawn(n, d, seed, dtype=float, scale=1.0, shift=0.0):
    generator = torch.Generator().manual_seed(seed)
    return (shift + scale * torch.randn(n, d, generator=generator, dtype=float)).to(dtype)


def plain(codes, centres, h):
    """The formula, whose gradient is autograd's."""
    squares = (codes[:, None] - centres).square().sum(dim=2)
    volume = len(centres) * (2 * np.pi * h**2) ** (codes.shape[1] / 2)
    return torch.logsumexp(-squares / (2 * h**2), dim=1) - np.log(volume)


def with_gradient(density, codes, centres, h):
    codes, weights = codes.clone().requires_grad_(), drawn(len(codes), 1, 9)[:, 0]
    logs = density(codes, centres, h)
    (logs * weights.to(logs)).sum().backward()
    return logs.detach().double(), codes.grad.double()


@pytest.mark.parametrize(
    ("d", "m", "h"), [(1, 5, 0.3), (2, 999, 0.1), (8, 5000, 0.5), (40, 1, 0.9)]
)
@pytest.mark.parametrize(("dtype", "close"), [(torch.float64, 1e-11), (torch.float32, 3e-5)])
def test_it_is_the_plain_formula_and_its_gradient(d, m, h, dtype, close):
    codes, centres = drawn(7, d, 0), drawn(m, d, 1, scale=0.8, shift=0.3)
    expected = with_gradient(plain, codes, centres, h)
    got = with_gradient(kernel_density.log_density, codes.to(dtype), centres.to(dtype), h)
    for ours, theirs in zip(got, expected, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=close, atol=close * float(theirs.abs().max()))


def test_its_derivative_is_that_of_finite_differences():
    centres = drawn(300, 3, 1)
    codes = drawn(5, 3, 0).requires_grad_()
    assert torch.autograd.gradcheck(
        lambda z: kernel_density.log_density(z, centres, 0.4), codes, eps=1e-6, atol=1e-7
    )


def test_tiles_do_not_show(monkeypatch):
    """Also where the nearest kernel is in the last, and others are worth nothing beside it."""
    codes, centres = drawn(6, 4, 0), drawn(103, 4, 1)
    centres[:90] += 100
    expected = with_gradient(plain, codes, centres, 0.5)
    for columns in (1, 10, 102, 103, 5000):
        monkeypatch.setattr(kernel_density, "COLUMNS", columns)
        got = with_gradient(kernel_density.log_density, codes, centres, 0.5)
        for ours, theirs in zip(got, expected, strict=True):
            torch.testing.assert_close(ours, theirs, rtol=1e-9, atol=1e-9)


def test_codes_far_from_all_kernels_still_have_a_density_and_a_slope():
    """Every kernel underflows there in float32, were it not for logarithms."""
    codes, centres = drawn(4, 2, 0, torch.float32, shift=60), drawn(50, 2, 1, torch.float32)
    logs, slopes = with_gradient(kernel_density.log_density, codes, centres, 0.5)
    expected = with_gradient(plain, codes.double(), centres.double(), 0.5)
    assert (logs < -5000).all()
    torch.testing.assert_close(logs, expected[0], rtol=1e-5, atol=0)
    torch.testing.assert_close(slopes, expected[1], rtol=1e-4, atol=0)


def test_kernels_at_codes_of_the_law_that_is_expected_make_the_standard_normal():
    """Of N(0, (1 - h^2) I), section 4 of the paper: but for the sample, q is p."""
    d, h = 3, 0.6
    centres, codes = drawn(200_000, d, 0, scale=np.sqrt(1 - h**2)), drawn(50, d, 1)
    got = kernel_density.log_density(codes, centres, h).numpy()
    inner = codes.norm(dim=1).numpy() < 2
    expected = Mixture.standard_normal(d).log_density(codes.numpy())
    np.testing.assert_allclose(got[inner], expected[inner], atol=0.05)
    assert inner.sum() > 30


# The target


@pytest.mark.parametrize(
    ("latent", "options"), [(3, {}), (4, {"target": "mixture", "spread": 0.7})]
)
def test_the_targets_density_is_that_of_the_library(latent, options):
    law, codes = gen_target.target(latent, **options), drawn(20, latent, 0, scale=3)
    spread = float(law.spreads[0, 0])
    got = mixture_density.log_density(codes, torch.from_numpy(law.means), spread)
    np.testing.assert_allclose(got, law.log_density(codes.numpy()), rtol=1e-12)


def test_where_its_component_is_told_it_is_that_ones_part():
    law, codes = gen_target.target(2, target="mixture", components=3), drawn(4, 2, 0, scale=3)
    means, labels = torch.from_numpy(law.means), torch.tensor([2, -1, 0, 2])
    got = mixture_density.log_density(codes, means, 0.4, labels)
    for at, label in enumerate(labels.tolist()):
        one = Mixture(law.means[[label]], 0.4) if label >= 0 else law
        weight = np.log(1 / 3) if label >= 0 else 0
        expected = one.log_density(codes[[at]].numpy()) + weight
        np.testing.assert_allclose(got[at], expected[0], rtol=1e-12)


def test_means_are_on_a_circle_and_moments_are_the_samples():
    law = gen_target.target(3, target="mixture", components=4, radius=2.0, spread=0.5)
    np.testing.assert_allclose(
        law.means, [[2, 0, 0], [0, 2, 0], [-2, 0, 0], [0, -2, 0]], atol=1e-12
    )
    mean, variance = gen_target.moments(law)
    drawn_ones = law.sample(400_000, 0)
    np.testing.assert_allclose(mean, drawn_ones.mean(axis=0), atol=0.02)
    np.testing.assert_allclose(variance, drawn_ones.var(axis=0), rtol=0.02)
