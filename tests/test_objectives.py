"""Objectives are what the papers write, and every parameter is trained by one."""

import pytest
import torch
from expost import objectives
from expost.networks.autoencoder.architectures import ARCHITECTURES
from expost.objectives.base import cross_entropy
from torch import nn

from benchmarks.plain import training as plain


def test_cross_entropy_is_the_sum_over_pixels_and_mean_over_images():
    logits, images = torch.randn(3, 1, 4, 4, dtype=float), torch.rand(3, 1, 4, 4, dtype=float)
    torch.testing.assert_close(cross_entropy(logits, images), plain.cross_entropy(logits, images))


@pytest.mark.parametrize("scale", [0.01, 1, 10, 1000])
def test_cross_entropy_is_exact_for_every_logit_and_its_gradient_is_pytorchs(scale):
    torch.manual_seed(0)
    logits = (scale * torch.randn(3, 1, 32, 32)).requires_grad_()
    images = torch.randint(0, 256, (3, 1, 32, 32)) / 255
    exact = nn.functional.binary_cross_entropy_with_logits(
        logits.detach().double(), images.double(), reduction="sum"
    )
    torch.testing.assert_close(cross_entropy(logits, images).double(), exact / 3, rtol=3e-7, atol=0)
    theirs = nn.functional.binary_cross_entropy_with_logits(logits, images, reduction="sum") / 3
    (expected,) = torch.autograd.grad(theirs, logits)
    (got,) = torch.autograd.grad(cross_entropy(logits, images), logits)
    assert torch.equal(got, expected)


def test_cross_entropy_of_a_sure_network_is_not_rounded_away():
    sure = torch.full((1, 1, 4, 4), -20.0)  # log(1 + exp(-20)) = exp(-20), to eight digits
    expected = torch.tensor(-20.0).exp() * 16
    got = cross_entropy(sure, torch.zeros_like(sure))
    torch.testing.assert_close(got, expected, rtol=1e-5, atol=0)


def test_the_vae_divergence_matches_torch_distributions():
    model = objectives.build("vae", (1, 16, 16), 4, beta=2.5).eval()
    images = torch.rand(6, 1, 16, 16)
    terms = model.players()[0].loss(images, torch.Generator().manual_seed(0))
    mean, log_variance = model.encoder(images).chunk(2, dim=1)
    normal = torch.distributions.Normal
    plain = torch.distributions.kl_divergence(normal(mean, (log_variance / 2).exp()), normal(0, 1))
    torch.testing.assert_close(terms["kl"], 2.5 * plain.sum() / 6)


def test_the_vae_draws_its_noise_from_the_generator():
    model = objectives.build("vae", (1, 16, 16), 4).eval()
    images = torch.rand(6, 1, 16, 16)
    one, two, other = (
        model.players()[0].loss(images, torch.Generator().manual_seed(s))["reconstruction"].item()
        for s in (0, 0, 1)
    )
    assert one == two != other


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("name", objectives.OBJECTIVES)
def test_every_parameter_of_an_objective_is_moved_by_a_player(name, architecture):
    model = objectives.build(name, (1, 32, 32), 4, architecture)
    moved = {id(p) for player in model.players() for p in player.parameters}
    assert moved == {id(p) for p in model.parameters()}
    for player in model.players():
        terms = player.loss(torch.rand(4, 1, 32, 32), torch.Generator().manual_seed(0))
        grads = torch.autograd.grad(sum(terms.values()), player.parameters, allow_unused=True)
        assert all(g is not None and torch.isfinite(g).all() for g in grads)


def test_unknown_objective_and_option_are_named():
    with pytest.raises(ValueError, match="'vea'.*ae, vae"):
        objectives.build("vea", (1, 16, 16), 4)
    with pytest.raises(ValueError, match="'vae' got unknown option bata; it takes beta"):
        objectives.build("vae", (1, 16, 16), 4, bata=2)
