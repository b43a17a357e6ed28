"""Networks in ONNX files are PyTorch's, and run without it."""

import numpy as np
import onnx
import pytest
import torch
from expost import objectives
from expost.features import residual_net
from expost.networks import export, onnx_runtime
from expost.networks.export_layers import Graph, write
from expost.networks.inputs import to_input
from expost.networks.unit_pixels import unit
from expost.training import checkpoints, encode_decode
from torch import nn

SHAPES = {
    "ebcae_mnist": (1, 32, 32),
    "ebcae_svhn": (3, 32, 48),
    "ebcae_celeba": (3, 64, 32),
    "rae_mnist": (1, 32, 48),
    "rae_celeba": (3, 32, 64),
    "mlp": (2, 6, 5),
}


def trained(objective, networks, shape, **options):
    """Random weights, also of batch normalisation: else folding it in would show nothing."""
    torch.manual_seed(0)
    model = objectives.build(objective, shape, 4, networks=networks, **options)
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.weight, 0.5, 1.5)
            nn.init.normal_(layer.bias, std=0.1)
            layer.running_mean.normal_(std=0.1)
            layer.running_var.uniform_(0.5, 2)
    return model.eval()


def saved(folder, model, shape):
    paths = [folder / "e.encoder.onnx", folder / "e.decoder.onnx"]
    export.save_autoencoder(*paths, model, shape)
    return paths


def same(network, module, x):
    """To 1e-5 of the largest number; both round sums of some thousand terms in float32."""
    with torch.inference_mode():
        expected = module(torch.from_numpy(x)).numpy()
    (got,) = network(x)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * max(1, np.abs(expected).max()))


@pytest.mark.parametrize("rows", [1, 7])
@pytest.mark.parametrize("networks", SHAPES)
@pytest.mark.parametrize("objective", objectives.OBJECTIVES)
def test_encoder_and_decoder_are_those_of_pytorch(objective, networks, rows, tmp_path):
    shape, rng = SHAPES[networks], np.random.default_rng(0)
    model = trained(objective, networks, shape, width=0.25)
    encoder, decoder = (onnx_runtime.Network(path) for path in saved(tmp_path, model, shape))
    same(encoder, model.encode, rng.random((rows, *shape), dtype=np.float32))
    same(decoder, model.decode, rng.normal(size=(rows, 4)).astype(np.float32))
    assert (encoder.shape, encoder.outputs) == (shape, {"codes": (4,)})
    assert (decoder.shape, decoder.outputs) == ((4,), {"data": shape})


def test_codes_keep_the_mean_and_spread_that_a_training_gives_them(tmp_path):
    model = trained("gen", "mlp", (9,), options={"code_norm": "scaled"})
    model.norm[0].running_var.uniform_(0.5, 2)
    model.norm.set(torch.tensor([3.0, 0, 0, -1]), torch.tensor([0.1, 0.7, 1, 2]))
    encoder = onnx_runtime.Network(saved(tmp_path, model, (9,))[0])
    same(encoder, model.encode, np.random.default_rng(0).random((50, 9), dtype=np.float32))


def test_vectors_are_not_squashed(tmp_path):
    model = trained("ae", "mlp", (9,), reconstruction="squared_error")
    with torch.no_grad():
        model.decoder[-1].bias += 5
    decoder = onnx_runtime.Network(saved(tmp_path, model, (9,))[1])
    codes = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
    same(decoder, model.decode, codes)
    assert encode_decode.decode(decoder, codes).min() > 1


def test_files_are_whole_models_of_onnx_without_anything_else(tmp_path):
    for path in saved(tmp_path, trained("vae", "ebcae_mnist", (1, 16, 16)), (1, 16, 16)):
        onnx.checker.check_model(path, full_check=True)
        nodes = onnx.load(path).graph.node
        assert {node.domain for node in nodes} == {""}
        kinds = [node.op_type for node in nodes]
        assert "BatchNormalization" not in kinds
    assert kinds.count("ConvTranspose") == 4  # the fast ones too


def test_the_same_weights_give_the_same_bytes_whatever_was_done_before(tmp_path):
    """Also from a checkpoint, as training writes them."""
    model = trained("ae", "ebcae_svhn", SHAPES["ebcae_svhn"])
    about = {"objective": "ae", "shape": SHAPES["ebcae_svhn"], "latent": 4}
    checkpoints.save(tmp_path / "c", model.state_dict(), about | {"networks": "ebcae_svhn"})
    made = []
    for name, one in (("a", model), ("b", checkpoints.load(tmp_path / "c"))):
        (tmp_path / name).mkdir()
        paths = saved(tmp_path / name, one, SHAPES["ebcae_svhn"])
        made.append([path.read_bytes() for path in paths])
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "layers",
    [
        [nn.BatchNorm1d(4), nn.Tanh()],
        [nn.Linear(4, 6, bias=False), nn.BatchNorm1d(6, affine=False), nn.ReLU()],
        [nn.Unflatten(1, (1, 2, 2)), nn.BatchNorm2d(1), nn.Conv2d(1, 3, (2, 1), dilation=(1, 1))],
        [
            nn.Unflatten(1, (1, 2, 2)),
            nn.ConvTranspose2d(1, 2, 3, stride=2, padding=1, output_padding=1, bias=False),
            nn.Sequential(nn.BatchNorm2d(2), nn.Sequential(nn.Identity(), nn.Sigmoid())),
        ],
    ],
)
def test_layers_are_those_of_pytorch(layers, tmp_path):
    network = nn.Sequential(*layers)
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.running_mean.uniform_(-1, 1)
            layer.running_var.uniform_(0.5, 2)
    network.eval()
    x = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    graph = Graph()
    result = write(network, graph, "x")
    shape = list(network(torch.from_numpy(x)).shape[1:])
    export.save(tmp_path / "n", export.finished(graph, ("x", [4]), {"y": (result, shape)}))
    same(onnx_runtime.Network(tmp_path / "n"), network, x)


def test_a_layer_that_is_not_known_is_named():
    with pytest.raises(TypeError, match="layer of kind Softshrink.*no ONNX form"):
        write(nn.Sequential(nn.Softshrink()), Graph(), "x")
    with pytest.raises(TypeError, match="wanted one group"):
        write(nn.Conv2d(2, 2, 1, groups=2), Graph(), "x")


def test_pixels_are_the_same_numbers_with_pytorch_and_without():
    pixels = np.arange(256, dtype=np.uint8).reshape(1, 1, 16, 16)
    assert np.array_equal(unit(pixels), to_input(torch.from_numpy(pixels)).numpy())


@pytest.mark.parametrize("target", ["labels", "attributes"])
@pytest.mark.parametrize("size", [(1, 16, 16), (3, 9, 13)])
def test_the_classifier_is_that_of_pytorch(target, size, tmp_path):
    torch.manual_seed(0)
    network = residual_net.ResidualNet(size[0], 5, target=target).eval()
    network.mean.uniform_(0.2, 0.6)
    network.deviation.uniform_(0.1, 0.5)
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.running_mean.normal_(std=0.1)
            layer.running_var.uniform_(0.5, 2)
    residual_net.save_onnx(tmp_path / "c.onnx", network)
    onnx.checker.check_model(tmp_path / "c.onnx", full_check=True)
    made = onnx_runtime.Network(tmp_path / "c.onnx")
    x = np.random.default_rng(0).random((6, *size), dtype=np.float32)
    with torch.inference_mode():
        vectors, logits = network(torch.from_numpy(x))
        law = logits.double().softmax(1) if target == "labels" else logits.double().sigmoid()
    assert list(made.outputs) == ["vectors", "probabilities" if target == "labels" else target]
    for got, expected in zip(made(x), (vectors.numpy(), law.numpy()), strict=True):
        np.testing.assert_allclose(got, expected, atol=1e-5 * max(1, np.abs(expected).max()))
    if target == "labels":
        np.testing.assert_allclose(made(x)[1].sum(axis=1), 1, atol=5 * 2**-24)  # 5 roundings
