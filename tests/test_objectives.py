"""Objectives are what the papers write, and every parameter is trained by one."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import quick_objectives
import torch
from expost import objectives
from expost.networks.architectures import ARCHITECTURES
from expost.objectives import asked
from expost.objectives.reconstruction import Reconstruction
from torch import nn

from benchmarks.plain import training as plain

cross_entropy = Reconstruction("cross_entropy")


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


def test_cross_entropy_of_several_side_by_side_is_each_ones():
    logits = torch.randn(3, 5, 1, 4, 4, requires_grad=True)
    images = torch.rand(3, 5, 1, 4, 4)
    together = torch.func.vmap(cross_entropy)(logits, images)
    (got,) = torch.autograd.grad(together.sum(), logits)
    for place in range(3):
        alone = logits[place].detach().requires_grad_()
        loss = cross_entropy(alone, images[place])
        torch.testing.assert_close(together[place], loss)
        torch.testing.assert_close(got[place], torch.autograd.grad(loss, alone)[0])


def test_cross_entropy_of_a_sure_network_is_not_rounded_away():
    sure = torch.full((1, 1, 4, 4), -20.0)  # log(1 + exp(-20)) = exp(-20), to eight digits
    expected = torch.tensor(-20.0).exp() * 16
    got = cross_entropy(sure, torch.zeros_like(sure))
    torch.testing.assert_close(got, expected, rtol=1e-5, atol=0)


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("shape", [(3, 4, 5), (7,)])
def test_the_mean_over_pixels_is_the_sum_by_their_number(loss, shape):
    raw, data = torch.randn(6, *shape).double(), torch.rand(6, *shape).double()
    by_sum, by_mean = (
        Reconstruction(loss, way, images=len(shape) == 3)(raw, data) for way in ("sum", "mean")
    )
    torch.testing.assert_close(by_mean * raw[0].numel(), by_sum)


def test_the_sum_of_the_channel_mean_is_taken_pixel_by_pixel():
    raw, data = torch.randn(2, 3, 4, 5).double(), torch.rand(2, 3, 4, 5).double()
    wrong = (torch.sigmoid(raw) - data) ** 2
    pixels = [
        sum(wrong[i, c, y, x] for c in range(3)) / 3
        for i in range(2)
        for y in range(4)
        for x in range(5)
    ]
    got = Reconstruction("squared_error", "sum_of_channel_mean")(raw, data)
    torch.testing.assert_close(got, sum(pixels) / 2)


def test_a_vector_has_one_channel():
    raw, data = torch.randn(6, 7), torch.rand(6, 7)
    one, other = (
        Reconstruction("squared_error", way, images=False)(raw, data)
        for way in ("sum_of_channel_mean", "sum")
    )
    assert one == other


def test_squared_error_is_of_what_the_output_activation_makes():
    raw, data = torch.randn(6, 1, 2, 2).double(), torch.rand(6, 1, 2, 2).double()
    for output, shown in (("sigmoid", 1 / (1 + (-raw).exp())), ("identity", raw)):
        loss = Reconstruction("squared_error", "sum", output)
        expected = sum(((shown[i] - data[i]) ** 2).sum() for i in range(6)) / 6
        torch.testing.assert_close(loss(raw, data), expected)
        torch.testing.assert_close(loss.activation()(raw), shown)


@pytest.mark.parametrize(
    ("loss", "images", "output"),
    [
        ("cross_entropy", True, "sigmoid"),
        ("cross_entropy", False, "sigmoid"),
        ("squared_error", True, "sigmoid"),
        ("squared_error", False, "identity"),
    ],
)
def test_the_output_activation_is_that_of_the_loss_and_the_kind_of_data(loss, images, output):
    assert Reconstruction(loss, images=images).output == output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hinge"], "unknown reconstruction 'hinge'; wanted one of cross_entropy, squared_error"),
        (["squared_error", "max"], "unknown reduction 'max'; wanted one of sum, mean, sum_of_"),
        (
            ["squared_error", "sum", "tanh"],
            "unknown output 'tanh'; wanted one of sigmoid, identity",
        ),
        (["cross_entropy", "sum", "identity"], "of probabilities; set `output: sigmoid`"),
    ],
)
def test_losses_that_are_none_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Reconstruction(*arguments)


def test_the_vae_divergence_matches_torch_distributions():
    model = objectives.build("vae", (1, 16, 16), 4, options={"beta": 2.5}).eval()
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
    model = quick_objectives.built(name, (1, 32, 32), 4, networks=architecture, width=0.25)
    quick_objectives.looked(model, torch.rand(24, 1, 32, 32))
    moved = {id(p) for player in model.players() for p in player.parameters}
    assert moved == {id(p) for p in model.parameters()}
    for player in model.players():
        terms = player.loss(
            player.prepared(torch.rand(4, 1, 32, 32)), torch.Generator().manual_seed(0)
        )
        grads = torch.autograd.grad(sum(terms.values()), player.parameters, allow_unused=True)
        assert all(g is not None and torch.isfinite(g).all() for g in grads)


@pytest.mark.parametrize("name", ["vea", ["vae"], {}, None])
def test_unknown_objectives_are_named(name):
    with pytest.raises(ValueError, match="got unknown objective .*; wanted one of ae, vae"):
        objectives.build(name, (1, 16, 16), 4)
    with pytest.raises(ValueError, match="got unknown objective .*; wanted one of ae, vae"):
        asked.check_players(name, [])


def test_unknown_options_are_named():
    with pytest.raises(ValueError, match="'vae' got unknown option bata; it takes beta"):
        objectives.build("vae", (1, 16, 16), 4, options={"bata": 2})
    with pytest.raises(ValueError, match=r"got options \['beta'\]; wanted a mapping"):
        objectives.build("vae", (1, 16, 16), 4, options=["beta"])


@pytest.mark.parametrize("latent", [0, -1, 1.5, "4", True, None])
def test_codes_of_no_length_are_refused(latent):
    with pytest.raises(ValueError, match="got latent .*; wanted a whole number of at least 1"):
        objectives.build("vae", (1, 16, 16), latent)


def test_options_are_those_of_the_constructor():
    """Read from the source, for planning without torch, and as Python itself has them."""
    for name, wanted in objectives.OBJECTIVES.items():
        kind = getattr(import_module(f"expost.objectives.{name}"), wanted)
        found = {
            key: parameter.default is not parameter.empty
            for key, parameter in inspect.signature(kind).parameters.items()
            if key not in objectives.HANDED_IN
        }
        assert objectives.options(name) == found


def test_an_option_without_a_default_is_asked_for(monkeypatch):
    monkeypatch.setattr(objectives, "options", lambda name: {"beta": True, "gamma": False})
    with pytest.raises(ValueError, match="'vae' needs the option gamma"):
        objectives.check("vae", beta=1)


def test_settings_are_checked_without_torch():
    program = """
import sys
from expost.training import settings
settings.resolve({"objective": "vae", "options": {"beta": 2}, "epochs": [3], "networks": "mlp"})
try:
    settings.resolve({"objective": "ae", "epochs": [3], "optimiser": {"name": "Adam", "lr": 1}})
except ValueError as error:
    assert "unknown option lr" in str(error), error
else:
    raise SystemExit("took an option that is none")
print("torch" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(objectives.__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert run.stdout == "False\n", run.stderr
