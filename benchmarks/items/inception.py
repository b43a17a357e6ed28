"""Feature vectors of FID's Inception-v3: ours, and torch-fidelity's as it is."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from ..compare import Row, compare
from ..data import images
from ..flops import convolution_rate, flops
from .features import distance, precisions

N, BATCH, PLAIN_BATCH = 32, 16, 4  # the batches are those in which each is fastest


def rows() -> Iterator[Row]:
    """Of images 64x64, which either side makes 299x299."""
    from expost.features import inception

    from ..plain import features as plain

    x = images(0, N, 3, 64)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "inception.pth"
        digest = _random_inception(weights)
        network = plain.inception(weights)
        counted = flops(lambda: plain.inception_features(network, x[:1], 1))
        with patch.object(inception, "WEIGHTS", replace(inception.WEIGHTS, sha256=digest)):
            for precision, tolerance in precisions().items():
                ours = inception.Inception(weights, "cpu", BATCH, precision)
                yield compare(
                    f"Inception features in {precision}, {N} images 64x64",
                    (
                        f"torch-fidelity, float32, batches of {PLAIN_BATCH}",
                        lambda: plain.inception_features(network, x, PLAIN_BATCH),
                    ),
                    lambda ours=ours: ours(x).vectors,
                    distance,
                    tolerance,
                    # Of convolutions in float32; resizing is not counted.
                    floor=counted * N / convolution_rate(),
                )


def _random_inception(path: Path) -> str:
    """Random weights that keep the scale of what goes through them; gives the file's digest."""
    import torch
    from expost.features import inception
    from expost.io import files

    network = inception.without_weights().to_empty(device="cpu")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for layer in network.modules():
            if hasattr(layer, "reset_parameters"):
                layer.reset_parameters()
            if isinstance(layer, torch.nn.Conv2d):
                torch.nn.init.kaiming_normal_(layer.weight)
    torch.save(network.state_dict(), path)
    return files.sha256(path)
