"""What the feature spaces promise, on images made here or bundled with scikit-learn."""

import numpy as np
import pytest
from expost.features import FEATURES, build
from expost.features.pixels import Pixels

torch = pytest.importorskip("torch")

from expost.device import pick  # noqa: E402 (needs torch)
from expost.features import classifier, resnet34  # noqa: E402
from expost.features.train import train_classifier  # noqa: E402
from expost.weights import RESNET34  # noqa: E402


def random_images(n=6, channels=1, side=16, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (n, channels, side, side), dtype=np.uint8)


def split(images, labels, n):
    return images[:n], labels[:n], images[n:], labels[n:]


@pytest.fixture(scope="module")
def digits():
    """scikit-learn's 8x8 scans as 16x16 images, shuffled: 1000 to train, 797 to test."""
    from sklearn.datasets import load_digits

    data = load_digits()
    images = (data.images * 255 / 16).astype(np.uint8).repeat(2, axis=1).repeat(2, axis=2)[:, None]
    order = np.random.default_rng(0).permutation(len(images))
    return split(images[order], data.target[order], 1000)


@pytest.fixture(scope="module")
def trained(digits):
    return train_classifier(*digits, epochs=8, seed=0, device="cpu", batch=40)


@pytest.fixture(scope="module")
def weights(tmp_path_factory, trained):
    """A file of weights for every space that needs one."""
    folder = tmp_path_factory.mktemp("weights")
    classifier.save(folder / "classifier.safetensors", trained[0])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = resnet34.models.resnet34(weights=None)
        for layer in network.modules():  # else folding them into convolutions shows nothing
            if isinstance(layer, torch.nn.BatchNorm2d):
                layer.running_mean.normal_(std=0.1)
                layer.running_var.uniform_(0.5, 2)
                torch.nn.init.uniform_(layer.weight, 0.5, 1.5)
                torch.nn.init.normal_(layer.bias, std=0.1)
    torch.save(network.state_dict(), folder / "resnet34.pth")
    return {
        "pixels": {},
        "classifier": {"weights": folder / "classifier.safetensors", "device": "cpu"},
        "resnet34": {"weights": folder / "resnet34.pth", "device": "cpu"},
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
    with pytest.raises(ValueError, match="no option 'bach'; known are weights, device, batch"):
        build("classifier", bach=3)
    with pytest.raises(ValueError, match="'pixels' has no option 'weights'; it has none"):
        build("pixels", weights="x")


@pytest.mark.parametrize("name", ["classifier", "resnet34"])
def test_files_of_weights_that_are_none(name, weights, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.bin"):
        build(name, weights=tmp_path / "nowhere.bin")
    content = weights[name]["weights"].read_bytes()
    for broken in (b"", content[: len(content) // 2], b"junk" * 100):
        path = tmp_path / "broken.bin"
        path.write_bytes(broken)
        with pytest.raises(ValueError, match=r"broken\.bin is truncated or no"):
            build(name, weights=path)


def test_pixels_are_the_image():
    images = random_images(3, channels=3)
    images[0, 0, 0, 0], images[0, 0, 0, 1] = 0, 255
    vectors = build("pixels")(images).vectors
    assert vectors.shape == (3, 3 * 16 * 16)
    assert (vectors[0, :2] == [0, 1]).all()
    assert (np.rint(vectors * 255).astype(np.uint8).reshape(images.shape) == images).all()


# Classifier


def test_classifier_learns_digits(trained, digits, weights):
    network, history = trained
    assert [row["epoch"] for row in history] == list(range(1, 9))
    assert history[-1]["test_accuracy"] > 0.95
    assert history[-1]["loss"] < history[0]["loss"]
    made = build("classifier", **weights["classifier"])(digits[2])
    accuracy = (made.probabilities.argmax(axis=1) == digits[3]).mean()
    assert accuracy == pytest.approx(history[-1]["test_accuracy"])
    assert made.vectors.shape == (797, network.about["widths"][-1])


def test_training_again_gives_the_same_bytes(digits, tmp_path):
    images, labels, test_images, test_labels = (part[:130] for part in digits)

    def train(seed, name):
        network, _ = train_classifier(
            images, labels, test_images, test_labels, epochs=2, seed=seed, device="cpu", batch=50
        )
        classifier.save(tmp_path / name, network)
        return (tmp_path / name).read_bytes()

    first = train(0, "first")
    torch.manual_seed(99)
    before = torch.get_rng_state()
    assert train(0, "again") == first
    assert (torch.get_rng_state() == before).all()
    assert train(1, "other") != first


@pytest.mark.parametrize("shape", [(3, 8, 8), (1, 9, 13), (4, 28, 28), (1, 64, 48)])
def test_classifier_takes_any_image_shape(shape):
    """Two images a class, and a last batch that would be one image."""
    images = np.random.default_rng(0).integers(0, 256, (5, *shape), dtype=np.uint8)
    labels = np.array([0, 1, 2, 0, 1])
    network, _ = train_classifier(
        images, labels, images, labels, epochs=1, seed=0, device="cpu", batch=2
    )
    vectors, logits = network(torch.from_numpy(images).float() / 255)
    assert (vectors.shape, logits.shape) == ((5, 128), (5, 3))


@pytest.mark.parametrize(
    ("labels", "test_labels", "message"),
    [
        (None, None, "training images have no labels"),
        ([0, 1, 0, 1], None, "test images have no labels"),
        ([0, 0, 0, 0], [0, 0], "needs 2 classes"),
        ([0, 3, 1, 3], [0, 1], r"classes \[2\] of 0..3 have no training images"),
        ([1, 2, 2, 1], [1, 2], r"classes \[0\] of 0..2"),
        ([0, 1, 0, 1], [0, 2], r"test label 2 is not among the training labels 0..1"),
        ([0, 1, -1, 1], [0, 1], "training labels must be 4 integers >= 0"),
        ([0, 1, 0], [0, 1], r"training labels must be 4 integers >= 0.*got int64 \(3,\)"),
        ([0.0, 1.0, 0.0, 1.0], [0, 1], "got float64"),
    ],
)
def test_labels_that_cannot_train(labels, test_labels, message):
    labels, test_labels = (None if y is None else np.array(y) for y in (labels, test_labels))
    with pytest.raises(ValueError, match=message):
        train_classifier(random_images(4), labels, random_images(2), test_labels, epochs=1, seed=0)


def test_images_that_cannot_train():
    y = np.array([0, 1, 0, 1])
    with pytest.raises(ValueError, match="at least 8x8"):
        train_classifier(random_images(4, side=7), y, random_images(4, side=7), y, epochs=1, seed=0)
    with pytest.raises(ValueError, match="of one shape"):
        train_classifier(random_images(4), y, random_images(4, side=32), y, epochs=1, seed=0)


def test_settings_that_cannot_train(digits):
    for wrong in ({"epochs": 0}, {"epochs": 1, "batch": 1}):
        with pytest.raises(ValueError, match="wanted epochs >= 1 and batch >= 2"):
            train_classifier(*digits, seed=0, **wrong)


def test_a_classifier_of_other_images(weights):
    with pytest.raises(ValueError, match=r"got images of 3 channels, .* trained on 1"):
        build("classifier", **weights["classifier"])(random_images(channels=3))


# ResNet-34


@pytest.mark.parametrize("side", [40, 300])  # made larger, made smaller
def test_resnet34_is_that_of_torchvision(weights, side):
    """Batch by batch, channels last and fused, it is the plain network on the plain input."""
    from torchvision.transforms import v2

    plain = resnet34.models.resnet34(weights=None)
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


# Device


def test_device():
    assert pick("cpu") == torch.device("cpu")
    assert pick("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
    with pytest.raises(ValueError, match="unknown device 'gpu'; known are auto, cpu, cuda"):
        pick("gpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="has CUDA")
def test_cuda_without_cuda():
    with pytest.raises(ValueError, match="finds no CUDA device"):
        pick("cuda")
