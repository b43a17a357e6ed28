"""The scores of one figure on one data set, looked up by what a test names."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ... import features, metrics
from ...study import option_sweeps
from .identity import Identity, named

AXES = ("epoch", "size")
OF_CLASSES = {name for name in metrics.NAMES if metrics.describe(name).family == "classes"}


class Untestable(LookupError):
    """These scores cannot test what a claim says; the message says why."""


class MissingScores(Untestable):
    """A test asks for scores that were not taken."""


class Scores:
    """Values over seeds by method, measure and place on the axes.

    Args:
        table: the tidy scores of one data set, with the columns autoencoder, sampler, epoch,
            size, seed, space, metric and value.
        size: that is looked at where a test names none; of those run the nearest.
        same: method -> size -> what it is; of one that is not there, what its name says.
        doubts: space -> why its scores say nothing, of spaces of which that is known.

    Attributes:
        impossible: measures that the scored features cannot have, as they know no classes.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        size: int,
        same: Mapping[str, Mapping[int, Identity]] | None = None,
        doubts: Mapping[str, str] | None = None,
    ):
        self._size, self._same, self._doubts = size, same or {}, doubts or {}
        methods = table["autoencoder"].astype(str) + "/" + table["sampler"]
        self._table = table.assign(method=methods).set_index("seed").sort_index()
        self._methods = list(self._table["method"].unique())
        self._features = features.shown(table["space"].unique())
        scored = table[table["space"] == self._features]["metric"]
        lacking = OF_CLASSES.difference(scored) if len(scored) else ()
        self.impossible = {f"features/{metric}" for metric in lacking}

    def methods(self) -> list[str]:
        """All methods that were scored, as "autoencoder/sampler"."""
        return list(self._methods)

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
            Untestable: the space of the measure says nothing.
        """
        space, metric = self.space(measure), measure.split("/")[1]
        rows = self._table[self._table["method"] == self._scored(method)]
        if rows.empty:
            raise MissingScores(f"no scores of {method}")
        rows = rows[(rows["space"] == space) & (rows["metric"] == metric)]
        if rows.empty:
            raise MissingScores(f"no scores of {measure}")
        if space in self._doubts:
            raise Untestable(f"{features.title(space)} cannot tell: {self._doubts[space]}")
        place = {}
        for axis, wanted in self.asked(places).items():
            place[axis] = nearest(rows[axis].unique(), wanted)
            rows = rows[rows[axis] == place[axis]]
        values = rows["value"].astype(float)
        if (values := values[np.isfinite(values)]).empty:
            raise MissingScores(f"no finite scores of {measure} of {method}")
        if len(seeds := values.index[values.index.duplicated()]):
            raise Untestable(f"several scores of {measure} of {method} with the seed {seeds[0]}")
        return values, place

    def turned(self, method: str, setting: str) -> dict[float, str]:
        """The values of a setting of an autoencoder that were run, each with its method's name."""
        autoencoder, _, sampler = method.partition("/")
        found = {}
        for name in sorted({*self._methods, *self._same}):
            known, _, of = name.partition("/")
            *which, value = option_sweeps.parts(known)
            run = self._scored(name) in self._methods
            if run and of == sampler and which == [autoencoder, setting] and _is_number(value):
                found[float(value)] = name
        return dict(sorted(found.items()))

    def _scored(self, method: str) -> str:
        """The name under which a method was scored: another, perhaps, if two stand for one."""
        what = self._same.get(method)
        if method in self._methods or what is None:
            return method
        return next((name for name in self._methods if self._same.get(name) == what), method)

    def space(self, measure: str) -> str:
        """The space of a measure, where `features` is whichever was scored."""
        space = measure.split("/")[0]
        return (self._features or space) if space == "features" else space

    def asked(self, places: dict) -> dict:
        """What a test asks for on each axis, with what is usual where it names nothing."""
        return {"epoch": "last", "size": self._size} | places

    def identity(self, method: str, size: int) -> Identity:
        """What a method is that is fitted to so many codes, whatever it is called."""
        return self._same.get(method, {}).get(size) or named(method)


def _is_number(text: str) -> bool:
    try:
        return np.isfinite(float(text))
    except ValueError:
        return False


def nearest(run: np.ndarray, wanted: int | str) -> int:
    """The value among those run that was asked for: "first", "last" or the nearest by ratio.

    Of two that are as near, the smaller.
    """
    run = np.sort(run)
    if wanted in ("first", "last"):
        return int(run[0 if wanted == "first" else -1])
    return int(run[np.argmin(np.abs(np.log(run / wanted)))])
