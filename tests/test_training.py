"""The training loop: it learns, depends on its identity alone, and does what the settings say."""

import copy
import csv

import numpy as np
import pytest
import torch
from expost.io import safetensors
from expost.networks import architectures
from expost.runtime import device
from expost.runtime.seeding import seed
from expost.training import checkpoints, encode_decode, passes, settings
from expost.training.loop import Training
from sklearn.datasets import load_digits

from benchmarks.plain import training as plain

CPU = torch.device("cpu")
SMALL = {"name": "mlp", "hidden": [32]}
CONVOLUTIONS = {"networks": architectures.DEFAULT}


@pytest.fixture(scope="module")
def images():
    """200 digits, uint8 (n, 1, 16, 16)."""
    scans = load_digits().images[:200].astype(np.uint8)[:, None] * 15  # (n, 1, 8, 8)
    return scans.repeat(2, axis=2).repeat(2, axis=3)


def train(folder, data, identity=("train", 0), epochs=(1, 3), **changes):
    entry = {"objective": "ae", "networks": SMALL, "latent": 4, "batch": 32} | changes
    entry["epochs"] = list(epochs)
    trainer = Training(entry, data.shape[1:], identity, folder / "kept", CPU)
    held = entry.get("validation", 0)
    trainer.run(data[: len(data) - held], data[len(data) - held :])
    paths = [
        [folder / f"epoch{epoch}.{kind}" for epoch in epochs]
        for kind in ("safetensors", "encoder.onnx", "decoder.onnx")
    ]
    trainer.finish(paths[0], folder / "history.csv", *paths[1:])
    return paths[0], trainer.history


@pytest.mark.parametrize("objective", ["ae", "vae"])
def test_the_loss_falls_on_training_and_on_held_out_images(tmp_path, images, objective):
    entry = {"objective": objective, "validation": 50} | CONVOLUTIONS
    _, history = train(tmp_path, images, epochs=(4,), **entry)
    first, last = history[0], history[-1]
    assert last["autoencoder_reconstruction"] < 0.7 * first["autoencoder_reconstruction"]
    assert last["validation"] < first["validation"]


def header(folder):
    with open(folder / "history.csv", newline="") as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, list(reader)


def test_history_has_a_row_an_epoch_with_every_term(tmp_path, images):
    train(tmp_path, images, objective="vae")
    names, rows = header(tmp_path)
    assert names == ["epoch", "autoencoder_reconstruction", "autoencoder_kl", "images_per_second"]
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]


def test_history_tells_the_validation_loss_and_the_rate_where_there_are_any(tmp_path, images):
    schedule = {"kind": "halved_on_plateau"}
    train(tmp_path, images, validation=50, schedule=schedule)
    names, rows = header(tmp_path)
    assert names[2:4] == ["autoencoder_learning_rate", "validation"]
    assert float(rows[0]["autoencoder_learning_rate"]) == 0.001


@pytest.fixture
def told(monkeypatch):
    """Validation losses that are told, whatever was learnt: a function that takes them."""

    def tell(*losses):
        left = iter(losses)
        monkeypatch.setattr(passes, "validation", lambda objective, data: next(left))

    return tell


def test_the_rate_is_halved_where_the_validation_loss_stands_still(tmp_path, images, told):
    told(5.0, 4.0, 4.0, 6.0, 3.0, 3.5, 3.2, 3.1)
    schedule = {"kind": "halved_on_plateau", "patience": 2}
    _, history = train(tmp_path, images[:60], epochs=(8,), validation=20, schedule=schedule)
    rates = [row["autoencoder_learning_rate"] for row in history]
    assert rates == [0.001] * 4 + [0.0005] * 3 + [0.00025]


def test_the_best_weights_are_those_of_the_least_validation_loss_so_far(tmp_path, images, told):
    """Each epoch's are kept in the other training."""
    losses = (5.0, 3.0, 4.0, 1.0, 2.0)
    told(*losses, *losses)
    entry = {"validation": 20} | CONVOLUTIONS  # whose batch normalisation has buffers, too
    every, _ = train(tmp_path / "last", images[:60], epochs=range(1, 6), **entry)
    best, _ = train(tmp_path / "best", images[:60], epochs=(3, 5), keep="best", **entry)
    for path, epoch in zip(best, (2, 4), strict=True):
        wanted = safetensors.load(every[epoch - 1])[0]
        got = safetensors.load(path)[0]
        assert all(torch.equal(got[name], wanted[name]) for name in wanted)


def test_same_identity_same_bytes_and_another_identity_other_weights(tmp_path, images):
    images = images[:80]
    one, _ = train(tmp_path / "a", images, epochs=(1, 2), **CONVOLUTIONS)
    torch.manual_seed(5)  # the global state must not matter
    two, _ = train(tmp_path / "b", images, epochs=(1, 2), **CONVOLUTIONS)
    other, _ = train(tmp_path / "c", images, epochs=(1, 2), identity=("train", 1), **CONVOLUTIONS)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert one[0].read_bytes() != other[0].read_bytes()
    for path in (tmp_path / "a").glob("*.onnx"):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_three_steps_are_those_of_the_plain_loop(tmp_path, images):
    """Same first weights and order of images: rounding is a thousandth of what the steps move.

    Adam's first steps are signs of gradients, which rounding turns where these are about 0. A large
    `eps` makes them proportional to the gradients.
    """
    optimiser = {"name": "Adam", "learning_rate": 0.01, "weight_decay": 1e-3, "eps": 10.0}
    entry = {"objective": "ae", "latent": 4, "batch": 32, "epochs": [1], "optimiser": optimiser}
    trainer = Training(entry, (1, 16, 16), ("x",), tmp_path, CPU)
    parts = {part: getattr(plain, part)((1, 16, 16), 4) for part in ("encoder", "decoder")}
    for name, part in parts.items():
        part.load_state_dict(getattr(trainer.objective, name).state_dict())
    first = {name: copy.deepcopy(part.state_dict()) for name, part in parts.items()}
    shuffle = torch.Generator().manual_seed(seed("x", "shuffle", 1))
    order = torch.randperm(96, generator=shuffle).numpy()
    trainer.run(images[:96])
    shuffled = plain.dataset(images[:96][order])
    loss = plain.train(**parts, images=shuffled, batch=32, shuffle=False, lr=0.01, eps=10.0)
    assert trainer.history[0]["autoencoder_reconstruction"] == pytest.approx(loss, rel=1e-5)
    for name, part in parts.items():
        trained = getattr(trainer.objective, name).state_dict()
        for key, expected in part.state_dict().items():
            if key.endswith("weight"):  # biases before batch normalisation follow rounding alone
                moved = (expected - first[name][key]).abs().max()
                assert (trained[key] - expected).abs().max() < 1e-3 * moved, key


def test_training_leaves_global_random_numbers_alone(tmp_path, images):
    torch.manual_seed(3)
    wanted = torch.rand(2)
    torch.manual_seed(3)
    train(tmp_path, images, epochs=(1,), objective="vae")
    assert torch.equal(torch.rand(2), wanted)


def test_a_checkpoint_does_not_depend_on_later_epochs(tmp_path, images):
    short, _ = train(tmp_path / "short", images, epochs=(1,), **CONVOLUTIONS)
    long, _ = train(tmp_path / "long", images, epochs=(1, 3), **CONVOLUTIONS)
    assert short[0].read_bytes() == long[0].read_bytes()


def test_a_checkpoint_gives_codes_and_images_back_by_either_runtime(tmp_path, images):
    (path, *_), _ = train(tmp_path, images, epochs=(1,), objective="vae", **CONVOLUTIONS)
    encoder, decoder = (
        encode_decode.network(part, path.with_suffix(f".{part}.onnx"), path, "cpu")
        for part in ("encoder", "decoder")
    )
    codes = encode_decode.encode(encoder, images)
    assert (codes.shape, codes.dtype) == ((200, 4), np.float32)
    np.testing.assert_allclose(encode_decode.encode(encoder, images, batch=7), codes, atol=1e-5)
    decoded = encode_decode.decode(decoder, codes)
    assert (decoded.shape, decoded.dtype) == (images.shape, np.uint8)
    model = checkpoints.load(path)
    with torch.inference_mode():
        expected = model.encode(torch.from_numpy(images) / 255)
        shown = model.decode(expected).numpy() * 255
    np.testing.assert_allclose(codes, expected, atol=1e-5)
    assert np.abs(decoded - shown).max() <= 0.5 + 255e-5  # rounded to a whole number


def test_vectors_are_trained_on_by_an_mlp(tmp_path):
    vectors = np.random.default_rng(0).normal(size=(200, 12)).astype(np.float32)
    vectors[:, 2:] = vectors[:, :2] @ np.ones((2, 10), np.float32)  # two dimensions of twelve
    entry = {"networks": "mlp", "reconstruction": "squared_error", "reduction": "mean"}
    (path,), history = train(tmp_path, vectors, epochs=(20,), **entry)
    encoder, decoder = (
        encode_decode.network(part, path.with_suffix(f".{part}.onnx"), path, "cpu")
        for part in ("encoder", "decoder")
    )
    decoded = encode_decode.decode(decoder, encode_decode.encode(encoder, vectors))
    assert (decoded.shape, decoded.dtype) == (vectors.shape, np.float32)
    assert ((decoded - vectors) ** 2).mean() < 0.2 * vectors.var()
    assert history[-1]["autoencoder_reconstruction"] < history[0]["autoencoder_reconstruction"]


def test_a_diverging_training_says_so(tmp_path, images):
    with pytest.raises(FloatingPointError, match="diverged in epoch .* learning_rate below 1e"):
        train(tmp_path, images, optimiser={"name": "Adam", "learning_rate": 1e30})


def test_data_of_another_shape_or_number_are_refused(tmp_path, images):
    entry = settings.resolve({"objective": "ae", "epochs": [1], "validation": 5})
    trainer = Training(entry, (1, 16, 16), ("x",), tmp_path, CPU)
    with pytest.raises(ValueError, match=r"got training data \(200, 1, 8, 16\).*\(n, 1, 16, 16\)"):
        trainer.run(images[:, :, ::2], images[:5])
    with pytest.raises(ValueError, match="got 4 held-out items, wanted 5"):
        trainer.run(images, images[:4])


def test_a_truncated_checkpoint_is_named(tmp_path, images):
    (path, *_), _ = train(tmp_path, images)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"epoch1\.safetensors is truncated"):
        checkpoints.load(path)


def test_a_file_that_is_no_checkpoint_is_named(tmp_path):
    safetensors.save(tmp_path / "other.safetensors", {"x": torch.zeros(2)}, {"what": "something"})
    with pytest.raises(ValueError, match=r"other\.safetensors is no checkpoint"):
        checkpoints.load(tmp_path / "other.safetensors")


@pytest.mark.parametrize("part", ["encoder", "decoder"])
def test_where_there_is_a_gpu_pytorch_computes_the_same(part, tmp_path, images, monkeypatch):
    """Tried on a CPU that is taken for one; without a checkpoint, ONNX is run on the CPU."""
    (path, *_), _ = train(tmp_path, images[:80], epochs=(1,), objective="vae", **CONVOLUTIONS)
    monkeypatch.setattr(device, "is_gpu", lambda name: True)
    onnx = path.with_suffix(f".{part}.onnx")
    by_torch = encode_decode.network(part, onnx, path, "cpu")
    by_onnx = encode_decode.network(part, onnx, device="cpu")
    assert (type(by_torch).__module__, type(by_onnx).__module__) == (
        "expost.training.on_gpu",
        "expost.networks.onnx_runtime",
    )
    x = np.random.default_rng(0).random((5, *by_onnx.shape), dtype=np.float32)
    np.testing.assert_allclose(by_torch(x)[0], by_onnx(x)[0], atol=1e-5)
