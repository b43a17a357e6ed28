"""What the feature spaces promise, on images made here or bundled with scikit-learn."""

import numpy as np
import pytest
from expost.features import FEATURES, build
from expost.features.pixels import Pixels

torch = pytest.importorskip("torch")

from expost.features import archive, inception, residual_net  # noqa: E402 (needs torch)
from expost.features.fusion import fuse  # noqa: E402 (needs torch)
from expost.features.resnet34 import WEIGHTS as RESNET34  # noqa: E402 (needs torch)
from random_inception import save_inception  # noqa: E402 (needs torch)
from torchvision import models  # noqa: E402 (needs torch)


def random_images(n=6, channels=1, side=16, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (n, channels, side, side), dtype=np.uint8)


def random_network(make, *options):
    """Untrained, but for what batch normalisation does: else folding it in would show nothing."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = make(*options)
        for layer in network.modules():
            if isinstance(layer, torch.nn.BatchNorm2d):
                layer.running_mean.normal_(std=0.1)
                layer.running_var.uniform_(0.5, 2)
                torch.nn.init.uniform_(layer.weight, 0.5, 1.5)
                torch.nn.init.normal_(layer.bias, std=0.1)
    return network.eval()


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A file of weights for every space that needs one."""
    folder = tmp_path_factory.mktemp("weights")
    network = random_network(residual_net.ResidualNet, 1, 10)
    residual_net.save(folder / "classifier.safetensors", network)
    residual_net.save_onnx(folder / "classifier.onnx", network)
    network = random_network(models.resnet34)
    torch.save(network.state_dict(), folder / "resnet34.pth")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inception, "WEIGHTS", save_inception(folder / "inception.pth"))
        yield {
            "pixels": {},
            "classifier": {"weights": folder / "classifier.onnx", "device": "cpu"},
            "resnet34": {"weights": folder / "resnet34.pth", "device": "cpu"},
            "inception": {"weights": folder / "inception.pth", "device": "cpu"},
        }


# Every space


@pytest.fixture(params=FEATURES)
def space(request, weights):
    return build(request.param, **weights[request.param])


def test_features_have_a_row_an_image(space):
    made = space(random_images(5))
    assert made.vectors.dtype == np.float32
    assert made.vectors.shape[0] == 5
    assert np.isfinite(made.vectors).all()
    if not isinstance(space, Pixels):
        assert made.probabilities.dtype == np.float32
        assert made.probabilities.shape[0] == 5
        np.testing.assert_allclose(made.probabilities.sum(axis=1), 1, atol=1e-6)


def test_an_image_has_its_features_in_any_company(space):
    images = random_images(7)
    whole = space(images)
    if not isinstance(space, Pixels):
        space.batch = 3
    for got, rows in ((space(images), slice(None)), (space(images[4:5]), slice(4, 5))):
        scale = np.abs(whole.vectors).max()
        np.testing.assert_allclose(got.vectors, whole.vectors[rows], atol=1e-5 * scale)
        if whole.probabilities is not None:
            np.testing.assert_allclose(got.probabilities, whole.probabilities[rows], atol=1e-4)


@pytest.mark.parametrize(
    "broken",
    [
        random_images(3)[:, 0],
        random_images(3) / 255,
        random_images(3)[:0],
        random_images(3).astype(np.int64),
    ],
)
def test_what_is_no_image_is_refused(space, broken):
    with pytest.raises(ValueError, match=r"images must be uint8 of shape \(n >= 1, c, h, w\), got"):
        space(broken)


def test_unknown_names_and_options_are_listed():
    with pytest.raises(ValueError, match=r"unknown feature space 'resnet'; known are .*resnet34"):
        build("resnet")
    known = "known are weights, device, batch, precision"
    with pytest.raises(ValueError, match=f"no option 'bach'; {known}"):
        build("classifier", bach=3)
    with pytest.raises(ValueError, match="'pixels' has no option 'weights'; it has none"):
        build("pixels", weights="x")


@pytest.mark.parametrize("name", ["classifier", "resnet34", "inception"])
def test_files_of_weights_that_are_none(name, weights, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.bin"):
        build(name, weights=tmp_path / "nowhere.bin")
    content = weights[name]["weights"].read_bytes()
    for broken in (b"", content[: len(content) // 2], b"junk" * 100):
        path = tmp_path / "broken.bin"
        path.write_bytes(broken)
        with pytest.raises(
            ValueError, match=r"broken\.bin (is truncated|cannot be used|is no network|has sha256)"
        ):
            build(name, weights=path)


def test_pixels_are_the_image():
    images = random_images(3, channels=3)
    images[0, 0, 0, 0], images[0, 0, 0, 1] = 0, 255
    vectors = build("pixels")(images).vectors
    assert vectors.shape == (3, 3 * 16 * 16)
    assert (vectors[0, :2] == [0, 1]).all()
    assert (np.rint(vectors * 255).astype(np.uint8).reshape(images.shape) == images).all()


# Networks


def test_fusing_leaves_the_function_and_no_batch_normalisation():
    network = random_network(residual_net.ResidualNet, 3, 4)
    images = torch.rand(2, 3, 16, 16)
    with torch.no_grad():
        vectors, logits = network(images)
        fused = fuse(network)
        torch.testing.assert_close(fused(images), (vectors, logits), rtol=1e-4, atol=1e-5)
    assert not any(isinstance(layer, torch.nn.BatchNorm2d) for layer in fused.modules())


@pytest.fixture
def with_bfloat16(monkeypatch):
    """A CPU that says it has bfloat16; what has no instructions for it is slow, but right."""
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True})


@pytest.mark.parametrize("name", ["classifier", "resnet34", "inception"])
def test_bfloat16_moves_features_a_little(name, weights, with_bfloat16):
    images = random_images(8, side=32)
    fine = build(name, **weights[name])(images)
    coarse = build(name, **weights[name], precision="bfloat16")(images)
    error = np.linalg.norm(coarse.vectors - fine.vectors) / np.linalg.norm(fine.vectors)
    assert 1e-4 < error < 2e-2
    assert coarse.vectors.dtype == np.float32
    rounded = torch.from_numpy(coarse.vectors).bfloat16().float().numpy()
    assert (coarse.vectors != rounded).any()  # they were pooled in float32
    np.testing.assert_allclose(coarse.probabilities.sum(axis=1), 1, atol=1e-6)


def test_spaces_of_another_precision_say_so(weights, with_bfloat16):
    images, paths = random_images(3), {"classifier": weights["classifier"]["weights"]}
    for precision, name in (("float32", "classifier"), ("bfloat16", "classifier_bfloat16")):
        arrays = archive.compute(images, paths, "cpu", precision)
        assert list(archive.load(images, arrays)) == ["pixels", name]


# ResNet-34


@pytest.mark.parametrize("side", [40, 300])  # made larger, made smaller
def test_resnet34_is_that_of_torchvision(weights, side):
    """Batch by batch, channels last and fused, it is the plain network on the plain input."""
    from torchvision.transforms import v2

    plain = models.resnet34(weights=None)
    plain.load_state_dict(torch.load(weights["resnet34"]["weights"], weights_only=True))
    pooled = []
    plain.eval().avgpool.register_forward_hook(lambda *call: pooled.append(call[-1].flatten(1)))
    images = random_images(3, channels=3, side=side)
    prepare = v2.Compose(
        [
            v2.ToDtype(torch.float32, scale=True),
            v2.Resize((224, 224), antialias=True),
            v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]
    )
    with torch.inference_mode():
        probabilities = plain(prepare(torch.from_numpy(images))).softmax(dim=1)
    made = build("resnet34", **weights["resnet34"])(images)
    scale = float(pooled[0].abs().max())
    np.testing.assert_allclose(made.vectors, pooled[0].numpy(), atol=1e-5 * scale)
    np.testing.assert_allclose(made.probabilities, probabilities.numpy(), atol=1e-4)
    assert made.vectors.shape == (3, 512)
    assert made.probabilities.shape == (3, 1000)


def test_resnet34_sees_grey_as_three_equal_channels(weights):
    space, images = build("resnet34", **weights["resnet34"]), random_images(2)
    grey, colour = space(images), space(images.repeat(3, axis=1))
    np.testing.assert_allclose(grey.vectors, colour.vectors, rtol=1e-4, atol=1e-5)
    with pytest.raises(ValueError, match="grey or RGB images, got 2 channels"):
        space(random_images(channels=2))


def test_resnet34_refuses_another_network(tmp_path):
    path = tmp_path / "other.pth"
    torch.save({"conv1.weight": torch.zeros(64, 3, 7, 7), "extra": torch.zeros(1)}, path)
    with pytest.raises(ValueError, match=r"other\.pth holds .* another network") as error:
        build("resnet34", weights=path)
    assert "Missing key" in str(error.value)
    assert "extra" in str(error.value)


def test_resnet34_never_runs_what_a_file_says(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    torch.save({"conv1.weight": Bomb()}, tmp_path / "bomb.pth")
    with pytest.raises(ValueError, match="no file of weights"):
        build("resnet34", weights=tmp_path / "bomb.pth")
    assert not (tmp_path / "ran").exists()


def test_resnet34_is_torchvisions_file():
    (url,) = RESNET34.urls()
    assert url.endswith("/" + RESNET34.name)
    assert RESNET34.sha256[:8] in RESNET34.name  # torchvision's convention
