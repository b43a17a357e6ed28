"""What all tables share: order of rows, sections, numbers as text, and how they are written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from ..figures import methods, naming
from ..io import files
from . import markup

SECTION = ["dataset", "epoch", "size"]
METHOD = ["autoencoder", "sampler"]
NOT_RUN = "–"
LONG = 1e9  # from here on digits would say nothing, and make tables as wide as they are


def write(numbers: pd.DataFrame, tables: list[markup.Table], note: str, *paths: str | Path) -> None:
    """Write tables to each path, whole or not at all.

    Args:
        numbers: every number with all its digits; in a csv, a cell is empty where nothing is
            known: an interval of one seed, say.
        tables: the same as text.
        note: below the tables.
        paths: where to; the suffix says how: .csv (the numbers), .md, .tex or .html (the text).
    """
    texts = {".md": markup.markdown, ".tex": markup.latex, ".html": markup.html}
    for path in map(Path, paths):
        with files.whole(path) as temporary:
            if path.suffix == ".csv":
                numbers.to_csv(temporary, index=False)
            else:
                temporary.write_text(texts[path.suffix](tables, note), encoding="utf-8")


def in_order(table: pd.DataFrame, then: list[str]) -> pd.DataFrame:
    """Rows by section, method and what is measured; sections and measures as they first come."""
    ranks = [
        methods.rank(*pair) for pair in zip(table["autoencoder"], table["sampler"], strict=True)
    ]
    positions = {rank: i for i, rank in enumerate(sorted(set(ranks)))}
    keys = pd.DataFrame({column: pd.factorize(table[column])[0] for column in [*SECTION, *then]})
    keys["method"] = [positions[rank] for rank in ranks]
    order = keys.sort_values([*SECTION, "method", *then]).index
    return table.iloc[order].reset_index(drop=True)


def sections(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The title and the rows of every data set, epoch and size."""
    for (dataset, epoch, size), rows in table.groupby(SECTION, sort=False):
        known = epoch and naming.now().has_epoch(rows["autoencoder"])  # not of what is given
        kept = f"epoch {epoch}, " if known else ""
        yield f"{dataset}, {kept}{size} codes", rows


def decimals(value: float, digits: int = 3) -> int:
    """Decimals that show a value with so many significant digits, at most five."""
    return int(np.clip(digits - 1 - np.floor(np.log10(abs(value))), 0, 5)) if value else digits


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, in powers of ten only if it is `LONG`."""
    if abs(value) >= LONG:
        return f"{value:.{digits - 1}e}"
    return f"{value:.{decimals(value, digits)}f}"


def plus_minus(mean: float, half: float) -> str:
    """The half-width with two significant digits and the mean with as many decimals."""
    if np.isnan(mean):
        return NOT_RUN
    if np.isnan(half) or half == 0:
        return significant(mean) + (" ± 0" if half == 0 else "")
    if max(abs(mean), half) >= LONG:
        return f"{mean:.1e} ± {half:.1e}"
    places = decimals(half, 2)
    return f"{mean:.{places}f} ± {half:.{places}f}"


def cells(numbers: pd.DataFrame, keys: Iterable) -> list[str]:
    """Mean and half-width of each key of an index, as text; `NOT_RUN` of one that it lacks."""
    known = numbers.reindex(index=list(keys), columns=["mean", "half_width"])
    return [plus_minus(*pair) for pair in known.to_numpy(float)]


def over_seeds(means: pd.DataFrame) -> str:
    """What numbers with half-widths are, as a sentence of a note."""
    seeds = count_seeds(means)
    if (means["seeds"] == 1).all():
        return f"Values of {seeds}: no interval is known."
    return f"Mean ± half-width of the 95 % t-interval over {seeds}."


def count_seeds(table: pd.DataFrame) -> str:
    """How many seeds the rows of a table have, in words: "1 seed", "3 seeds", "2 to 3 seeds"."""
    few, many = int(table["seeds"].min()), int(table["seeds"].max())
    if few < many:
        return f"{few} to {many} seeds"
    return "1 seed" if many == 1 else f"{many} seeds"
