"""The second stage of a two-stage VAE: its loss, its draws, and what it learns."""

import math

import numpy as np
import pytest
from bent_codes import bent
from expost.samplers import Gaussian, SecondVAE
from scipy.spatial.distance import cdist

SMALL = {"hidden": 32, "batch": 200, "learning_rate": 3e-3, "patience": None}


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@pytest.fixture
def network():
    """Untrained, in float64."""
    import torch
    from expost.samplers.numerics.second_stage import SecondStage

    torch.manual_seed(0)
    return SecondStage(3, 8, 2, 0.3).double().requires_grad_(False)


def by_hand(skipping, x):
    """The heads of a network at one code, by products of matrices."""
    h = x
    for layer in skipping.linear:
        h = np.maximum(layer.weight.numpy() @ h + layer.bias.numpy(), 0)
    seen = np.concatenate([x, h])
    return [head.weight.numpy() @ seen + head.bias.numpy() for head in skipping.heads]


def test_the_loss_is_the_negative_bound_in_nats(network):
    """One code and one dimension after the other, from densities of normal laws."""
    import torch

    z, noise = normal(5, 3), normal(5, 3, seed=1)
    total = 0.0
    for one, e in zip(z, noise, strict=True):
        mean, log_deviation = by_hand(network.encoder, one)
        deviation = np.exp(log_deviation)
        (decoded,) = by_hand(network.decoder, mean + deviation * e)
        for j in range(3):
            total += (one[j] - decoded[j]) ** 2 / (2 * 0.3**2) + math.log(0.3)
            total += 0.5 * math.log(2 * math.pi)
            total += 0.5 * (mean[j] ** 2 + deviation[j] ** 2 - 1) - math.log(deviation[j])
    found = network.loss(torch.from_numpy(z), torch.from_numpy(noise)).item()
    assert found == pytest.approx(total / 5, rel=1e-6)  # γ is kept in float32


def test_the_divergence_is_that_of_two_normal_laws(network):
    """KL(N(μ, σ²) ‖ N(0, 1)) = E log q/p: where the decoder sees nothing, by a large sample."""
    import torch

    for head in network.decoder.heads:
        head.weight.zero_()
    z, noise = torch.from_numpy(normal(1, 3)), torch.from_numpy(normal(1, 3))
    mean, log_deviation = (x.numpy()[0] for x in network.encoder(z))
    u = mean + np.exp(log_deviation) * normal(400_000, 3, seed=1)
    log_ratio = 0.5 * u**2 - 0.5 * ((u - mean) / np.exp(log_deviation)) ** 2 - log_deviation
    fit = 0.5 * ((z - network(noise)) / 0.3) ** 2 + math.log(0.3) + 0.5 * math.log(2 * math.pi)
    found = network.loss(z, noise).item() - fit.sum().item()
    assert found == pytest.approx(log_ratio.sum(axis=1).mean(), abs=0.02)


def test_draws_are_decoded_latents_and_noise():
    sampler = SecondVAE(**SMALL, steps=20).fit(normal(100, 3) * [1, 10, 100] + 5, 0)
    rng = np.random.default_rng(1)
    u, e = (rng.standard_normal((4, 3), dtype=np.float32) for _ in range(2))
    gamma = np.exp(sampler._net.log_gamma.item())
    decoded = np.stack([by_hand(sampler._net.decoder, one)[0] for one in u])
    expected = sampler.mean_ + sampler.scale_ * (decoded + gamma * e)
    np.testing.assert_allclose(sampler.sample(4, 1), expected, rtol=1e-4, atol=1e-3)


def test_normal_codes_are_recovered():
    """A linear network, which the skipped-through input allows, makes their law exactly."""
    codes = normal(4000, 3) @ [[1, 0.8, 0], [0, 0.6, 0], [0, 0, 50]] + [3, 0, -100]
    drawn = SecondVAE(hidden=16, batch=200, gamma=1.0).fit(codes, 0).sample(20_000, 1)
    scale = codes.std(axis=0)
    np.testing.assert_allclose((drawn.mean(axis=0) - codes.mean(axis=0)) / scale, 0, atol=0.1)
    np.testing.assert_allclose(drawn.std(axis=0) / scale, 1, atol=0.1)
    np.testing.assert_allclose(np.corrcoef(drawn.T), np.corrcoef(codes.T), atol=0.08)


def test_gamma_falls_to_the_noise_beside_a_plane():
    """Codes on a plane of two dimensions in five, and noise of a tenth in all five."""
    plane = np.linalg.qr(normal(5, 2))[0]
    codes = normal(3000, 2, seed=1) @ plane.T * 2 + 0.1 * normal(3000, 5, seed=2)
    codes /= np.sqrt((4 * (plane**2).sum(axis=1)).mean())  # one unit for all columns
    sampler = SecondVAE(**SMALL, steps=3000).fit(codes, 0)
    noise = 0.1 / np.sqrt((4 * (plane**2).sum(axis=1)).mean()) / sampler.scale_
    gamma = np.exp(sampler._net.log_gamma.item())
    assert 0.8 * noise.min() < gamma < 1.3 * noise.max()
    beside = np.linalg.svd(plane)[0][:, 2:]  # directions that leave the plane
    spread = (sampler.sample(20_000, 1) @ beside).std(axis=0)
    np.testing.assert_allclose(spread, (codes @ beside).std(axis=0), rtol=0.3)


def discrepancy(x, y):
    """Squared maximum mean discrepancy, with a normal kernel of unit width."""
    inner = [np.exp(-cdist(a, b, "sqeuclidean") / 2).mean() for a, b in ((x, x), (y, y), (x, y))]
    return inner[0] + inner[1] - 2 * inner[2]


def test_a_bend_is_learned():
    codes, others = bent(1500, 2, 0), bent(1500, 2, 1)
    by_vae, by_gaussian = (
        discrepancy(sampler.fit(codes, 0).sample(1500, 1), others)
        for sampler in (SecondVAE(**SMALL, steps=2000), Gaussian())
    )
    assert by_gaussian > 0.02
    assert by_vae < by_gaussian / 5


def test_early_stopping_keeps_the_weights_that_were_best_for_held_out_codes():
    import torch

    x = normal(60, 3)
    sampler = SecondVAE(**SMALL | {"patience": 3}).fit(x, 0)
    losses = sampler.held_out_losses_
    assert len(losses) == losses.argmin() + 1 + 3  # three more passes were patience enough
    rng = np.random.default_rng(0)
    rng.integers(2**63)  # the seed of the weights
    generator = torch.Generator().manual_seed(int(rng.integers(2**63)))
    held_out = sampler._standardised(x[rng.permutation(60)[:6]]).repeat(1366, 1)
    noise = torch.randn(held_out.shape, generator=generator)
    found = sampler._net.loss(held_out, noise).item()
    assert found == pytest.approx(losses.min(), rel=1e-4)


def test_one_dimension_is_enough():
    codes = np.random.default_rng(0).exponential(size=(500, 1)) + 5
    drawn = SecondVAE(**SMALL, steps=1000).fit(codes, 0).sample(4000, 1)
    assert np.median(drawn) == pytest.approx(np.median(codes), abs=0.2)


def test_the_rate_is_halved_after_so_many_passes():
    """Of 400 codes in minibatches of 200: twice by the fifth step, if after a pass each time."""
    from torch.optim.optimizer import register_optimizer_step_pre_hook

    rates = []
    hook = register_optimizer_step_pre_hook(
        lambda optimiser, *_: rates.append(optimiser.param_groups[0]["lr"])
    )
    try:
        SecondVAE(**SMALL, steps=5, halve_every=1).fit(normal(400, 2), 0)
        assert rates == [3e-3, 3e-3, 1.5e-3, 1.5e-3, 0.75e-3]
        rates.clear()
        SecondVAE(**SMALL, steps=5, halve_every=None).fit(normal(400, 2), 0)
        assert rates == [3e-3] * 5
    finally:
        hook.remove()


def test_the_papers_settings_have_a_name():
    paper = SecondVAE(**SecondVAE.published["lmgae"])
    assert (paper.hidden, paper.layers, paper.gamma, paper.patience) == (1024, 3, 1, None)
    assert (paper.epochs, paper.batch, paper.learning_rate) == (800, 64, 1e-4)
    assert paper.halve_every == 300
    heads = [*paper._build(7).encoder.heads, *paper._build(7).decoder.heads]
    assert [(head.in_features, head.out_features) for head in heads] == 3 * [(1024 + 7, 7)]


def test_options_are_checked():
    with pytest.raises(ValueError, match="got gamma 0; wanted a number above 0"):
        SecondVAE(gamma=0)
