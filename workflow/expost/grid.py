"""The config's experiments, expanded into runs and checked before anything starts."""

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

AXES = ("dataset", "autoencoder", "sampler", "epoch", "size", "seed")


def grid(experiment: dict) -> "pd.DataFrame":
    """All runs of an experiment: the product of its lists, a row each.

    Args:
        experiment: lists under `dataset`, `method` (each "autoencoder/sampler"), `epoch`, `size`
            and `seed`.

    Returns:
        A frame with the columns `AXES`.
    """
    import pandas as pd  # takes longer than all else in a job that wants AXES only

    lists = (experiment[axis] for axis in ("dataset", "method", "epoch", "size", "seed"))
    runs = [(d, *method.split("/"), *rest) for d, method, *rest in product(*lists)]
    return pd.DataFrame(runs, columns=list(AXES))


def source(entry: dict) -> dict:
    """The part of an entry under the config's `datasets` that says where the images come from."""
    return {key: value for key, value in entry.items() if key not in ("training", "classifier")}


def check(config: dict) -> None:
    """Refuse a config whose parts do not fit together, naming the part.

    The schema has checked names and types of all keys; this checks what they refer to.

    Raises:
        ValueError: what was got, what was wanted.
    """
    from . import datasets, objectives, samplers

    for name, options in config["samplers"].items():
        samplers.build(name, **options)
    for options in config["autoencoders"].values():
        objectives.check(**options)
    counts = {
        name: datasets.build(**source(entry)).counts for name, entry in config["datasets"].items()
    }
    for name, experiment in config["experiments"].items():
        _check_experiment(f" in experiment {name!r}", grid(experiment), config, counts)
    data_dir = config["data_dir"]
    if data_dir is not None and not Path(data_dir).is_dir():
        raise ValueError(
            f"got data_dir {data_dir!r}, which is no folder; name one that exists, or null to "
            "download"
        )


def _check_experiment(where: str, runs: "pd.DataFrame", config: dict, counts: dict) -> None:
    for axis in ("dataset", "autoencoder", "sampler", "epoch"):
        for value in runs[axis].unique():
            _known(axis, value, config[f"{axis}s"], where)
    for name in runs["dataset"].unique():
        if counts[name] is None:
            continue  # known when the data is there; the jobs check it again
        train, test = counts[name]
        if (size := runs["size"].max()) > train:
            raise ValueError(f"got size {size}{where}; {name} has {train} training images")
        parts = 2 if "held_out" in set(runs["sampler"]) else 1
        if config["draws"] * parts > test:
            raise ValueError(
                f"got draws {config['draws']}{where}; {name} has {test} test images, of which the "
                f"reference and the control held_out want that many each: at most {test // parts}"
            )


def _known(kind: str, name, known, where: str = "") -> None:
    if name not in known:
        raise ValueError(
            f"got unknown {kind} {name!r}{where}; wanted one of {', '.join(map(str, known))}"
        )
