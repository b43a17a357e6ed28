"""`codes=my.npy` in the config: a data set, and how the study of it is to be drawn."""

from collections.abc import Iterable
from pathlib import Path

from .. import samplers
from ..datasets.codes import MOST_DRAWS, MOST_FITTED
from . import data_sets, definitions, overlays
from .excess import FEWEST

STUDY, DATASET, GIVEN = "compare", "codes", "given"
KEYS = ("codes", "test", "array", "test_array")  # of the config


def added(config: dict, folder: Path) -> tuple[dict, list[str]]:
    """The config with what its `codes` stands for.

    A data set of the kind `codes`, for which alone the study's figures are drawn; all its training
    codes a fit, and as many draws as half of its test codes, as the control `held_out` takes the
    others, but `MOST_FITTED` and `MOST_DRAWS` at most; and of the study's samplers those that can
    be fitted to so many. What the config says itself under `overrides` stays.

    Args:
        config: the whole, which fits its schema.
        folder: of the studies.

    Returns:
        The config, and a line for each sampler that is left out.

    Raises:
        ValueError: there are too few codes, or the file is none of codes.
    """
    if config.get("codes") is None:
        if said := [key for key in KEYS[1:] if config.get(key) is not None]:
            raise ValueError(f"got {said[0]} without codes; write codes=my.npy as well")
        return config, []
    asked = {key: config[key] for key in KEYS[1:] if config.get(key) is not None}
    entry = {"kind": "codes", "path": config["codes"]} | asked
    known = data_sets.describe(DATASET, entry, config["data_dir"] or ".")
    if known.problem:
        raise ValueError(known.problem)
    own = definitions.read(folder, STUDY)
    said = config["overrides"].get(STUDY, {})
    usual: dict = {"figures": {name: {"on": [DATASET]} for name in own["figures"]}}
    notes = []
    if known.counts and known.shape:
        usual |= _numbers(*known.counts, config["codes"])
        usual["methods"], notes = _suited(own["methods"], (usual | said)["size"], known.shape[0])
    return config | {
        "datasets": config["datasets"] | {DATASET: entry},
        "studies": list(dict.fromkeys([*config["studies"], STUDY])),
        "overrides": config["overrides"] | {STUDY: overlays.merged(usual, said)},
    }, notes


def check_asked(config: dict, targets: Iterable[str], folder: Path) -> None:
    """Refuse the study, or a figure of it, where there are no codes to draw it for.

    Raises:
        ValueError: what to write.
    """
    if STUDY in config["studies"]:
        return
    names = {STUDY, *definitions.read(folder, STUDY)["figures"]}
    for target in targets:
        if target in names:
            raise ValueError(
                f"got the target {target} without codes; wanted a .npy, .npz, .csv or .parquet "
                f"file of them, a row a code: snakemake --cores 8 {target} --config codes=my.npy"
            )


def _numbers(train: int, test: int, name: str) -> dict[str, int]:
    """How many codes a fit gets, and how many are drawn."""
    draws = min(test // 2, MOST_DRAWS)
    if draws < FEWEST["draws"]:
        raise ValueError(
            f"got {train} codes of {name} to fit to and {test} to test by; wanted at least "
            f"{2 * FEWEST['draws']} test codes, half of which draws are compared with: hand in "
            "more codes, or others by test="
        )
    return {"size": min(train, MOST_FITTED), "draws": draws}


def _suited(methods: list[str], size: int, d: int) -> tuple[list[str], list[str]]:
    """The methods that can be fitted to so many codes, and of others why they cannot."""
    found, notes = [], []
    for method in methods:
        name = method.rpartition("/")[2]
        try:
            samplers.build(name).check_shape(size, d)
        except ValueError as error:
            notes.append(f"{name}: {error}")
        else:
            found.append(method)
    return found, notes
