"""Data that trainings would take for others, what no memory holds, and no numbers, are named."""

import re

import numpy as np
import pytest
import torch
from expost.training import encode_decode
from expost.training.loop import Training
from expost.training.together import Together

CPU = torch.device("cpu")
IMAGES = np.random.default_rng(0).integers(0, 256, (20, 1, 8, 8), dtype=np.uint8)
VECTORS = np.random.default_rng(0).normal(size=(20, 5)).astype(np.float32)
SETTINGS = {"objective": "vae", "networks": {"name": "mlp", "hidden": [8]}, "latent": 3}
SETTINGS |= {"batch": 10, "epochs": [1], "reconstruction": "squared_error"}


def alone(folder, shape, **changes):
    return Training(SETTINGS | changes, shape, ("x",), folder / "kept", CPU)


def two(folder, shape, **changes):
    return Together(SETTINGS | changes, shape, [("x", 0), ("x", 1)], folder / "kept", CPU)


@pytest.mark.parametrize("kind", [np.int64, np.float32, np.float64, bool])
@pytest.mark.parametrize("made", [alone, two])
def test_pixels_of_any_other_type_than_bytes_are_refused(kind, made, tmp_path):
    said = f"got training data of images of {np.dtype(kind)}; wanted uint8, black 0 and white 255"
    with pytest.raises(ValueError, match=said):
        made(tmp_path, (1, 8, 8)).run(IMAGES.astype(kind))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e39])
@pytest.mark.parametrize("made", [alone, two])
def test_vectors_that_are_not_finite_are_refused_before_a_rate_is_blamed(value, made, tmp_path):
    spoilt = VECTORS.astype(np.float64)
    spoilt[3] = value
    with pytest.raises(ValueError, match="^5 of 100 numbers of training data are not finite in f"):
        made(tmp_path, (5,)).run(spoilt)


def test_what_is_held_out_is_looked_at_too(tmp_path):
    trainer = alone(tmp_path, (5,), validation=2)
    with pytest.raises(ValueError, match="^10 of 10 numbers of held-out data are not finite"):
        trainer.run(VECTORS, np.full((2, 5), np.nan))


@pytest.mark.parametrize("data", [VECTORS.astype(object), VECTORS + 0j, VECTORS.astype(str)])
def test_what_are_no_real_numbers_is_refused(data, tmp_path):
    with pytest.raises(TypeError, match="training data must be real numbers, got dtype"):
        alone(tmp_path, (5,)).run(data)


@pytest.mark.parametrize("given", [VECTORS.astype(np.float64), VECTORS.tolist()])
def test_vectors_of_other_real_types_are_the_same_data(given, tmp_path):
    losses = []
    for place, data in enumerate((VECTORS, given)):
        trainer = alone(tmp_path / str(place), (5,))
        trainer.run(data)
        losses.append(trainer.history[0]["autoencoder_reconstruction"])
    assert losses[0] == losses[1]


@pytest.mark.parametrize("made", [alone, two])
def test_networks_that_no_memory_holds_are_named(made, tmp_path):
    said = re.escape(
        "networks {'name': 'mlp', 'hidden': [8]}, width 1.0, latent 1152921504606846976"
    )
    with pytest.raises(MemoryError, match=f"{said}, batch 10, .*; lower what is large of these"):
        made(tmp_path, (5,), latent=2**60)


@pytest.mark.parametrize("made", [alone, two])
def test_a_step_that_no_memory_holds_is_named(made, tmp_path):
    with pytest.raises(MemoryError, match=r"options {'samples': 2305843009213693952}.*; lower"):
        made(tmp_path, (5,), options={"samples": 2**61}).run(VECTORS)


def test_other_errors_stay_what_they_are(tmp_path, monkeypatch):
    trainer = alone(tmp_path, (5,))
    monkeypatch.setattr(trainer.objective, "begin", lambda batches: torch.zeros(2) @ torch.zeros(3))
    with pytest.raises(RuntimeError, match="size"):
        trainer.run(VECTORS)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    ("compute", "who", "shape"),
    [
        (encode_decode.encode, "encoder", (2,)),
        (encode_decode.decode, "decoder", (2,)),
        (encode_decode.decode, "decoder", (1, 2, 2)),
    ],
)
def test_what_networks_make_of_no_finite_numbers_is_refused(compute, who, shape, value):
    """Rounded to bytes it would be black or white, and nobody would see why."""
    made = np.full((3, *shape), value, np.float32)
    said = f"^{made.size} of {made.size} numbers that the {who} made are not finite; look at how it"
    with pytest.raises(ValueError, match=said):
        compute(lambda codes: [made.copy()], np.zeros((3, 2), np.float32))
