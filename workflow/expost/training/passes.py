"""One pass over the data: in turns, to train, or without moving, to validate."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from ..networks.inputs import to_input
from ..objectives.base import Objective
from ..runtime.progress import Progress
from ..runtime.seeding import seed
from . import divergence
from .turns import Turn

if TYPE_CHECKING:
    from .loop import Training

AT_ONCE = 1000  # items where nothing is trained


def steps(items: int, batch: int) -> int:
    """How many batches an epoch has, where a single item that is left over is no batch.

    Args:
        items: to train on.
        batch: items a batch, at least 2.
    """
    whole, left = divmod(items, batch)
    return max(1, whole + (left > 1))


def batches(order: Tensor, batch: int) -> tuple[Tensor, ...]:
    """The items of an epoch in batches: all full but the last, unless this were a single item.

    Batch normalisation has no variance of one item, where its maps are one pixel. So that item goes
    into the first batch, which has one more than the others.

    Args:
        order: the items' numbers, (n,), in the order in which they are taken.
        batch: items a batch, at least 2.
    """
    if len(order) % batch == 1:
        return order.tensor_split(steps(len(order), batch))
    return order.split(batch)


def epoch(
    training: "Training",
    number: int,
    data: Tensor,
    progress: Progress,
    labels: Tensor | None = None,
) -> dict[str, float]:
    """Train for one epoch; the mean of every term over the data and the player's steps.

    What the objective has to tell of the epoch comes after these.

    Args:
        training: whose turn it is; everything random is seeded by its identity and the epoch.
        number: of the epoch, the first is 1.
        data: all training data, on the training's device.
        progress: is told of every batch.
        labels: of the data, int64 (n,), for an objective that is `labelled`.

    Raises:
        FloatingPointError: a term is no longer finite.
    """
    objective, device = training.objective.train(), training.device
    shuffle, looking = (
        torch.Generator().manual_seed(seed(*training.identity, name, number))
        for name in ("shuffle", "look")
    )
    noise = torch.Generator(device).manual_seed(seed(*training.identity, "noise", number))
    parts = batches(torch.randperm(len(data), generator=shuffle), training.settings["batch"])
    objective.begin(training.last * len(parts))

    def taken(rows: Tensor) -> Tensor:
        return data.index_select(0, rows.to(device))  # far faster than data[rows]

    def draw(count: int) -> Iterator[Tensor]:
        chosen = torch.randperm(len(data), generator=looking)[:count]
        return (to_input(taken(rows)) for rows in batches(chosen, AT_ONCE))

    sums: dict[str, Tensor] = {}
    terms: dict[tuple[Turn, str], list[Tensor]] = {}
    for index, rows in enumerate(parts):
        done = (number - 1) * len(parts) + index
        objective.look(done, draw)
        batch = to_input(taken(rows))
        known = () if labels is None else (labels[rows.to(device)],)
        for turn in training.turns:
            for name, value in turn.play(batch, noise, *known).items():
                key = f"{turn.name}_{name}"
                sums[key] = sums.get(key, 0) + value * len(rows) / turn.steps
                terms.setdefault((turn, name), []).append(value)
        progress(done + 1, f"epoch {number}")
    divergence.check(number, terms, objective)
    means = {key: float(value) / len(data) for key, value in sums.items()}
    return means | objective.epoch_ended(means)


@torch.inference_mode()
def validation(objective: Objective, data: Tensor) -> float:
    """The validation loss, averaged over the held-out data."""
    objective.eval()
    losses = [
        float(objective.validation(to_input(part))) * len(part) for part in data.split(AT_ONCE)
    ]
    return sum(losses) / len(data)
