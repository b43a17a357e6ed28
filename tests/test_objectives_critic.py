"""Adversaries of codes: the critic's slopes, what each player is after, and that it gets there."""

import pytest
import torch
from expost import objectives
from expost.objectives.critic import Critic, slope_penalty

SHAPE, LATENT = (1, 8, 8), 3


def built(name="wae_gan", **options):
    torch.manual_seed(0)
    return objectives.build(name, SHAPE, LATENT, networks="mlp", options={"units": 24} | options)


def images(n=7):
    return torch.rand(n, *SHAPE, generator=torch.Generator().manual_seed(1))


def losses(model, data, seed=0):
    return {
        p.name: p.loss(p.prepared(data), torch.Generator().manual_seed(seed))
        for p in model.players()
    }


def critic(layers=3):
    torch.manual_seed(layers)
    return Critic(4, 16, layers).double()


@pytest.mark.parametrize("layers", [1, 2, 4])
def test_slopes_are_the_derivatives_of_the_output(layers):
    judge, codes = critic(layers), torch.randn(9, 4).double().requires_grad_()
    (wanted,) = torch.autograd.grad(judge(codes).sum(), codes)
    torch.testing.assert_close(judge.slopes(codes), wanted)


def test_the_penalty_and_its_gradient_are_those_of_two_passes():
    judge, (codes, prior) = critic(), torch.randn(2, 9, 4).double()
    judge, codes, prior = judge.float(), codes.float(), prior.float()
    place = torch.rand(9, 1, generator=torch.Generator().manual_seed(2))
    between = (place * prior + (1 - place) * codes).requires_grad_()
    (slopes,) = torch.autograd.grad(judge(between).sum(), between, create_graph=True)
    wanted = ((slopes.square().sum(dim=1).sqrt() - 1) ** 2).mean()
    found = slope_penalty(judge, codes, prior, torch.Generator().manual_seed(2))
    torch.testing.assert_close(found, wanted)
    parameters = [p for p in judge.parameters() if p.ndim == 2]
    for got, exact in zip(
        torch.autograd.grad(found, parameters),
        torch.autograd.grad(wanted, parameters),
        strict=True,
    ):
        torch.testing.assert_close(got, exact, rtol=1e-4, atol=1e-7)


def test_losses_of_a_critic_are_written_out():
    model, data = built(), images()
    found = losses(model, data)
    codes = model.encoder(data)
    draws = torch.Generator().manual_seed(0)
    prior = torch.randn(7, LATENT, generator=draws)
    told = found["critic"]
    torch.testing.assert_close(told["codes"], model.critic(codes).mean())
    torch.testing.assert_close(told["prior"], -model.critic(prior).mean())
    held = slope_penalty(model.critic, codes, prior, draws)
    torch.testing.assert_close(told["penalty"], 10 * held)
    torch.testing.assert_close(found["encoder"]["codes"], -model.critic(codes).mean())
    plain = model.reconstruction(model.decoder(codes), data)
    assert list(found["autoencoder"]) == ["reconstruction"]
    torch.testing.assert_close(found["autoencoder"]["reconstruction"], plain)
    distance = (model.critic(prior).mean() - model.critic(codes).mean()).item()
    means = {f"critic_{name}": value.item() for name, value in told.items()}
    assert model.epoch_ended(means) == {"wasserstein": pytest.approx(distance, rel=1e-5)}


def test_a_discriminator_and_an_encoder_that_steps_together():
    model, data = built(adversary="discriminator", encoder_step="together", weight=3.0), images()
    found = losses(model, data)
    codes = model.encoder(data)
    prior = torch.randn(7, LATENT, generator=torch.Generator().manual_seed(0))
    chance = [torch.sigmoid(model.critic(part)) for part in (codes, prior)]
    told = found["critic"]
    torch.testing.assert_close(told["codes"], -(1 - chance[0]).log().mean())
    torch.testing.assert_close(told["prior"], -chance[1].log().mean())
    torch.testing.assert_close(found["autoencoder"]["codes"], -3 * chance[0].log().mean())
    assert "encoder" not in found
    assert model.epoch_ended({}) == {}


@pytest.mark.parametrize(("adversary", "steps"), [("critic", 5), ("discriminator", 1)])
def test_each_player_moves_its_own_as_often_as_it_should(adversary, steps):
    model = built(adversary=adversary)
    moved = {p.name: {id(x) for x in p.parameters} for p in model.players()}
    parts = (model.encoder, model.decoder, model.critic)
    encoder, decoder, judge = ({id(x) for x in part.parameters()} for part in parts)
    assert moved == {"autoencoder": encoder | decoder, "critic": judge, "encoder": encoder}
    assert {p.name: p.steps for p in model.players()}["critic"] == steps


def test_a_critic_finds_the_distance_of_shifted_laws_and_an_encoder_undoes_it():
    """The Wasserstein distance of N(0, I) from itself shifted by v is |v|."""
    model, data = built(), images(200)
    model.encoder = torch.nn.Linear(64, LATENT).requires_grad_(False)
    shift = torch.nn.Parameter(torch.tensor([2.0, 0.0, 0.0]))
    fixed = torch.randn(200, LATENT, generator=torch.Generator().manual_seed(3))
    model.encoder.forward = lambda x: fixed + shift
    judge = model.players()[1]
    step = torch.optim.Adam(judge.parameters, lr=3e-3)
    noise = torch.Generator().manual_seed(0)
    distances = []
    for _ in range(300):
        step.zero_grad()
        terms = judge.loss(judge.prepared(data), noise)
        sum(terms.values()).backward(inputs=judge.parameters)
        step.step()
        distances.append(-(terms["codes"] + terms["prior"]).item())
    assert sum(distances[-40:]) / 40 == pytest.approx(2, rel=0.15)
    (slope,) = torch.autograd.grad(model._deceive(data, noise)["codes"], shift)
    assert slope[0] == pytest.approx(1, abs=0.25)  # back to where draws are
    assert slope[1:].abs().max() < 0.25


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"adversary": "critics"}, "got options.adversary 'critics'.*'critic'"),
        ({"weight": 2.0}, "got options.weight 2.0 with encoder_step 'apart'"),
        ({"penalty": 1.0, "adversary": "discriminator"}, "penalty 1.0 with adversary 'discrim"),
        ({"penalty": -1}, "got options.penalty -1; wanted a number of at least 0"),
        ({"units": 0}, "got options.units 0; wanted a whole number of at least 1"),
        ({"distance": "squared"}, "unknown option distance"),
    ],
)
def test_options_that_cannot_be_are_refused(options, said):
    with pytest.raises(ValueError, match=said):
        objectives.check("wae_gan", **options)
