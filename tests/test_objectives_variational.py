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


# Of constant variance


def test_the_noise_of_a_cv_vae_has_the_standard_deviation_sigma():
    """One image after the other; as a variance, 0.5 would give another loss."""
    model, data = built("cv_vae", sigma=0.5), images()
    e, errors = noise(len(data), LATENT), []
    for i in range(len(data)):
        shown = torch.sigmoid(model.decoder(model.encoder(data[i : i + 1]) + 0.5 * e[i]))
        errors.append(((shown - data[i]) ** 2).sum())
    expected = torch.stack(errors).mean()
    torch.testing.assert_close(terms(model, data)["reconstruction"], expected)


def test_the_paper_s_embedding_is_the_divergence_but_for_a_constant():
    """KL between normal laws of torch; the constant is that of an encoder that gives 0."""
    sigma, data = 0.7, images()
    model = built("cv_vae", beta=2.5, sigma=sigma)
    means = model.encoder(data), torch.zeros(1, LATENT, dtype=float)
    laws = (Normal(mean, torch.full_like(mean, sigma)) for mean in means)
    full, constant = (
        torch.distributions.kl_divergence(law, Normal(0, 1)).sum(dim=1).mean() for law in laws
    )
    torch.testing.assert_close(terms(model, data)["embedding"], 2.5 * (full - constant))


def test_the_official_embedding_is_a_mean_over_batch_and_dimensions():
    model, data = built("cv_vae", beta=2.5, embedding="mean_square"), images()
    codes = model.encoder(data)
    squares = [codes[i, j] ** 2 for i in range(len(data)) for j in range(LATENT)]
    expected = 2.5 * sum(squares) / len(squares)
    torch.testing.assert_close(terms(model, data)["embedding"], expected)
    other = terms(built("cv_vae", beta=2 * 2.5 / LATENT), data)["embedding"]
    torch.testing.assert_close(other, expected)


@pytest.mark.parametrize(
    ("name", "option", "value", "message"),
    [
        ("vae", "log_sigma", "tahn", "'tahn'; wanted one of free, tanh .did you mean 'tanh'"),
        ("cv_vae", "embedding", "norm", "'norm'; wanted one of half_norm, mean_square"),
        ("cv_vae", "embedding", None, "None; wanted text"),
        ("cv_vae", "sigma", -0.1, "-0.1; wanted a number of at least 0"),
        ("cv_vae", "beta", "1e-4", "'1e-4'; .*: write 1.0e-4"),
    ],
)
def test_values_that_cannot_be_are_refused_by_name(name, option, value, message):
    with pytest.raises(ValueError, match=f"got options.{option} {message}"):
        objectives.check(name, **{option: value})
