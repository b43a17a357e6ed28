"""The runs behind figures, and what names a run's random numbers."""

from itertools import product
from typing import NamedTuple

# What seeds know of a run; draws are not among it, so that more of them begin as fewer do.
AXES = ("dataset", "autoencoder", "sampler", "epoch", "size", "seed")


class Run(NamedTuple):
    """One sampler on the codes of one autoencoder.

    Attributes:
        dataset: a name under the config's `datasets`.
        autoencoder: as in paths, with its study before it: "ebcae.ae"; behind it, after hyphens,
            a setting that a figure turns and its value: "ebcae.vae-beta-0.5".
        sampler: a name of a sampler, or what an option sweep made of it.
        epoch: after which the autoencoder was kept.
        size: codes that the sampler is fitted to.
        draws: codes that are drawn, and test images that they are compared with.
        seed: everything random depends on it.
    """

    dataset: str
    autoencoder: str
    sampler: str
    epoch: int
    size: int
    draws: int
    seed: int


class Training(NamedTuple):
    """One trained autoencoder, of which no sampler plays a part; attributes as of `Run`."""

    dataset: str
    autoencoder: str
    epoch: int
    seed: int


class Cost(NamedTuple):
    """One sampler on synthetic codes.

    Attributes:
        sampler: a name of a sampler.
        dimension: of a code.
        size: codes that it is fitted to, and that are drawn.
    """

    sampler: str
    dimension: int
    size: int


class Simulation(NamedTuple):
    """What a simulation of one number of dimensions makes, of all numbers of codes and trials.

    Attributes:
        dimension: of a code.
    """

    dimension: int


def bare(autoencoder: str) -> str:
    """An autoencoder's name without its study's: seeds and labels know that one."""
    _, _, name = autoencoder.partition(".")  # no later point: that of a number
    return name


def identity(run) -> list:
    """What seeds know of a run: its axes, the autoencoder without its study.

    Args:
        run: anything with the `AXES` as attributes, as a `Run` or Snakemake's wildcards.
    """
    return [
        bare(value) if axis == "autoencoder" else value
        for axis, value in ((axis, getattr(run, axis)) for axis in AXES)
    ]


def synthetic(of: str, options: dict, where: str) -> list[Cost] | list[Simulation]:
    """All runs of a figure that has no data set.

    Args:
        of: as of `Kind`, costs or simulations.
        options: of the figure.
        where: the figure, for messages.
    """
    if of == "costs":
        return costs(options["grid"], where)
    return [Simulation(dimension) for dimension in options["dimensions"]]


def costs(grid: list[dict], where: str) -> list[Cost]:
    """All runs of a grid: the products of each entry's lists, each run once.

    Args:
        grid: lists under `sampler`, `dimension` and `size` each; several, so that a sampler which
            would take hours can have fewer sizes than others.
        where: the figure, for messages.

    Raises:
        ValueError: an entry is no such thing; says where.
    """
    for part in grid if isinstance(grid, list) else [grid]:
        if not _is_grid(part):
            raise ValueError(
                f"got {part!r} in the grid of {where}; wanted a list of mappings, each with a list "
                "of names under sampler and lists of whole numbers above 0 under dimension and size"
            )
    products = [product(*(lists[axis] for axis in Cost._fields)) for lists in grid]
    found = list(dict.fromkeys(Cost(*values) for part in products for values in part))
    if not found:
        raise ValueError(f"got no runs in the grid of {where}; wanted one or more of each list")
    return found


def _is_grid(part) -> bool:
    whole = isinstance(part, dict) and set(part) == set(Cost._fields)
    if not whole or not all(isinstance(values, list) for values in part.values()):
        return False
    numbers = [*part["dimension"], *part["size"]]
    names = all(isinstance(name, str) for name in part["sampler"])
    return names and all(type(number) is int and number > 0 for number in numbers)
