"""The adversarial autoencoder: three players, whom each moves, and the discriminator's labels."""

import pytest
import torch
from expost import objectives
from torch import nn

SHAPE, LATENT = (1, 16, 16), 4


def built(**options):
    torch.manual_seed(0)
    options = {"units": 32} | options
    return objectives.build("aae", SHAPE, LATENT, networks="mlp", options=options).eval()


def images(n=6):
    return torch.rand(n, *SHAPE, generator=torch.Generator().manual_seed(1))


def losses(model, data, seed=0):
    """Of each player, all terms."""
    return {
        p.name: p.loss(p.prepared(data), torch.Generator().manual_seed(seed))
        for p in model.players()
    }


def entropy(logits, wanted):
    """Cross-entropy of the probability of a logit, written out."""
    shown = 1 / (1 + (-logits.double()).exp())
    return -(wanted * shown.log() + (1 - wanted) * (1 - shown).log()).mean()


@pytest.mark.parametrize("label", [1.0, 0.9])
def test_the_three_losses_are_those_of_the_paper(label):
    model, data = built(prior_label=label), images()
    with torch.no_grad():
        found = losses(model, data)
        codes = model.encoder(data)
        prior = torch.randn(6, LATENT, generator=torch.Generator().manual_seed(0))
        of_codes, of_prior = model.discriminator(codes), model.discriminator(prior)
        plain = model.reconstruction(model.decoder(codes), data)
    torch.testing.assert_close(found["autoencoder"]["reconstruction"], plain)
    told = found["discriminator"]
    torch.testing.assert_close(told["prior"].double(), entropy(of_prior, label), atol=1e-6, rtol=0)
    torch.testing.assert_close(told["codes"].double(), entropy(of_codes, 0.0), atol=1e-6, rtol=0)
    deceived = found["generator"]["codes"].double()
    torch.testing.assert_close(deceived, entropy(of_codes, 1.0), atol=1e-6, rtol=0)


def test_each_moves_its_own_and_the_encoder_is_moved_by_two():
    model = built()
    moved = {p.name: {id(x) for x in p.parameters} for p in model.players()}
    parts = (model.encoder, model.decoder, model.discriminator)
    encoder, decoder, other = ({id(x) for x in part.parameters()} for part in parts)
    assert moved == {
        "autoencoder": encoder | decoder,
        "discriminator": other,
        "generator": encoder,
    }


def test_the_discriminator_is_that_of_the_paper():
    """Two hidden layers of 1000 ReLUs."""
    model = objectives.build("aae", SHAPE, 8, networks="mlp")
    kinds = [type(layer) for layer in model.discriminator]
    assert kinds == [nn.Linear, nn.ReLU, nn.Linear, nn.ReLU, nn.Linear]
    shapes = [tuple(layer.weight.shape) for layer in model.discriminator[::2]]
    assert shapes == [(1000, 8), (1000, 1000), (1, 1000)]


def test_a_discriminator_that_learns_tells_codes_and_a_generator_undoes_it():
    """Codes at (3, 3, ...) are told at once, and are drawn to the prior by the generator alone."""
    model, data = built(), images(60)
    with torch.no_grad():
        model.encoder[-1].bias += 3
    start = model.encode(data).detach().mean()
    _, discriminator, generator = model.players()
    steps = [(p, torch.optim.Adam(p.parameters, lr=3e-3)) for p in (discriminator, generator)]
    noise = torch.Generator().manual_seed(0)

    def play(player, optimiser):
        loss = sum(player.loss(player.prepared(data), noise).values())
        optimiser.zero_grad()
        loss.backward(inputs=player.parameters)
        optimiser.step()
        return loss.item()

    for _ in range(60):
        sure = play(*steps[0])
    assert sure < 0.2
    for _ in range(150):
        for one in steps:
            play(*one)
    assert start > 2.5
    assert model.encode(data).detach().mean().abs() < 1


def test_noise_is_on_what_the_discriminator_learns_from_alone():
    model, data, given = built(noise=2.0), images(400), []
    forward = model.discriminator.forward
    model.discriminator.forward = lambda x: given.append(x) or forward(x)
    losses(model, data)
    codes = model.encoder(data)
    prior, noisy, deceiving = given
    assert prior.std().item() == pytest.approx(5**0.5, rel=0.08)
    assert (noisy - codes).std().item() == pytest.approx(2, rel=0.08)
    torch.testing.assert_close(deceiving, codes)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("prior_label", 0.5, "a number above 0.5 and of at most 1"),
        ("prior_label", 1.1, "a number above 0.5 and of at most 1"),
        ("noise", -1, "a number of at least 0"),
        ("units", 0, "a whole number of at least 1"),
    ],
)
def test_numbers_that_cannot_be_are_refused(option, value, said):
    with pytest.raises(ValueError, match=f"got options.{option} {value}; wanted {said}"):
        objectives.check("aae", **{option: value})
