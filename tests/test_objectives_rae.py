"""The regularised autoencoder's terms, against slow and obvious computations in float64."""

import math

import numpy as np
import pytest
import torch
from expost import objectives
from expost.networks.architectures import ARCHITECTURES
from torch import nn

SHAPE, LATENT = (1, 32, 32), 3
TINY = {"networks": "ebcae_mnist", "width": 0.05, "reconstruction": "squared_error"}


def built(shape=SHAPE, training=TINY, **options):
    torch.manual_seed(0)
    return objectives.build("rae", shape, LATENT, options=options, **training).double()


def images(n=4, shape=SHAPE):
    return torch.rand(n, *shape, generator=torch.Generator().manual_seed(1)).double()


def terms(model, data, seed=0):
    return model.players()[0].loss(data, torch.Generator().manual_seed(seed))


def test_without_a_penalty_it_is_the_plain_autoencoder_and_the_codes_norm():
    model, data = built(beta=2.5).eval(), images()
    got = terms(model, data)
    assert list(got) == ["reconstruction", "embedding"]
    norms = [float((code**2).sum()) for code in model.encode(data).detach()]
    assert got["embedding"].item() == pytest.approx(2.5 * sum(norms) / (2 * 4))
    pictures = model.decode(model.encode(data))
    torch.testing.assert_close(got["reconstruction"], ((pictures - data) ** 2).sum() / 4)


def test_the_official_size_of_codes_is_a_mean_over_batch_and_dimensions():
    model, data = built(beta=2.5, embedding="mean_square").eval(), images()
    squares = [float(number) ** 2 for number in model.encode(data).detach().flatten()]
    assert len(squares) == 4 * LATENT
    assert terms(model, data)["embedding"].item() == pytest.approx(2.5 * sum(squares) / 12)


def test_a_gradient_of_no_weight_is_not_taken():
    got = terms(built(penalty="gradient", weight=0), images())
    assert list(got) == ["reconstruction", "embedding"]


# Small weights

MLP = {"networks": "mlp", "width": 0.05, "reconstruction": "squared_error"}


@pytest.mark.parametrize("networks", ["ebcae_celeba", "rae_mnist"])
@pytest.mark.parametrize("l2_of", ["parameters", "kernels", "transposed"])
def test_l2_is_the_sum_of_squares_of_what_is_said(networks, l2_of):
    """By the names and sizes of the decoder's parameters."""
    shape = (1, 64, 64)
    model = built(shape, TINY | {"networks": networks}, penalty="l2", l2_of=l2_of, weight=0.5)
    sizes = {"parameters": (1, 2, 4), "kernels": (2, 4), "transposed": (4,)}[l2_of]
    chosen = [p for p in model.decoder.parameters() if p.ndim in sizes]
    if networks == "ebcae_celeba" and l2_of == "transposed":
        chosen = chosen[:-1]  # the last convolution of 3x3 is none
    expected = 0.5 * sum((p**2).sum().item() for p in chosen)
    assert terms(model, images(shape=shape))["l2"].item() == pytest.approx(expected, rel=1e-12)


def test_l2_moves_what_it_is_of_and_nothing_else():
    model = built(penalty="l2", l2_of="kernels", weight=1.0)
    loss = terms(model, images())["l2"]
    for name, parameter in model.named_parameters():
        (gradient,) = torch.autograd.grad(loss, parameter, retain_graph=True, allow_unused=True)
        inside = name.startswith("decoder") and parameter.ndim > 1
        assert (gradient is not None) == inside, name
        if inside:
            torch.testing.assert_close(gradient, 2 * parameter)


def test_transposed_convolutions_that_there_are_not_are_refused():
    with pytest.raises(ValueError, match="l2_of 'transposed', but the decoder has no such layers"):
        built(training=MLP, penalty="l2", l2_of="transposed")


# A small gradient


def jacobian(model, codes):
    """By central differences: of all pixels of the batch by all its codes, as training has them.

    Layers keep their statistics, as each step takes those of the batch anew.
    """
    columns, h = [], 1e-5
    with torch.no_grad():
        for i in range(codes.numel()):
            step = torch.zeros(codes.numel(), dtype=float)
            step[i] = h
            sides = (model.decode(codes + sign * step.view_as(codes)) for sign in (1, -1))
            columns.append((next(sides) - next(sides)).flatten() / (2 * h))
    return torch.stack(columns, dim=1)  # (pixels, codes)


@pytest.mark.parametrize("training", [True, False])
def test_the_official_gradient_is_that_of_finite_differences(training):
    model, data = built(penalty="gradient", gradient="sum_of_squares", weight=0.5), images()
    model.train(training)
    with torch.no_grad():
        codes = model.encode(data)
    slopes = 2 * model.decode(codes).flatten() @ jacobian(model, codes)
    got = terms(model, data)["gradient"].item()
    assert got == pytest.approx(0.5 * (slopes**2).mean().item(), rel=1e-6)


@pytest.mark.parametrize("training", [True, False])
def test_the_estimate_s_mean_is_the_squared_jacobian(training):
    """Within 5 standard errors of 200 random vectors, these within 4 per cent."""
    model, data = built(penalty="gradient", weight=0.5), images()
    model.train(training)
    with torch.no_grad():
        expected = 0.5 * float(jacobian(model, model.encode(data)).square().sum()) / len(data)
    found = np.array([terms(model, data, seed)["gradient"].item() for seed in range(200)])
    error = found.std(ddof=1) / math.sqrt(len(found))
    assert abs(found.mean() - expected) < 5 * error
    assert error < 0.04 * expected


@pytest.mark.parametrize("gradient", ["jacobian", "sum_of_squares"])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_penalty_s_gradient_is_that_of_finite_differences(architecture, gradient):
    """Through every architecture, by encoder and decoder, along a random direction.

    Activations without a bend, so that differences have a limit: the bends of ReLUs are passed.
    """
    shape = (1, 64, 64) if architecture.endswith("celeba") else SHAPE
    training = TINY | {"networks": architecture}
    model = built(shape, training, penalty="gradient", gradient=gradient, weight=1.0)
    for parent in list(model.modules()):
        for name, layer in parent.named_children():
            if isinstance(layer, nn.ReLU | nn.LeakyReLU):
                setattr(parent, name, nn.Softplus(beta=3))
    data, parameters = images(3, shape), list(model.parameters())
    direction = [torch.randn_like(p) / p.numel() ** 0.5 for p in parameters]
    slopes = torch.autograd.grad(terms(model, data)["gradient"], parameters, allow_unused=True)
    pairs = zip(slopes, direction, strict=True)
    expected = sum((s * d).sum().item() for s, d in pairs if s is not None)
    assert slopes[0] is not None  # the encoder is moved, too

    def moved(by):
        with torch.no_grad():
            for parameter, along in zip(parameters, direction, strict=True):
                parameter += by * along
        value = terms(model, data)["gradient"].item()
        with torch.no_grad():
            for parameter, along in zip(parameters, direction, strict=True):
                parameter -= by * along
        return value

    h = 1e-5
    assert (moved(h) - moved(-h)) / (2 * h) == pytest.approx(expected, rel=1e-4)


def test_the_gradient_is_of_images_not_of_what_the_sigmoid_is_given():
    """A decoder so sure that its images do not change has none."""
    model = built(penalty="gradient", weight=1.0)
    with torch.no_grad():
        model.decoder[-1].bias.fill_(200.0)
    assert terms(model, images())["gradient"].item() < 1e-30
