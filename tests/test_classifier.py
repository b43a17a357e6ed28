"""The classifier learns, from its arguments alone, and refuses what it cannot learn from."""

import numpy as np
import pytest
from expost.features import build
from expost.metrics import scoring

torch = pytest.importorskip("torch")

from expost.features import archive, held_out_accuracy, residual_net, targets  # noqa: E402
from expost.features.base import Features  # noqa: E402 (needs torch)
from expost.features.classifier_training import train_classifier  # noqa: E402 (needs torch)
from expost.io import safetensors  # noqa: E402 (needs torch)


def random_images(n=6, channels=1, side=16):
    return np.random.default_rng(0).integers(0, 256, (n, channels, side, side), dtype=np.uint8)


@pytest.fixture(scope="module")
def digits():
    """scikit-learn's 8x8 scans, shuffled: 1000 to train, 797 to test."""
    from sklearn.datasets import load_digits

    data = load_digits()
    images = (data.images * 255 / 16).astype(np.uint8)[:, None]
    order = np.random.default_rng(0).permutation(len(images))
    images, labels = images[order], data.target[order]
    return images[:1000], labels[:1000], images[1000:], labels[1000:]


@pytest.fixture(scope="module")
def trained(digits):
    return train_classifier(*digits, epochs=8, seed=0, device="cpu", batch=40)


@pytest.fixture(scope="module")
def weights(tmp_path_factory, trained):
    path = tmp_path_factory.mktemp("weights") / "classifier.onnx"
    residual_net.save_onnx(path, trained[0])
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


@pytest.mark.parametrize(("epochs", "sound"), [(None, True), (3, False)])
def test_the_usual_steps_are_enough_for_480_images_of_six_classes(digits, epochs, sound):
    images, labels = (np.concatenate(parts) for parts in (digits[::2], digits[1::2]))
    rows = np.flatnonzero(labels < 6)[:480]
    training, test = rows[:384], rows[384:]
    network, _ = train_classifier(
        *(images[training], labels[training], images[test], labels[test]),
        **{"epochs": epochs, "seed": 0, "device": "cpu"},
    )
    with torch.inference_mode():
        told = network(torch.from_numpy(images[test]).float() / 255)[1].softmax(dim=1).numpy()
    space = Features(np.zeros((96, 1)), probabilities=told)
    found = held_out_accuracy.measure("digits", space, labels[test])
    assert (not found.doubt) == sound
    assert (found.accuracy > 0.95) == sound


def test_features_are_those_of_the_network_as_it_was_trained(trained, digits, weights):
    """Fused and in ONNX, it is the plain network."""
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
        residual_net.save(tmp_path / name, network)
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
        ([0, 0, 0, 0], [0, 0], "needs 2 classes"),
        ([0, 3, 1, 3], [0, 1], r"classes \[2\] of 0..3 have no training images"),
        ([1, 2, 2, 1], [1, 2], r"classes \[0\] of 0..2"),
        ([0, 1, 0, 1], [0, 2], r"test label 2 is not among the training labels 0..1"),
        ([0, 1, -1, 1], [0, 1], "training labels must be integers >= 0, one an image"),
        ([0, 1, 0], [0, 1], "got labels of 3 training images, wanted 4"),
        ([0.0, 1.0, 0.0, 1.0], [0, 1], "got float64"),
        ([[0], [1], [0], [1]], [0, 1], r"got int64 \(4, 1\)"),
    ],
)
def test_labels_that_cannot_train(labels, test_labels, message):
    labels, test_labels = np.array(labels), np.array(test_labels)
    with pytest.raises(ValueError, match=message):
        train_classifier(random_images(4), labels, random_images(2), test_labels, epochs=1, seed=0)


@pytest.mark.parametrize(
    ("attributes", "test_attributes", "message"),
    [
        ([[0, 1], [1, 2]], [[0, 1]] * 2, r"training attributes must be 0 or 1, .*int64 \(2, 2\)"),
        ([[0, 1], [1, 1]], [[0], [1]], r"test attributes .* as many in either part, .*\(2, 1\)"),
        ([0, 1], [0, 1], r"a row an image, .* got int64 \(2,\)"),
        ([[], []], [[], []], "0 attributes, and a classifier needs 1"),
        ([[0]], [[0], [1]], "got attributes of 1 training images, wanted 2"),
    ],
)
def test_attributes_that_cannot_train(attributes, test_attributes, message):
    images, known, test_known = random_images(2), np.array(attributes), np.array(test_attributes)
    with pytest.raises(ValueError, match=message):
        train_classifier(images, known, images, test_known, target="attributes", epochs=1, seed=0)


def test_labels_come_before_attributes_and_nothing_is_refused():
    assert targets.known({"attributes_train": 0, "labels_train": 0}) == "labels"
    assert targets.known({"attributes_train": 0}) == "attributes"
    with pytest.raises(ValueError, match="neither labels nor attributes.*resnet34"):
        targets.known({"images_train": 0})


@pytest.fixture(scope="module")
def of_attributes(digits):
    """Trained to tell of digits whether they are even and whether they are above 6."""
    images, labels, test_images, test_labels = digits
    flags, test_flags = (np.stack([y % 2 == 0, y > 6], 1) * 1 for y in (labels, test_labels))
    trained = train_classifier(
        images, flags, test_images, test_flags, target="attributes", epochs=8, seed=0, batch=40
    )
    return *trained, test_flags


def test_attributes_are_learned_and_told_as_probabilities(of_attributes, digits, tmp_path):
    network, history, flags = of_attributes
    assert history[-1]["test_accuracy"] > 0.93
    assert history[-1]["loss"] < history[0]["loss"]
    residual_net.save_onnx(tmp_path / "weights", network)
    made = build("classifier", weights=tmp_path / "weights", device="cpu")(digits[2])
    assert made.probabilities is None  # an image may be both: they are no law over classes
    assert made.attributes.shape == flags.shape
    assert made.attributes.dtype == np.float32
    assert ((made.attributes >= 0) & (made.attributes <= 1)).all()
    accuracy = ((made.attributes > 0.5) == flags).mean()
    assert accuracy == pytest.approx(history[-1]["test_accuracy"])
    arrays = archive.compute(digits[2], {"classifier": tmp_path / "weights"}, "cpu")
    assert set(arrays) == {"classifier/vectors", "classifier/attributes"}
    np.testing.assert_array_equal(arrays["classifier/attributes"], made.attributes)


def test_the_loss_of_attributes_is_the_mean_binary_cross_entropy():
    learned, logits = targets.TARGETS["attributes"], torch.tensor([[0.0, 2.0], [-1.0, 3.0]])
    y = learned.prepare(np.uint8([[0, 1], [1, 0]]))
    p = 1 / (1 + np.exp(-logits.numpy()))
    by_hand = -np.mean(np.log([[1 - p[0, 0], p[0, 1]], [p[1, 0], 1 - p[1, 1]]]))
    assert float(learned.loss(logits, y)) == pytest.approx(by_hand, rel=1e-5)
    np.testing.assert_allclose(learned.probabilities(logits), p, rtol=1e-6)
    assert (
        float(learned.accuracy(logits, y)) == 1.0
    )  # of two images: both of one, none of the other


def test_scores_of_attribute_features_are_those_without_classes(of_attributes, digits, tmp_path):
    residual_net.save_onnx(tmp_path / "weights", of_attributes[0])
    space = build("classifier", weights=tmp_path / "weights", device="cpu")
    scores = scoring.score(space(digits[0][:40]), space(digits[2][:40]))
    assert {"emd", "frechet"} < set(scores)
    assert not {"inception_score", "fid_softmax"} & set(scores)


def test_a_classifier_from_before_there_were_attributes_tells_labels(trained, tmp_path):
    about = {key: value for key, value in trained[0].about.items() if key != "target"}
    safetensors.save(tmp_path / "old", trained[0].state_dict(), about)
    assert residual_net.load(tmp_path / "old").about["target"] == "labels"


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
