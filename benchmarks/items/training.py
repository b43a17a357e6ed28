"""Training an autoencoder for an epoch: ours, and the loop of PyTorch's tutorials.

Of a step of ours on grey images, oneDNN's convolutions take four fifths, as many milliseconds as
in the plain loop. What differs is between them: reorders of memory (channels last needs none),
batch normalisation (5 %), Adam (1 %), the cross-entropy (below 1 %), collating.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..compare import Row, compare, relative
from ..data import images
from ..flops import convolution_rate, flops


def rows() -> Iterator[Row]:
    """Grey images of MNIST's size, and coloured ones of CelebA's."""
    yield _row(images(0, 3840, 1, 32), 10)
    yield _row(images(0, 768, 3, 64), 100)


def _row(x: np.ndarray, latent: int) -> Row:
    from ..plain import training as plain

    shape, data = x.shape[1:], plain.dataset(x)
    networks = [make(shape, latent) for make in (plain.encoder, plain.decoder)]
    step = flops(lambda: plain.train(*networks, plain.dataset(x[:128])))
    return compare(
        f"training, {len(x):,} images {'x'.join(map(str, shape))} in batches of 128",
        ("PyTorch, DataLoader", lambda: plain.train(*networks, data)),
        lambda: _ours(x, latent),
        lambda *_: _gap(x[: 8 * 128], latent),
        1e-3,
        # Convolutions and linear layers, forwards and backwards, at the rate of a large one.
        floor=step * len(x) / 128 / convolution_rate(),
    )


def _ours(x: np.ndarray, latent: int) -> float:
    """Mean loss of the first epoch."""
    with tempfile.TemporaryDirectory() as folder:
        trainer = _trainer(x, latent, folder)
        trainer.run(x)
    return trainer.history[0]["autoencoder_reconstruction"]


def _gap(x: np.ndarray, latent: int) -> float:
    """Relative difference of the mean loss of an epoch, same first weights and order of images."""
    import torch
    from expost.runtime.seeding import seed

    from ..plain import training as plain

    with tempfile.TemporaryDirectory() as folder:
        trainer = _trainer(x, latent, folder)
        networks = []
        for part in ("encoder", "decoder"):
            networks.append(getattr(plain, part)(x.shape[1:], latent))
            networks[-1].load_state_dict(getattr(trainer.objective, part).state_dict())
        shuffle = torch.Generator().manual_seed(seed(*trainer.identity, "shuffle", 1))
        order = torch.randperm(len(x), generator=shuffle)
        expected = plain.train(*networks, plain.dataset(x[order.numpy()]), shuffle=False)
    return relative(expected, _ours(x, latent))


def _trainer(x: np.ndarray, latent: int, folder: str):
    from expost.runtime.device import pick
    from expost.training.loop import Training

    settings = {"objective": "ae", "latent": latent, "epochs": [1]}
    return Training(settings, x.shape[1:], ("benchmark",), Path(folder), pick("cpu"))
