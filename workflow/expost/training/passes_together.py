"""One pass over the data of trainings that go together, each in an order of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from ..networks.inputs import to_input
from ..runtime.progress import Progress
from ..runtime.seeding import seed
from . import divergence, passes
from .turns import Turn

if TYPE_CHECKING:
    from .together import Together


def epoch(
    trainings: "Together", number: int, data: Tensor, progress: Progress
) -> list[dict[str, float]]:
    """Train for one epoch; of each training the mean of every term over data and steps.

    Args:
        trainings: whose turn it is; the order of data is that of each one's identity, as it is
            one by one, and noise is drawn for all of them from one generator.
        number: of the epoch, the first is 1.
        data: all training data, on the trainings' device.
        progress: is told of every batch.

    Raises:
        FloatingPointError: a term is no longer finite.
    """
    objective, device = trainings.stacked.objective.train(), trainings.device
    every = [
        passes.batches(_order(len(data), identity, number), trainings.settings["batch"])
        for identity in trainings.identities
    ]
    batches = [torch.stack(rows) for rows in zip(*every, strict=True)]  # (trainings, n) each
    noise = _seeded(device, *trainings.identities, "noise", number)
    objective.begin(trainings.last * len(batches))
    terms: dict[tuple[Turn, str], list[Tensor]] = {}
    for index, rows in enumerate(batches):
        done = (number - 1) * len(batches) + index
        objective.look(done, _draw_nothing)
        taken = data.index_select(0, rows.flatten().to(device))
        batch = to_input(taken).unflatten(0, rows.shape)
        for turn in trainings.turns:
            for name, value in turn.play(batch, noise).items():
                terms.setdefault((turn, name), []).append(value)
        progress(done + 1, f"epoch {number}")
    divergence.check(
        number, {k: [v.sum() for v in values] for k, values in terms.items()}, objective
    )
    shares = torch.tensor([rows.shape[1] / len(data) for rows in batches], dtype=torch.float64)
    means = {
        f"{turn.name}_{name}": torch.stack(values, dim=1).cpu() @ shares / turn.steps
        for (turn, name), values in terms.items()
    }
    return [
        {name: float(values[place]) for name, values in means.items()}
        for place in range(len(every))
    ]


def _order(items: int, identity: tuple, number: int) -> Tensor:
    return torch.randperm(items, generator=_seeded("cpu", *identity, "shuffle", number))


def _seeded(device, *identity) -> torch.Generator:
    return torch.Generator(device).manual_seed(seed(*identity))


def _draw_nothing(count: int) -> Iterator[Tensor]:
    raise RuntimeError(
        "this objective looks at training data before its batches, which those of trainings that "
        "go together cannot; train one by one"
    )
