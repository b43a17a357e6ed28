"""The RAE paper's networks: its shapes and counts, its paddings, their options."""

from itertools import pairwise

import pytest
import torch
from expost import objectives
from expost.networks import architectures, channel_order
from expost.networks.keep_size import KeepSize
from torch import nn
from torch.nn import functional

PAPERS = {"rae_mnist": ((1, 32, 32), 16), "rae_celeba": ((3, 64, 64), 64)}
WEIGHTED = (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)


def model(name, shape=None, latent=None, **options):
    paper = PAPERS[name]
    networks = {"name": name} | options
    return objectives.build("ae", shape or paper[0], latent or paper[1], networks=networks)


def shapes(network, x):
    """Output shape of every layer that has weights of its own, in order."""
    seen = []
    for layer in network:
        x = layer(x)
        if isinstance(layer, (*WEIGHTED, KeepSize)):
            seen.append(tuple(x.shape[1:]))
    return seen


def test_the_papers_shapes_for_mnist():
    made = model("rae_mnist")
    assert shapes(made.encoder, torch.zeros(2, 1, 32, 32)) == [
        (128, 16, 16),
        (256, 8, 8),
        (512, 4, 4),
        (1024, 2, 2),
        (16,),
    ]
    assert shapes(made.decoder, torch.zeros(2, 16)) == [
        (8 * 8 * 1024,),
        (512, 16, 16),
        (256, 32, 32),
        (1, 32, 32),
    ]


def test_the_papers_shapes_for_celeba():
    made = model("rae_celeba")
    assert shapes(made.encoder, torch.zeros(2, 3, 64, 64)) == [
        (128, 32, 32),
        (256, 16, 16),
        (512, 8, 8),
        (1024, 4, 4),
        (64,),
    ]
    assert shapes(made.decoder, torch.zeros(2, 64)) == [
        (8 * 8 * 1024,),
        (512, 16, 16),
        (256, 32, 32),
        (128, 64, 64),
        (3, 64, 64),
    ]


def parameters(pairs, side, norms=()):
    """Weights and biases of layers by (from, to) with square kernels, and two a normalised map."""
    return sum(a * b * side**2 + b for a, b in pairs) + 2 * sum(norms)


# By hand from the paper's listing: convolutions, linear layers, transposed convolutions, and batch
# normalisation after all but the two networks' last layers.
COUNTS = {
    "rae_mnist": parameters(
        pairwise([1, 128, 256, 512, 1024, 512, 256, 1]),
        side=4,
        norms=[128, 256, 512, 1024, 1024, 512, 256],
    )
    + parameters([(2 * 2 * 1024, 16), (16, 8 * 8 * 1024)], side=1),
    "rae_celeba": parameters(
        pairwise([3, 128, 256, 512, 1024, 512, 256, 128, 3]),
        side=5,
        norms=[128, 256, 512, 1024, 1024, 512, 256, 128],
    )
    + parameters([(4 * 4 * 1024, 64), (64, 8 * 8 * 1024)], side=1),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_number_of_parameters_is_that_of_the_papers_layers(name):
    assert sum(p.numel() for p in model(name).parameters()) == COUNTS[name]
    less = model(name, linear_normalisation=False)
    assert sum(p.numel() for p in less.parameters()) == COUNTS[name] - 2 * 1024


def test_a_width_scales_channels_and_nothing_else():
    made = objectives.build("ae", (3, 64, 64), 5, networks="rae_celeba", width=1 / 64)
    sizes = shapes(made.encoder, torch.zeros(2, 3, 64, 64))
    assert [size[0] for size in sizes] == [2, 4, 8, 16, 5]
    sizes = shapes(made.decoder, torch.zeros(2, 5))
    assert [size[0] for size in sizes] == [8 * 8 * 16, 8, 4, 2, 3]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("shape", [(1, 16, 16), (3, 32, 48), (2, 64, 16)])
def test_other_shapes_come_back(name, shape):
    made = objectives.build("ae", shape, 5, networks=name, width=1 / 32)
    images = torch.rand(3, *shape)
    assert made.decode(made.encode(images)).shape == images.shape


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("shape", [(1, 28, 28), (1, 8, 8), (3, 32, 40), (3, 0, 16)])
def test_a_shape_that_cannot_be_halved_four_times_is_refused(name, shape):
    wanted = f"{shape[1]}x{shape[2]}.*halve them 4 times.*multiples of 16.*size.*networks"
    with pytest.raises(ValueError, match=wanted):
        architectures.build(name).check(shape)
    with pytest.raises(ValueError, match=r"shape \(9,\); .* want images .*mlp"):
        objectives.build("ae", (9,), 5, networks=name)


def same_padding(x, side):
    """TensorFlow's "SAME" padding of stride 2, for an even side of images."""
    total = side - 2
    return functional.pad(x, (total // 2, total - total // 2) * 2)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("inputs", ["unit", "centred"])
def test_the_encoder_is_tensorflows_of_mirrored_images(name, inputs):
    """Written out with its paddings, channels last where maps become rows."""
    networks = {"name": name, "inputs": inputs}
    made = objectives.build("ae", PAPERS[name][0], 3, networks=networks, width=1 / 16)
    made.double().eval()
    images = torch.rand(2, *PAPERS[name][0]).double()
    x = images.flip(2, 3) * 2 - 1 if inputs == "centred" else images.flip(2, 3)
    layers = [layer for layer in made.encoder if isinstance(layer, (*WEIGHTED, nn.BatchNorm2d))]
    for convolution, norm in zip(layers[:-1:2], layers[1:-1:2], strict=True):
        kernel = convolution.weight.flip(2, 3)
        x = same_padding(x, kernel.shape[-1])
        x = functional.conv2d(x, kernel, convolution.bias, stride=2)
        x = functional.relu(norm(x))
    rows = torch.stack([one.flip(1, 2).permute(1, 2, 0).reshape(-1) for one in x])
    torch.testing.assert_close(made.encode(images), layers[-1](rows))


@pytest.mark.parametrize("name", PAPERS)
def test_the_decoder_is_tensorflows_of_mirrored_images(name):
    """A transposed convolution there is the derivative of a padded convolution."""
    made = objectives.build("ae", PAPERS[name][0], 3, networks=name, width=1 / 16).double().eval()
    codes = torch.randn(2, 3).double()
    weighted = [layer for layer in made.decoder.modules() if isinstance(layer, WEIGHTED)]
    norms = [layer for layer in made.decoder if isinstance(layer, nn.BatchNorm2d)]
    linear, *doubling, last = weighted
    x = linear(codes).view(2, 8, 8, -1).permute(0, 3, 1, 2).flip(2, 3)
    for layer, norm in zip(doubling, norms[:-1], strict=True):
        x = functional.relu(norm(x))
        kernel, zeros = layer.weight.flip(2, 3), torch.zeros(2, layer.out_channels, 1, 1).double()
        larger = zeros.expand(-1, -1, 2 * x.shape[2], 2 * x.shape[3]).clone().requires_grad_()
        forth = functional.conv2d(same_padding(larger, kernel.shape[-1]), kernel, stride=2)
        (x,) = torch.autograd.grad(forth, larger, x)
        x = x + layer.bias[:, None, None]
    x = functional.relu(norms[-1](x)).flip(2, 3)
    torch.testing.assert_close(made.decoder(codes), stride_one(x, last), rtol=1e-5, atol=1e-7)


def stride_one(x, layer):
    """The derivative of a convolution padded with (side - 1) // 2 before and the rest after."""
    side = layer.kernel_size[0]
    before = (side - 1) // 2
    image = torch.zeros(len(x), layer.out_channels, *x.shape[2:]).double().requires_grad_()
    padded = functional.pad(image, (before, side - 1 - before) * 2)
    (y,) = torch.autograd.grad(functional.conv2d(padded, layer.weight), image, x)
    return y + layer.bias[:, None, None]


def test_options_do_what_they_say_and_nothing_else_is_taken():
    kinds = [type(layer).__name__ for layer in model("rae_mnist").decoder[:4]]
    assert kinds == ["Linear", "ToMaps", "BatchNorm", "ReLU"]
    kinds = [type(layer) for layer in model("rae_mnist", linear_normalisation=False).decoder[:3]]
    assert kinds == [nn.Linear, channel_order.ToMaps, nn.ReLU]
    for name, first in (("rae_mnist", "Centred"), ("rae_celeba", "Conv2d")):
        assert type(model(name).encoder[0]).__name__ == first
    norms = [m for m in model("rae_mnist", momentum=0.01).modules() if hasattr(m, "momentum")]
    assert {norm.momentum for norm in norms} == {0.01}
    for option, value, wanted in (
        ("inputs", "centered", "wanted one of centred, unit.*did you mean 'centred'"),
        ("linear_normalisation", "no", "wanted true or false"),
        ("momentum", 0, "wanted a number above 0"),
        ("momentum", 1.5, "of at most 1"),
        ("kernel", 3, "has no option 'kernel'"),
    ):
        with pytest.raises(ValueError, match=wanted):
            architectures.build({"name": "rae_mnist", option: value})


def test_a_gradient_penalty_can_be_differentiated():
    """By central differences of its value along one direction of the decoder's weights."""
    torch.manual_seed(0)
    made = objectives.build("ae", (1, 16, 16), 3, networks="rae_mnist", width=1 / 128).double()
    codes = torch.randn(6, 3).double().requires_grad_()
    weights = list(made.decoder.parameters())
    direction = [torch.randn_like(weight) for weight in weights]

    def penalty():
        total = torch.sigmoid(made.decoder(codes)).square().sum()
        (slope,) = torch.autograd.grad(total, codes, create_graph=True)
        return slope.square().mean()

    found = torch.autograd.grad(penalty(), weights, allow_unused=True)
    along = sum((g * d).sum() for g, d in zip(found, direction, strict=True) if g is not None)
    step, values = 1e-6, []
    for sign in (1, -1):
        for weight, way in zip(weights, direction, strict=True):
            weight.data += sign * step * way
        values.append(penalty())
        for weight, way in zip(weights, direction, strict=True):
            weight.data -= sign * step * way
    torch.testing.assert_close(along, (values[0] - values[1]) / (2 * step), rtol=1e-4, atol=1e-7)
