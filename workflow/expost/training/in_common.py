"""What trainings one by one and together share: first weights, what a state is of, histories."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from .. import objectives
from ..io.files import whole
from ..objectives.base import Objective
from ..runtime.seeding import seed
from .turns import Turn


def untrained(about: dict, identity: tuple) -> Objective:
    """The objective that a checkpoint describes, with first weights that an identity seeds."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed(*identity, "weights"))
        return objectives.of(about)


def fingerprint(
    settings: dict, shape: Sequence[int], device: torch.device, origin: Sequence[str], paced: bool
) -> dict:
    """What must be the same for a state to be gone on with, beside who is trained.

    Args:
        settings: resolved; the list of epochs may become longer.
        shape: of an item of the data.
        device: where to compute.
        origin: digests of what else the result depends on.
        paced: whether it goes by how long the training is, see `turns.paced`.
    """
    found = {key: value for key, value in settings.items() if key != "epochs"}
    found |= {"shape": list(shape), "device": device.type, "origin": list(origin)}
    return found | ({"last": max(settings["epochs"])} if paced else {})


def row(
    epoch: int,
    told: dict[str, float],
    rates: Mapping[Turn, float],
    speed: float,
    held_out: float | None = None,
) -> dict:
    """An epoch's row of a history.

    Args:
        epoch: its number.
        told: what the epoch and its objective tell.
        rates: the learning rate of every turn; those that vary are shown.
        speed: items a second.
        held_out: the validation loss, if there is one.
    """
    found = {"epoch": epoch} | told
    found |= {f"{turn.name}_learning_rate": rate for turn, rate in rates.items() if turn.varies}
    found |= {} if held_out is None else {"validation": held_out}
    return found | {"images_per_second": round(speed, 1)}


def write_history(path: str | Path, rows: Sequence[dict]) -> None:
    """A csv file, a row an epoch."""
    with whole(path) as temporary, open(temporary, "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
