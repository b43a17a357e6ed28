"""The networks are the paper's, whatever the image shape, and their gradients PyTorch's own."""

import pytest
import torch
from expost import objectives
from expost.networks import architectures, ebcae_layers
from expost.networks.architectures import ARCHITECTURES
from expost.networks.inputs import to_input
from expost.training import checkpoints
from torch import nn

from benchmarks.plain import training as plain


def shapes(network, x):
    """Output shape of every convolution and linear layer, in order."""
    seen = []
    for layer in network:
        x = layer(x)
        if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            seen.append(tuple(x.shape[1:]))
    return seen


def encoder(name, shape, outputs):
    return architectures.build(name).encoder(shape, outputs)


def decoder(name, shape, latent):
    return architectures.build(name).decoder(shape, latent)


def test_the_papers_shapes_for_mnist():
    assert shapes(encoder("ebcae_mnist", (1, 32, 32), 10), torch.zeros(2, 1, 32, 32)) == [
        (32, 16, 16),
        (64, 8, 8),
        (128, 4, 4),
        (10,),
    ]
    assert shapes(decoder("ebcae_mnist", (1, 32, 32), 10), torch.zeros(2, 10)) == [
        (100,),
        (128, 4, 4),
        (64, 8, 8),
        (32, 16, 16),
        (1, 32, 32),
    ]


def test_the_papers_shapes_for_svhn():
    shape = (3, 32, 32)
    assert shapes(encoder("ebcae_svhn", shape, 20), torch.zeros(2, *shape)) == [
        (64, 16, 16),
        (128, 8, 8),
        (256, 4, 4),
        (100,),
        (20,),
    ]
    assert shapes(decoder("ebcae_svhn", shape, 20), torch.zeros(2, 20)) == [
        (100,),
        (256, 2, 2),
        (128, 4, 4),
        (64, 8, 8),
        (32, 16, 16),
        (3, 32, 32),
    ]


def test_the_papers_shapes_for_celeba():
    shape = (3, 64, 64)
    assert shapes(encoder("ebcae_celeba", shape, 100), torch.zeros(2, *shape)) == [
        (64, 32, 32),
        (128, 16, 16),
        (256, 8, 8),
        (512, 3, 3),
        (100,),
        (100,),
    ]
    assert shapes(decoder("ebcae_celeba", shape, 100), torch.zeros(2, 100)) == [
        (100,),
        (512, 4, 4),
        (256, 8, 8),
        (128, 16, 16),
        (64, 32, 32),
        (32, 64, 64),
        (3, 64, 64),
    ]


def parameters(pairs, sides=4, norms=()):
    """Weights and biases of layers by (from, to) with square kernels, and two a normalised map."""
    return sum(a * b * sides**2 + b for a, b in pairs) + 2 * sum(norms)


# By hand from the paper's listing: convolutions of the encoder, its linear layers, the decoder's
# linear layer, its transposed convolutions (and CelebA's last, 3x3), batch normalisation after
# each but the last.
COUNTS = {
    "ebcae_mnist": parameters([(1, 32), (32, 64), (64, 128)], norms=[32, 64, 128])
    + parameters([(128 * 16, 10), (10, 100)], sides=1)
    + parameters([(100, 128), (128, 64), (64, 32), (32, 1)], norms=[128, 64, 32]),
    "ebcae_svhn": parameters([(3, 64), (64, 128), (128, 256)], norms=[64, 128, 256])
    + parameters([(256 * 16, 100), (100, 20), (20, 100)], sides=1)
    + parameters([(100, 256), (256, 128), (128, 64), (64, 32), (32, 3)], norms=[256, 128, 64, 32]),
    "ebcae_celeba": parameters(
        [(3, 64), (64, 128), (128, 256), (256, 512)], norms=[64, 128, 256, 512]
    )
    + parameters([(512 * 9, 100), (100, 100), (100, 100)], sides=1)
    + parameters(
        [(100, 512), (512, 256), (256, 128), (128, 64), (64, 32)], norms=[512, 256, 128, 64, 32]
    )
    + parameters([(32, 3)], sides=3),
}
PAPERS = {
    "ebcae_mnist": ((1, 32, 32), 10),
    "ebcae_svhn": ((3, 32, 32), 20),
    "ebcae_celeba": ((3, 64, 64), 100),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_number_of_parameters_is_that_of_the_papers_layers(name):
    model = objectives.build("ae", *PAPERS[name], networks=name)
    assert sum(p.numel() for p in model.parameters()) == COUNTS[name]


def test_all_kernels_are_4_by_4_but_for_the_one_that_keeps_a_size():
    odd = []
    for name in PAPERS:
        model = objectives.build("ae", *PAPERS[name], networks=name)
        kernels = [
            layer.kernel_size
            for layer in model.modules()
            if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d)
        ]
        odd += [(name, kernel) for kernel in kernels if kernel != (4, 4)]
    assert odd == [("ebcae_celeba", (3, 3))]


def test_only_celebas_encoder_leaks():
    for name in PAPERS:
        model = objectives.build("ae", *PAPERS[name], networks=name)
        slopes = {m.negative_slope for m in model.modules() if isinstance(m, nn.LeakyReLU)}
        assert slopes == ({0.2} if name == "ebcae_celeba" else set())
        assert not any(isinstance(layer, nn.LeakyReLU) for layer in model.decoder)


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("ebcae_mnist", (1, 16, 16)),
        ("ebcae_mnist", (3, 64, 64)),
        ("ebcae_mnist", (3, 32, 48)),
        ("ebcae_svhn", (1, 32, 32)),
        ("ebcae_svhn", (3, 48, 64)),
        ("ebcae_celeba", (3, 32, 32)),
        ("ebcae_celeba", (1, 64, 96)),
        ("mlp", (3, 5, 7)),
        ("mlp", (9,)),
    ],
)
def test_other_shapes_come_back(name, shape):
    model = objectives.build("ae", shape, 5, networks=name)
    images = torch.rand(2, *shape)
    codes = model.encode(images)
    assert codes.shape == (2, 5)
    assert model.decode(codes).shape == images.shape


@pytest.mark.parametrize(
    ("name", "shape", "factor"),
    [
        ("ebcae_mnist", (1, 28, 28), 8),
        ("ebcae_mnist", (1, 8, 8), 8),
        ("ebcae_mnist", (3, 32, 30), 8),
        ("ebcae_svhn", (3, 40, 40), 16),
        ("ebcae_svhn", (3, 16, 16), 16),
        ("ebcae_celeba", (3, 64, 72), 16),
        ("ebcae_celeba", (3, 16, 16), 16),
    ],
)
def test_a_shape_that_cannot_be_halved_as_often_is_refused(name, shape, factor):
    wanted = f"{shape[1]}x{shape[2]}.*multiples of {factor}, at least {2 * factor}.*size.*networks"
    with pytest.raises(ValueError, match=wanted):
        objectives.build("ae", shape, 5, networks=name)


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("objective", objectives.OBJECTIVES)
def test_a_checkpoint_remembers_its_networks(name, objective, tmp_path):
    shape, latent = PAPERS.get(name, ((1, 32, 16), 3))
    plan = {"networks": name, "width": 0.5, "reconstruction": "squared_error", "output": "identity"}
    model = objectives.build(objective, shape, latent, **plan).eval()
    about = {"objective": objective, "options": {}, "shape": shape, "latent": latent}
    checkpoints.save(tmp_path / "new", model.state_dict(), about | plan)
    codes = torch.randn(2, latent)
    assert torch.equal(checkpoints.load(tmp_path / "new").decode(codes), model.decode(codes))


@pytest.mark.parametrize("shape", [(1, 32, 32), (3, 16, 24)])
@pytest.mark.parametrize("training", [True, False])
def test_networks_and_their_gradients_are_those_written_plainly(shape, training):
    torch.manual_seed(0)
    images, results = torch.rand(8, *shape), []
    ours = objectives.build("ae", shape, 5)
    pair = nn.ModuleDict({p: getattr(plain, p)(shape, 5) for p in ("encoder", "decoder")})
    pair.load_state_dict(ours.state_dict())
    ours.to(memory_format=torch.channels_last)
    for model, x in ((pair, images), (ours, images.to(memory_format=torch.channels_last))):
        model.train(training)
        decoded = model.decoder(model.encoder(x))
        plain.cross_entropy(decoded, x).backward()
        results.append([decoded.detach(), *(p.grad for p in model.parameters())])
    for expected, got in zip(*results, strict=True):
        torch.testing.assert_close(
            got, expected, rtol=1e-4, atol=1e-4 * float(expected.abs().max()) + 1e-3
        )


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_gradients_lie_in_memory_as_their_weights_do(architecture):
    """PyTorch's fused Adam moves the wrong weights, silently, where they do not."""
    model = objectives.build("vae", (3, 32, 32), 4, networks=architecture)
    model.to(memory_format=torch.channels_last)
    (player,) = model.players()
    terms = player.loss(to_input(torch.ones(5, 3, 32, 32, dtype=torch.uint8)), torch.Generator())
    sum(terms.values()).backward()
    for name, parameter in model.named_parameters():
        assert parameter.grad.stride() == parameter.stride(), name


def test_the_gradient_of_flat_maps_comes_back_channels_last():
    maps = torch.rand(2, 8, 4, 4, requires_grad=True).to(memory_format=torch.channels_last)
    flat = ebcae_layers.Flatten()(maps)
    assert torch.equal(flat, maps.flatten(1))
    weights = torch.rand(2, 8 * 4 * 4)
    (gradient,) = torch.autograd.grad((flat * weights).sum(), maps)
    assert torch.equal(gradient, weights.view(2, 8, 4, 4))
    assert gradient.is_contiguous(memory_format=torch.channels_last)
