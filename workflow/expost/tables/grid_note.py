"""What stands below a table of autoencoders and samplers: how to read numbers, columns and bold."""

from collections.abc import Iterable

import pandas as pd

from ..figures import methods, naming
from . import layout


def note(means: pd.DataFrame, columns: Iterable[str], draws: int) -> str:
    """The note.

    Args:
        means: what `grid_table.summarise_cells` gives.
        columns: their headings.
        draws: how many codes every run drew.
    """
    parts = [f"{layout.over_seeds(means)} {draws} draws a run."]
    parts += [f"{heading}: {words}." for heading in columns if (words := _words(means, heading))]
    if (means["seeds"] == 1).all():
        parts.append("Nothing is bold, as one seed cannot tell autoencoders apart.")
    else:
        parts.append(
            "Bold: the best autoencoder of a column, and those that cannot be told from it, as the "
            "95 % t-interval of the difference, taken seed by seed, includes 0. A column without "
            "bold is one where none can be told from the best."
        )
    parts.append("Below the line: controls, the same for all autoencoders; they compete with none.")
    return " ".join(parts)


def _words(means: pd.DataFrame, heading: str) -> str:
    """What is drawn in a column, if that is another for some autoencoders or has another name."""
    rows = means[means["heading"] == heading]
    rows = rows.drop_duplicates(layout.METHOD).sort_values("autoencoder", key=_places)
    of = {
        methods.of_sampler(sampler).label: ", ".join(map(methods.autoencoder_title, names))
        for sampler, names in rows.groupby("sampler", sort=False)["autoencoder"]
    }
    if len(of) > 1:
        return "; ".join(f"{label} of {names}" for label, names in of.items())
    return next((label for label in of if label != heading), "")


def _places(names: pd.Series) -> pd.Series:
    return names.map(naming.now().place)
