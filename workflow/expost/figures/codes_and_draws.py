"""What several kinds show: the draws of each run, and codes that no sampler has seen."""

from dataclasses import dataclass

import numpy as np

from ..datasets import row_choice, vector_arrays, wide_columns
from ..io import files
from . import gallery, methods, remarks, style


@dataclass(frozen=True, eq=False)
class Drawn:
    """What a method drew, beside codes that it did not see.

    Attributes:
        codes: held-out ones, shape (m, d).
        draws: shape (n, d).
        colour: of the draws.
    """

    codes: np.ndarray
    draws: np.ndarray
    colour: str


def drawn(given: dict, about: dict) -> dict[str, Drawn]:
    """Label -> draws of a method and as many held-out codes, in the fixed order of methods."""
    return {label: found for label, (_, found) in _each(given, about).items()}


def by_method(given: dict, about: dict) -> dict[tuple[str, str], Drawn]:
    """(autoencoder, sampler) -> the same."""
    return dict(_each(given, about).values())


def names(given: dict) -> list[str] | None:
    """The names of the columns of codes that somebody handed in, if these have some."""
    return vector_arrays.columns(given["data"][0]) if "data" in given else None


def warned(figure, given: dict):
    """A figure of distances, with a remark where one column of the codes decides them all."""
    wide = wide_columns.of_archive(given["data"][0]) if "data" in given else None
    return remarks.add(figure, [wide], [], style.SMALL) if wide else figure


def _each(given, about):
    found = {}
    for i, label in gallery.order(about["runs"]):
        dataset, autoencoder, sampler, _, _, seed = about["runs"][i]
        codes = files.load_npz(given["codes"][i], "test")["test"]
        rows = row_choice.reference(dataset, seed, len(codes), about["draws"])
        draws = files.load_npz(given["draws"][i], "codes")["codes"]
        colour = methods.method(autoencoder, sampler).colour
        found[label] = (autoencoder, sampler), Drawn(codes[rows], draws, colour)
    return found
