"""The classifier learns, from its arguments alone, and refuses what it cannot learn from."""

import numpy as np
import pytest
from expost.features import build

torch = pytest.importorskip("torch")

from expost.features import classifier  # noqa: E402 (needs torch)
from expost.features.train import train_classifier  # noqa: E402


def random_images(n=6, channels=1, side=16):
    return np.random.default_rng(0).integers(0, 256, (n, channels, side, side), dtype=np.uint8)


@pytest.fixture(scope="module")
def digits():
    """scikit-learn's 8x8 scans as 16x16 images, shuffled: 1000 to train, 797 to test."""
    from sklearn.datasets import load_digits

    data = load_digits()
    images = (data.images * 255 / 16).astype(np.uint8).repeat(2, axis=1).repeat(2, axis=2)[:, None]
    order = np.random.default_rng(0).permutation(len(images))
    images, labels = images[order], data.target[order]
    return images[:1000], labels[:1000], images[1000:], labels[1000:]


@pytest.fixture(scope="module")
def trained(digits):
    return train_classifier(*digits, epochs=8, seed=0, device="cpu", batch=40)


@pytest.fixture(scope="module")
def weights(tmp_path_factory, trained):
    path = tmp_path_factory.mktemp("weights") / "classifier.safetensors"
    classifier.save(path, trained[0])
    return path


def test_classifier_learns_digits(trained, digits, weights):
    network, history = trained
    assert [row["epoch"] for row in history] == list(range(1, 9))
    assert history[-1]["test_accuracy"] > 0.95
    assert history[-1]["loss"] < history[0]["loss"]
    made = build("classifier", weights=weights, device="cpu")(digits[2])
    accuracy = (made.probabilities.argmax(axis=1) == digits[3]).mean()
    assert accuracy == pytest.approx(history[-1]["test_accuracy"])
    assert made.vectors.shape == (797, network.about["widths"][-1])


def test_features_are_those_of_the_network_as_it_was_trained(trained, digits, weights):
    """Fused and channels last, it is the plain network."""
    from benchmarks.plain.features import classifier as plain

    expected = plain(trained[0], digits[2][:50], batch=50)
    made = build("classifier", weights=weights, device="cpu")(digits[2][:50]).vectors
    np.testing.assert_allclose(made, expected, atol=1e-5 * expected.max())


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
        build("classifier", weights=weights, device="cpu")(random_images(channels=3))
