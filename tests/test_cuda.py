"""What runs on a GPU gives there the same bytes again, and what the CPU gives but for rounding."""

import numpy as np
import pytest
import torch
from expost.features import build, inception, residual_net
from expost.features.classifier_training import train_classifier
from expost.runtime import device
from expost.samplers import RealNVP
from expost.training import encode_decode
from expost.training.loop import Training
from random_inception import save_inception
from sklearn.datasets import load_digits
from torchvision import models

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="has no CUDA device")


@pytest.fixture(scope="module")
def images():
    """1,000 digits, uint8 (n, 1, 16, 16)."""
    scans = load_digits().images[:1000].astype(np.uint8)[:, None] * 15
    return scans.repeat(2, axis=2).repeat(2, axis=3)


@pytest.fixture(scope="module")
def labels():
    return load_digits().target[:1000]


def trained(folder, data, epochs, where="cuda", **changes):
    """A training and what it leaves: the bytes of its checkpoint, and the paths of its files."""
    entry = {"objective": "vae", "latent": 4, "batch": 100, "epochs": [epochs]} | changes
    trainer = Training(entry, data.shape[1:], ("train", 0), folder / "kept", device.pick(where))
    trainer.run(data)
    names = ("x.safetensors", "encoder.onnx", "decoder.onnx")
    checkpoint, *networks = ([folder / name] for name in names)
    trainer.finish(checkpoint, folder / "history.csv", *networks)
    return trainer, [path.read_bytes() for (path,) in (checkpoint, *networks)]


def test_the_device_is_found_and_named():
    assert device.is_gpu()
    assert device.is_gpu("cuda")
    assert not device.is_gpu("cpu")
    assert device.describe() == f"cuda ({torch.cuda.get_device_name()})"
    device.check("cuda", "bfloat16")


def test_a_training_ends_in_the_same_bytes_also_where_it_was_interrupted(tmp_path, images):
    first = trained(tmp_path / "a", images, 3)[1]
    assert trained(tmp_path / "b", images, 3)[1] == first
    trained(tmp_path / "c", images, 1)
    assert trained(tmp_path / "c", images, 3)[1] == first


def test_a_training_learns_what_it_learns_on_the_cpu(tmp_path, images):
    on_gpu, on_cpu = (  # without noise, as each device has random numbers of its own
        trained(tmp_path / where, images, 2, where, objective="ae")[0].history
        for where in ("cuda", "cpu")
    )
    for ours, theirs in zip(on_gpu, on_cpu, strict=True):
        name = "autoencoder_reconstruction"
        assert ours[name] == pytest.approx(theirs[name], rel=0.01)


def test_networks_compute_what_they_do_on_the_cpu(tmp_path, images):
    trained(tmp_path, images, 1)
    found = {}
    for where in ("cuda", "cpu"):
        encoder, decoder = (
            encode_decode.network(
                part, tmp_path / f"{part}.onnx", tmp_path / "x.safetensors", where
            )
            for part in ("encoder", "decoder")
        )
        codes = encode_decode.encode(encoder, images)
        found[where] = codes, encode_decode.decode(decoder, codes)
    (codes, made), (cpu_codes, cpu_made) = found["cuda"], found["cpu"]
    np.testing.assert_allclose(codes, cpu_codes, atol=2e-3 * np.abs(cpu_codes).max())
    assert np.abs(made.astype(int) - cpu_made).max() <= 2


def test_the_classifier_learns_and_gives_the_features_of_the_cpu(tmp_path, images, labels):
    def train():
        parts = (images[:800], labels[:800], images[800:], labels[800:])
        return train_classifier(*parts, epochs=8, seed=0, device="cuda", batch=40)

    (network, history), (again, _) = train(), train()
    assert history[-1]["test_accuracy"] > 0.9
    for one, other in zip(network.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    residual_net.save(tmp_path / "c.safetensors", network)
    residual_net.save_onnx(tmp_path / "c.onnx", network)
    on_cpu = build("classifier", weights=tmp_path / "c.onnx", device="cpu")(images[800:])
    for precision, share in (("float32", 2e-3), ("bfloat16", 0.05)):
        space = build("classifier", weights=tmp_path / "c.onnx", device="cuda", precision=precision)
        made, largest = space(images[800:]), np.abs(on_cpu.vectors).max()
        np.testing.assert_allclose(made.vectors, on_cpu.vectors, atol=share * largest)
        np.testing.assert_allclose(made.probabilities, on_cpu.probabilities, atol=10 * share)


def test_resnet34_gives_the_features_of_the_cpu(tmp_path, images):
    torch.manual_seed(0)
    torch.save(models.resnet34().state_dict(), tmp_path / "resnet34.pth")
    found = [
        build("resnet34", weights=tmp_path / "resnet34.pth", device=where)(images[:20]).vectors
        for where in ("cuda", "cpu")
    ]
    np.testing.assert_allclose(*found, atol=2e-3 * np.abs(found[1]).max())


def test_inception_gives_the_features_of_the_cpu(tmp_path, images, monkeypatch):
    path = tmp_path / "inception.pth"
    monkeypatch.setattr(inception, "WEIGHTS", save_inception(path))
    found = [
        build("inception", weights=path, device=where)(images[:8]) for where in ("cuda", "cpu")
    ]
    largest = np.abs(found[1].vectors).max()
    np.testing.assert_allclose(*(made.vectors for made in found), atol=2e-3 * largest)


def test_a_flow_gives_the_same_draws_again_and_the_density_of_the_cpu(tmp_path):
    codes = np.random.default_rng(0).standard_normal((500, 4)) @ np.diag([1, 2, 3, 4.0])
    flows = [RealNVP(steps=50, hidden=32, device="cuda").fit(codes, 0) for _ in range(2)]
    draws = [flow.sample(100, 1) for flow in flows]
    np.testing.assert_array_equal(*draws)
    flows[0].save(tmp_path / "flow.npz")
    np.testing.assert_array_equal(RealNVP.load(tmp_path / "flow.npz").sample(100, 1), draws[0])
    flows[0].device = "cpu"
    flows[0].save(tmp_path / "cpu.npz")
    there = RealNVP.load(tmp_path / "cpu.npz")
    np.testing.assert_allclose(there.score_samples(codes), flows[1].score_samples(codes), atol=1e-2)
