"""The variational objectives: draws, noise and divergences, against slow and obvious ones."""

import math

import pytest
import torch
from expost import objectives
from torch.distributions import Normal

SHAPE, LATENT = (1, 16, 16), 4


def built(name="vae", **options):
    torch.manual_seed(0)
    training = {"networks": "mlp", "reconstruction": "squared_error"}
    return objectives.build(name, SHAPE, LATENT, options=options, **training).double().eval()


def images(n=6):
    generator = torch.Generator().manual_seed(1)
    return torch.rand(n, *SHAPE, generator=generator).double()


def terms(model, data, seed=0):
    return model.players()[0].loss(data, torch.Generator().manual_seed(seed))


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("samples", [1, 3])
def test_a_vae_averages_the_reconstruction_over_its_draws(samples):
    """One image and one draw after the other."""
    model, data = built(samples=samples), images()
    e, errors = noise(samples, len(data), LATENT), []
    for k in range(samples):
        for i in range(len(data)):
            mean, log_variance = model.encoder(data[i : i + 1]).chunk(2, dim=1)
            shown = torch.sigmoid(model.decoder(mean + (log_variance / 2).exp() * e[k, i]))
            errors.append(((shown - data[i]) ** 2).sum())
    expected = torch.stack(errors).mean()
    torch.testing.assert_close(terms(model, data)["reconstruction"], expected)


def test_more_draws_leave_the_divergence_alone():
    one, many = (terms(built(samples=k), images())["kl"] for k in (1, 5))
    assert one == many


def test_one_draw_is_the_plain_loss_to_the_bit():
    """The draws' axis changes neither the random numbers nor the gradient."""
    model, data = built().float(), images().float()
    parameters = list(model.parameters())
    got = torch.autograd.grad(sum(terms(model, data).values()), parameters)
    mean, log_variance = model.encoder(data).chunk(2, dim=1)
    raw = model.decoder(mean + (log_variance / 2).exp() * noise(len(data), LATENT))
    divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum() / (2 * len(data))
    loss = model.reconstruction(raw, data) + divergence
    expected = torch.autograd.grad(loss, parameters)
    assert all(torch.equal(*pair) for pair in zip(got, expected, strict=True))


@pytest.mark.parametrize("log_sigma", ["free", "tanh"])
def test_the_divergence_is_the_mean_log_ratio_of_draws(log_sigma):
    """By Monte Carlo: of 40,000 draws an image, within 5 standard errors."""
    model, data = built(log_sigma=log_sigma), images(3)
    with torch.no_grad():
        mean, raw = (3 * model.encoder(data)).chunk(2, dim=1)
        sigma = (5 * raw.tanh()).exp() if log_sigma == "tanh" else (raw / 2).exp()
        z = mean + sigma * noise(40_000, 3, LATENT, seed=2)
        ratio = Normal(mean, sigma).log_prob(z) - Normal(0, 1).log_prob(z)
        ratio = ratio.sum(dim=2).mean(dim=1)
        model.encoder[-1].weight.mul_(3)
        model.encoder[-1].bias.mul_(3)
        got = terms(model, data)["kl"]
    error = ratio.std() / math.sqrt(len(ratio))
    assert abs(got - ratio.mean()) < 5 * error
    assert error < 0.02 * got


def test_tanh_keeps_the_noise_within_bounds_that_a_free_spread_leaves():
    """Of an encoder that asks for e^100: sigma is e^5."""
    model = built(log_sigma="tanh")
    with torch.no_grad():
        model.encoder[-1].weight.zero_()
        model.encoder[-1].bias.copy_(torch.tensor([0.0] * LATENT + [100.0] * LATENT))
    expected = LATENT * (math.exp(10) - 1 - 10) / 2
    assert terms(model, images())["kl"].item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("samples", [0, -1, 2.5, True, "3"])
def test_a_number_of_draws_that_cannot_be_is_refused(samples):
    with pytest.raises(ValueError, match=r"got options.samples .*; wanted a whole number"):
        objectives.check("vae", samples=samples)
