"""The scores of one figure on one data set, looked up by what a test names."""

import numpy as np
import pandas as pd

from ... import features, metrics

AXES = ("epoch", "size")
OF_CLASSES = {name for name in metrics.NAMES if metrics.describe(name).family == "classes"}


class MissingScores(LookupError):
    """A test asks for scores that were not taken."""


class Scores:
    """Values over seeds by method, measure and place on the axes.

    Args:
        table: the tidy scores of one data set, with the columns autoencoder, sampler, epoch,
            size, seed, space, metric and value.
        size: that is looked at where a test names none; of those run the nearest.

    Attributes:
        impossible: measures that the scored features cannot have, as they know no classes.
    """

    def __init__(self, table: pd.DataFrame, size: int):
        self._size = size
        methods = table["autoencoder"].astype(str) + "/" + table["sampler"]
        self._table = table.assign(method=methods).set_index("seed").sort_index()
        self._features = features.shown(table["space"].unique())
        scored = table[table["space"] == self._features]["metric"]
        lacking = OF_CLASSES.difference(scored) if len(scored) else ()
        self.impossible = {f"features/{metric}" for metric in lacking}

    def methods(self) -> list[str]:
        """All methods that were scored, as "autoencoder/sampler"."""
        return list(self._table["method"].unique())

    def values(self, method: str, measure: str, places: dict) -> tuple[pd.Series, dict]:
        """A score over seeds.

        Args:
            method: "autoencoder/sampler".
            measure: "space/metric"; the space `features` is whichever was scored.
            places: `epoch` and `size`: "first", "last" or a number, which takes the nearest that
                was run, by ratio. By default the last epoch and the size nearest to the paper's.

        Returns:
            The values by seed, and the epoch and size they are of.

        Raises:
            MissingScores: what there is not.
        """
        space, metric = measure.split("/")
        space = (self._features or space) if space == "features" else space
        rows = self._table[self._table["method"] == method]
        if rows.empty:
            raise MissingScores(f"no scores of {method}")
        rows = rows[(rows["space"] == space) & (rows["metric"] == metric)]
        if rows.empty:
            raise MissingScores(f"no scores of {measure}")
        place = {}
        for axis, usual in zip(AXES, ("last", self._size), strict=True):
            place[axis] = nearest(rows[axis].unique(), places.get(axis, usual))
            rows = rows[rows[axis] == place[axis]]
        return rows["value"].astype(float), place


def nearest(run: np.ndarray, wanted: int | str) -> int:
    """The value among those run that was asked for: "first", "last" or the nearest by ratio.

    Of two that are as near, the smaller.
    """
    run = np.sort(run)
    if wanted in ("first", "last"):
        return int(run[0 if wanted == "first" else -1])
    return int(run[np.argmin(np.abs(np.log(run / wanted)))])
