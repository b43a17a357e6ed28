"""How trainings begin and end, one by one or together: first weights, and what they leave."""

import csv
from collections.abc import Sequence
from pathlib import Path

import torch

from .. import objectives
from ..io.files import whole
from ..objectives.base import Objective
from ..runtime.seeding import seed


def untrained(about: dict, identity: tuple) -> Objective:
    """The objective that a checkpoint describes, with first weights that an identity seeds."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed(*identity, "weights"))
        return objectives.of(about)


def write_history(path: str | Path, rows: Sequence[dict]) -> None:
    """A csv file, a row an epoch."""
    with whole(path) as temporary, open(temporary, "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
