"""Training the RAE paper's eight autoencoders, and a plain loop over the same networks and losses.

At an eighth of the paper's width a step takes 11 GFLOP, nine tenths of them in two transposed
convolutions, which oneDNN does as fast on either side. What differs: the last layer to one channel,
which PyTorch pads to 16, reorders of memory, and pages of memory that are given back and asked for
again at every step (both sides keep theirs here, as jobs that train do; see
`expost.runtime.freed_memory`).

The penalty on the gradient takes one vector-Jacobian product and its derivative: two passes forth
and back through the decoder in place of one, and second derivatives of batch normalisation, which
PyTorch makes of some forty passes over the maps of each layer.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..compare import Row, compare, relative
from ..data import images
from ..flops import convolution_rate, flops

RAE = {"objective": "rae", "reduction": "mean"}
SIZE = {"embedding": "mean_square"}
TRAININGS = {
    "ae": {"objective": "ae", "reduction": "mean"},
    "vae": {"objective": "vae", "options": {"beta": 0.312, "log_sigma": "tanh"}},
    "cv_vae": {"objective": "cv_vae", "options": {"beta": 0.039, "sigma": 0.7} | SIZE},
    "wae": {"objective": "wae_mmd", "reduction": "mean", "options": {"weight": 3e-2}},
    "rae": RAE | {"options": {"penalty": "none", "beta": 0.5e-3} | SIZE},
    "rae_l2": RAE
    | {"options": {"penalty": "l2", "beta": 1e-4, "weight": 1e-7, "l2_of": "transposed"} | SIZE},
    "rae_sn": RAE
    | {"options": {"penalty": "spectral", "beta": 0.009, "spectral_of": "both"} | SIZE},
    "rae_gp": RAE | {"options": {"penalty": "gradient", "beta": 1e-4, "weight": 0.5e-7} | SIZE},
}
WIDTH, LATENT, BATCH = 1 / 8, 16, 100


def rows() -> Iterator[Row]:
    """Every autoencoder with one thread, in seconds of CPU, and one of them with two, of wall."""
    from expost.runtime import freed_memory

    freed_memory.keep()
    x = images(0, 1000, 1, 32)
    for kind in TRAININGS:
        yield _row(kind, x)
    yield _row("ae", x, threads=2)


def _row(kind: str, x: np.ndarray, threads: int = 1) -> Row:
    import torch

    from ..plain import rae as plain

    pair, noise = _pair(kind), torch.Generator()
    step = flops(lambda: plain.train(kind, pair, x[:BATCH], noise))
    return compare(
        f"training {kind}, {len(x):,} images 1x32x32 in batches of {BATCH}, width 1/8"
        + (", CPU" if threads == 1 else ""),
        ("PyTorch, a loop over batches", lambda: plain.train(kind, pair, x, noise)),
        lambda: _ours(kind, x),
        lambda *_: _gap(kind, x[: 4 * BATCH]),
        1e-3,
        floor=step * len(x) / BATCH / convolution_rate() / threads,
        threads=threads,
        rounds=3,
        clock=time.process_time if threads == 1 else time.perf_counter,
    )


def _pair(kind: str):
    from ..plain import rae as plain

    pair = plain.networks(WIDTH, (2 if kind == "vae" else 1) * LATENT, LATENT)
    if kind == "rae_sn":
        plain.spectral(pair)
    return pair


def _trainer(kind: str, folder: str):
    from expost.runtime.device import pick
    from expost.training.loop import Training

    settings = TRAININGS[kind] | {
        "networks": "rae_mnist",
        "width": WIDTH,
        "latent": LATENT,
        "batch": BATCH,
        "reconstruction": "squared_error",
        "optimiser": {"name": "Adam", "learning_rate": 1e-3},
        "epochs": [1],
    }
    return Training(settings, (1, 32, 32), ("benchmark",), Path(folder), pick("cpu"))


def _ours(kind: str, x: np.ndarray) -> float:
    """Mean loss of the first epoch, all terms."""
    with tempfile.TemporaryDirectory() as folder:
        trainer = _trainer(kind, folder)
        trainer.run(x)
    return sum(v for k, v in trainer.history[0].items() if k.startswith("autoencoder_"))


def _gap(kind: str, x: np.ndarray) -> float:
    """Relative difference of the mean loss of an epoch: same weights, order of images and noise."""
    import torch
    from expost.runtime.seeding import seed

    from ..plain import rae as plain

    with tempfile.TemporaryDirectory() as folder:
        trainer = _trainer(kind, folder)
        pair = _pair(kind)
        with torch.no_grad():
            for part, ours in zip(
                pair, (trainer.objective.encoder, trainer.objective.decoder), strict=True
            ):
                same = zip(part.state_dict().values(), ours.state_dict().values(), strict=True)
                for to, value in same:
                    to.copy_(_channels_first(value, part is pair[0]))
        shuffle, noise = (
            torch.Generator().manual_seed(seed(*trainer.identity, name, 1))
            for name in ("shuffle", "noise")
        )
        order = torch.randperm(len(x), generator=shuffle)
        expected = plain.train(kind, pair, x, noise, order)
    return relative(expected, _ours(kind, x))


def _channels_first(value, encoder: bool):
    """What the linear layers next to maps know of these, channels first and not last."""
    channels = round(1024 * WIDTH)
    if encoder and value.ndim and value.shape[-1] == 4 * channels:
        return value.unflatten(-1, (4, channels)).transpose(-1, -2).flatten(-2)
    if not encoder and value.ndim and value.shape[0] == 64 * channels:
        return value.unflatten(0, (64, channels)).transpose(0, 1).flatten(0, 1)
    return value
