"""Spectral normalisation: of the right matrix, and kept, resumed and exported as all else."""

import math

import numpy as np
import pytest
import torch
from expost import objectives
from expost.networks import onnx_runtime, spectral_norm
from expost.networks.fast_upsampling import Enlarge
from expost.networks.keep_size import KeepSize
from expost.training import checkpoints, loop
from torch import nn

SHAPE = (1, 16, 16)
SETTINGS = {
    "objective": "rae",
    "options": {"penalty": "spectral", "spectral_of": "both"},
    "width": 0.1,
    "latent": 4,
    "batch": 16,
    "epochs": [2, 4],
    "reconstruction": "squared_error",
    "reduction": "mean",
}


def flattened(layer):
    """TensorFlow's kernel as a matrix; it is (k, k, in, out), transposed (k, k, out, in)."""
    kernel = layer.weight.detach().numpy()
    if kernel.ndim == 2:
        return kernel.T
    order = (2, 3, 1, 0)  # of (out, in, k, k), and of transposed (in, out, k, k)
    return kernel.transpose(order).reshape(-1, kernel.shape[0])


LAYERS = {
    "linear": lambda: nn.Linear(7, 5),
    "convolution": lambda: nn.Conv2d(3, 5, 4, stride=2, padding=1),
    "of stride 1": lambda: nn.Conv2d(3, 5, 3, padding=1),
    "transposed": lambda: nn.ConvTranspose2d(5, 4, 4, stride=2, padding=1),
    "of 5x5": lambda: nn.ConvTranspose2d(5, 4, 5, stride=2, padding=2, output_padding=1),
    "enlarging": lambda: Enlarge(5, 3),
    "keeping": lambda: KeepSize(5, 3, 4),
}


def settled(name):
    """A network whose power method has come to its end, and what its kernel was before."""
    torch.manual_seed(0)
    network = nn.Sequential(LAYERS[name]()).double()
    inner = network[0].transposed if name == "keeping" else network[0]
    before = np.linalg.svd(flattened(inner), compute_uv=False)[0]
    raw = inner.weight.detach().clone()
    spectral_norm.normalise(network)
    x = torch.rand(2, *((7,) if name == "linear" else (inner.in_channels, 8, 8))).double()
    with torch.no_grad():
        for _ in range(500):
            network(x)
    return network.eval(), inner, raw, before


@pytest.mark.parametrize("name", LAYERS)
def test_kernels_are_divided_by_the_largest_singular_value(name):
    _, inner, raw, largest = settled(name)
    torch.testing.assert_close(inner.weight, raw / largest, rtol=1e-6, atol=0)
    assert np.linalg.svd(flattened(inner), compute_uv=False)[0] == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("name", [name for name in LAYERS if name != "linear"])
def test_the_layer_as_a_linear_map_is_bounded_by_the_patches_a_pixel_is_in(name):
    """The matrix of what it makes of each unit image."""
    network, inner, _, _ = settled(name)
    units = torch.eye(inner.in_channels * 64, dtype=float).view(-1, inner.in_channels, 8, 8)
    with torch.no_grad():
        matrix = (network(units) - network(0 * units)).flatten(1).numpy()
    (largest, *_) = np.linalg.svd(matrix, compute_uv=False)
    patches = math.ceil(inner.kernel_size[0] / inner.stride[0])
    assert 1 - 1e-6 <= largest <= patches
    assert largest > 1.05  # the kernel's norm is not the map's


@pytest.mark.parametrize("spectral_of", ["decoder", "both"])
@pytest.mark.parametrize("networks", ["ebcae_celeba", "rae_mnist", "mlp"])
def test_it_is_of_all_layers_of_the_decoder_or_of_both(networks, spectral_of):
    options = {"penalty": "spectral", "spectral_of": spectral_of}
    model = objectives.build("rae", (1, 64, 64), 4, networks=networks, width=0.05, options=options)
    for part in ("encoder", "decoder"):
        layers = [m for m in getattr(model, part).modules() if isinstance(m, spectral_norm.LAYERS)]
        names = dict(getattr(model, part).named_parameters())
        bound = [name for name in names if name.endswith("parametrizations.weight.original")]
        assert len(bound) == (len(layers) if part == "decoder" or spectral_of == "both" else 0)


def test_a_step_has_one_power_iteration():
    """The vector after a step is what numpy makes of that before; looking on leaves it alone."""
    model = objectives.build("rae", SHAPE, 4, width=0.1, options={"penalty": "spectral"})
    layer = model.decoder[-1].parametrizations.weight
    kernel = layer.original.detach().double().flatten(1).numpy()
    v = layer[0]._v.double().numpy().copy()
    model.players()[0].loss(torch.rand(4, *SHAPE), torch.Generator())
    v = kernel.T @ (kernel @ v)
    np.testing.assert_allclose(layer[0]._v.numpy(), v / np.linalg.norm(v), atol=1e-6)
    after = layer[0]._v.clone()
    model.eval().validation(torch.rand(4, *SHAPE))
    assert torch.equal(layer[0]._v, after)


# Kept


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def images():
    return np.random.default_rng(0).integers(0, 256, (64, *SHAPE), dtype=np.uint8)


def made(folder, options):
    settings = SETTINGS | {"options": options}
    return loop.Training(settings, SHAPE, ("x", 0), folder / "kept", torch.device("cpu"))


def finish(trainer, folder):
    paths = [
        [folder / f"epoch{epoch}.{kind}" for epoch in (2, 4)]
        for kind in ("safetensors", "encoder.onnx", "decoder.onnx")
    ]
    trainer.finish(paths[0], folder / "history.csv", *paths[1:])
    return [path.read_bytes() for kind in paths for path in kind]


@pytest.mark.parametrize(
    "options",
    [
        SETTINGS["options"],
        {"penalty": "gradient", "weight": 1e-3},
        {"penalty": "gradient", "gradient": "sum_of_squares", "weight": 1e-3},
    ],
)
def test_stopped_and_gone_on_with_it_ends_with_the_same_bytes(options, tmp_path):
    calm, harried = tmp_path / "calm", tmp_path / "harried"
    for folder in (calm, harried):
        folder.mkdir()
    undisturbed = made(calm, options)
    undisturbed.run(images())
    stopped = made(harried, options)
    save = stopped.kept.save

    def save_and_stop(state, history):
        save(state, history)
        if len(history) == 3:
            raise KeyboardInterrupt

    stopped.kept.save = save_and_stop
    with pytest.raises(KeyboardInterrupt):
        stopped.run(images())
    further = made(harried, options)
    assert len(further.history) == 3
    further.run(images())
    assert finish(further, harried) == finish(undisturbed, calm)


def test_checkpoints_and_networks_in_onnx_give_the_same_function(tmp_path):
    trainer = made(tmp_path, SETTINGS["options"])
    trainer.run(images())
    finish(trainer, tmp_path)
    model, trained = checkpoints.load(tmp_path / "epoch4.safetensors"), trainer.objective.eval()
    for name, value in trained.state_dict().items():
        assert torch.equal(model.state_dict()[name], value), name
    x = images()[:5].astype(np.float32) / 255
    with torch.inference_mode():
        codes = trained.encode(torch.from_numpy(x)).numpy()
        shown = trained.decode(torch.from_numpy(codes)).numpy()
    encoder, decoder = (
        onnx_runtime.Network(tmp_path / f"epoch4.{part}.onnx") for part in ("encoder", "decoder")
    )
    np.testing.assert_allclose(encoder(x)[0], codes, atol=1e-5)
    np.testing.assert_allclose(decoder(codes)[0], shown, atol=1e-5)
