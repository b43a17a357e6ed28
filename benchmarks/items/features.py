"""Feature vectors of images: ours, and torchvision's ResNet-34 as it is."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np

from ..compare import Row, alone, compare
from ..data import images
from ..flops import convolution_rate, flops


def rows() -> Iterator[Row]:
    """ResNet-34 at 224x224, as we use it, and at 64x64, with scores; and the small classifier."""
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "resnet34.pth"
        state = _random_resnet34(weights)
        # The batches are those in which the plain network is fastest.
        yield from _resnet34(weights, state, side=224, n=32, plain_batch=8, batch=16)
        yield from _resnet34(weights, state, side=64, n=256, plain_batch=32, batch=64)
        if "bfloat16" in precisions():
            yield _scores(weights)
        yield _classifier(Path(folder) / "classifier.onnx")


def _resnet34(weights, state, side: int, n: int, plain_batch: int, batch: int) -> Iterator[Row]:
    from expost.features import resnet34

    from ..plain import features as plain

    x, network = images(0, n, 3, side), plain.resnet34(state)
    counted = flops(lambda: plain.features(network, x[:1], side, 1))
    for precision, tolerance in precisions().items():
        with patch.object(resnet34, "SIDE", side):
            ours = resnet34.ResNet34(weights, "cpu", batch, precision)
            yield compare(
                f"ResNet-34 features in {precision}, {n} images {side}x{side}",
                (
                    f"torchvision, float32, batches of {plain_batch}",
                    lambda: plain.features(network, x, side, plain_batch),
                ),
                lambda ours=ours: ours(x).vectors,
                distance,
                tolerance,
                # Of convolutions in float32; resizing is not counted.
                floor=counted * n / convolution_rate(),
            )


def precisions() -> dict[str, float]:
    """Those that this CPU computes in, each with how far its vectors may be off."""
    import torch
    from expost.runtime.device import dtype

    try:
        dtype("bfloat16", torch.device("cpu"))
    except ValueError:
        return {"float32": 1e-5}
    return {"float32": 1e-5, "bfloat16": 1e-2}


def _scores(weights) -> Row:
    """What bfloat16 does to the scores of two kinds of images."""
    from expost.features import resnet34
    from expost.metrics.scoring import score

    samples = [images(seed, 256, 3, 64) for seed in (0, 1)]
    samples[1] //= 2

    def scores(precision: str) -> dict[str, float]:
        space = resnet34.ResNet34(weights, "cpu", 64, precision)
        return score(*map(space, samples))

    def check(coarse: dict[str, float]) -> tuple[str, bool]:
        fine = scores("float32")
        gaps = {name: abs(coarse[name] / fine[name] - 1) for name in ("emd", "mmd", "frechet")}
        remark = ", ".join(f"{name} {gap:.0e}" for name, gap in gaps.items())
        return f"off by {remark}", max(gaps.values()) < 0.02

    with patch.object(resnet34, "SIDE", 64):
        return alone(
            "all scores of 256 + 256 images 64x64 in bfloat16",
            lambda: scores("bfloat16"),
            check,
            rounds=1,
        )


def _classifier(path: Path) -> Row:
    from expost.features import classifier, residual_net

    from ..plain import features as plain

    network, x = _random_classifier(), images(0, 2000, 1, 32)
    residual_net.save_onnx(path, network)
    ours = classifier.Classifier(path, "cpu")
    return compare(
        "classifier features, 2,000 images 1x32x32",
        ("PyTorch, batches of 250", lambda: plain.classifier(network, x, 250)),
        lambda: ours(x).vectors,
        distance,
        1e-5,
        floor=flops(lambda: plain.classifier(network, x[:1], 1)) * 2000 / convolution_rate(),
    )


def distance(expected: np.ndarray, got: np.ndarray) -> float:
    """Of all vectors, relative to their length."""
    return np.linalg.norm(got - expected) / np.linalg.norm(expected)


def _random_resnet34(path: Path) -> dict:
    """Random weights, and the statistics that batch normalisation finds with them."""
    import torch
    from torchvision import models

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = models.resnet34(weights=None)
    _normalise(network, images(2, 64, 3, 64))
    torch.save(network.state_dict(), path)
    return network.state_dict()


def _random_classifier():
    import torch
    from expost.features.residual_net import ResidualNet

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = ResidualNet(1, 10)
    _normalise(network, images(2, 64, 1, 32))
    return network.eval()


def _normalise(network, x: np.ndarray) -> None:
    import torch

    for layer in network.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.momentum = 1.0
    with torch.no_grad():
        network.train()(torch.from_numpy(x) / 255)
