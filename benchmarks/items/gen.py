"""Generative encoding networks: the kernel term, and a step beside that of a plain autoencoder.

Beside the term, 10,000 kernels that are taken anew every 10 batches of 100 want ten items encoded
for each that is trained on. To encode is a sixth of a step's products where encoder and decoder
are alike, as fully connected ones are, so that costs 1.7 steps less what optimisers take; where a
decoder of convolutions takes most of a step, it costs a third of one.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..compare import Row, compare, medians, using
from ..data import images

KERNELS, EVERY, BATCH, LATENT = 10_000, 10, 100, 8
STEPS = 2 * EVERY
NETWORKS = {
    "rae_mnist, width 1/8": {"networks": "rae_mnist", "width": 1 / 8},
    "fully connected, 1000 and 1000": {"networks": {"name": "mlp", "hidden": [1000, 1000]}},
    "fully connected, 128 and 128": {"networks": "mlp"},
}


def rows() -> Iterator[Row]:
    """Seconds of the CPU, both sides in turns."""
    from expost.runtime import freed_memory

    freed_memory.keep()
    for kernels, d in ((10_000, 8), (20_000, 40)):
        yield term(kernels, d)
    for name in NETWORKS:
        yield step(name)


def term(kernels: int, d: int) -> Row:
    """Value and gradient at a batch, ten times."""
    import torch
    from expost.objectives.kernel_density import log_density

    from ..plain import gen as plain

    generator = torch.Generator().manual_seed(0)
    centres, codes = (torch.randn(n, d, generator=generator) for n in (kernels, BATCH))
    codes.requires_grad_()

    def gradient(density: Callable):
        for _ in range(10):
            codes.grad = None
            density(codes, centres, 0.7).sum().backward()
        return codes.grad.double().numpy()

    return compare(
        f"kernel term of gen, {BATCH} codes and {kernels:,} kernels, d = {d}, ten steps, CPU",
        ("cdist, logsumexp, autograd", lambda: gradient(plain.log_density)),
        lambda: gradient(log_density),
        lambda expected, got: abs(expected - got).max() / abs(expected).max(),
        1e-4,
        clock=time.process_time,
    )


def step(name: str) -> Row:
    """Some steps of either, the sample taken twice; first batches, when all is in memory."""
    x = images(0, KERNELS, 1, 32)
    with tempfile.TemporaryDirectory() as folder, using(1):
        plays = [_player(objective, name, x, Path(folder)) for objective in ("ae", "gen")]
        (plain, ours), _ = medians(tuple(plays), 3, time.process_time)
    return Row(
        f"{STEPS} steps of gen, {KERNELS:,} kernels every {EVERY} batches of {BATCH}: {name}, CPU",
        "ae, the same networks",
        plain,
        ours,
        None,
        f"takes {ours / plain:.2f} plain steps",
        True,  # of the gradient the rows above say so
        1,
        3,
    )


def _player(objective: str, name: str, x, folder: Path) -> Callable[[], None]:
    """A function that plays some steps on data of which there are more than those."""
    import torch
    from expost.networks.inputs import to_input
    from expost.runtime.device import pick
    from expost.training.loop import Training

    options = {"sample": KERNELS, "every": EVERY} if objective == "gen" else {}
    settings = {"objective": objective, "options": options, "latent": LATENT, "epochs": [1]}
    settings |= {"batch": BATCH, "reconstruction": "squared_error", "reduction": "mean"}
    training = Training(
        settings | NETWORKS[name], x.shape[1:], ("benchmark",), folder / objective, pick("cpu")
    )
    model, data, noise = training.objective.train(), torch.from_numpy(x), torch.Generator()

    def draw(count: int):
        parts = torch.randperm(len(data))[:count].split(1000)
        return (to_input(data.index_select(0, rows)) for rows in parts)

    def play() -> None:
        for batch, rows in enumerate(torch.randperm(len(data)).split(BATCH)[:STEPS]):
            model.look(batch, draw)
            for turn in training.turns:
                turn.play(to_input(data.index_select(0, rows)), noise)

    model.look(0, draw)  # finds the bandwidth, once and for all steps
    return play
