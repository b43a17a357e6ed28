"""The file of claims, read and checked: a word that is not known is refused by name."""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ... import metrics, samplers
from . import entries, row_tests
from .pairwise import Better, Faster, Less, WithinFactor
from .predicates import Between, Test, direction
from .ranking import RankCorrelation, Trend

KINDS = {
    "less": Less,
    "better": Better,
    "faster": Faster,
    "between": Between,
    "within_factor": WithinFactor,
    "rank_correlation": RankCorrelation,
    "trend": Trend,
    **row_tests.KINDS,
}
SPACES = ("pixels", "features", "codes", "time")
# Beside the registered metrics: phases of timings, what shares come to.
METRICS = (
    *metrics.NAMES,
    *metrics.TIMES,
    *("wanted_share", "wanted_gain", "group_change", "group_kept"),
)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim of a paper.

    Args:
        id: a name of its own.
        section: where the paper says it.
        claim: what it says, in our words.
        figure: of the study, whose numbers test it.
        tests: all of which must come out as claimed.
        datasets: that the claim is about; empty for all.
        untested: why nothing measured can test it, in place of `figure` and `tests`.
    """

    id: str
    section: str
    claim: str
    figure: str | None = None
    tests: list[Test | dict] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    untested: str | None = None


def load(
    path: str | Path,
    figures: Collection[str],
    autoencoders: Collection[str],
    measured: Collection[str] = (),
) -> list[Claim]:
    """The claims in a YAML file, a list of mappings with the keys of `Claim`, in its order.

    A test is a mapping with its `kind`, one of `KINDS`, and that class's arguments.

    Args:
        path: the file.
        figures: those of the study that have scores of methods, times or shares.
        autoencoders: those of the study.
        measured: figures of the study that have other numbers, see `rows.Rows`.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no YAML; or which claim has what wrong, and what was wanted.
    """
    claims, seen = [], set()
    for number, entry in enumerate(entries.read(path), start=1):
        try:
            claims.append(claim := _claim(entry, number, figures, autoencoders, measured))
        except ValueError as error:
            raise ValueError(f"{path}, {error}") from None
        if claim.id in seen:
            raise ValueError(f"{path}: got two claims with the id {claim.id!r}; ids are unique")
        seen.add(claim.id)
    return claims


def _claim(entry, number: int, figures, autoencoders, measured) -> Claim:
    name = entry.get("id") if isinstance(entry, dict) else None
    where = f"claim {name!r}" if isinstance(name, str) else f"claim {number}"
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(f"{where}: an id is made of a-z, 0-9 and _, and starts with a letter")
    claim = entries.build(Claim, entry, where)
    if bool(claim.untested) == bool(claim.tests):
        raise ValueError(f"{where}: wanted either tests or the reason why it is untested")
    if claim.untested:
        return claim
    entries.known("figure", [claim.figure], [*figures, *measured], where)
    kinds = [kind for kind in KINDS if (kind in row_tests.KINDS) == (claim.figure in measured)]
    tests = []
    for place, options in enumerate(claim.tests, start=1):
        here = f"{where}, test {place}"
        entries.known("kind", [options.get("kind")], kinds, here)
        arguments = {key: value for key, value in options.items() if key != "kind"}
        test = entries.build(KINDS[options["kind"]], arguments, here)
        _check(test, autoencoders, here)
        tests.append(test)
    return entries.build(Claim, entry | {"tests": tests}, where)


def _check(test: Test, autoencoders, where: str) -> None:
    """Refuse measures, methods and places that nothing can be called."""
    if isinstance(test, row_tests.RowTest):
        if test.left_at or test.right_at:
            raise ValueError(f"{where}: rows are picked by columns; leave out left_at and right_at")
        return _check_can_fail(test, where)
    other = getattr(test, "other", None)
    for measure in [*test.by, *([other] if other else [])]:
        space, _, metric = measure.partition("/")
        entries.known("space", [space], SPACES, where)
        entries.known("metric", [metric], METRICS, where)
    for side in ("left", "right", "methods"):
        for method in getattr(test, side, []):
            autoencoder, _, sampler = method.partition("/")
            for kind, name, among in (
                ("autoencoder", autoencoder, autoencoders),
                ("sampler", sampler, samplers.SAMPLERS),
            ):  # each perhaps with an option and its value
                entries.known(kind, [name.partition("-")[0]], among, where)
    for places in (test.left_at, test.right_at):
        entries.known("axis", places, ("epoch", "size"), where)
        for value in places.values():
            if not isinstance(value, int):
                entries.known("place", [value], ("first", "last"), where)
    if isinstance(test, Faster) and (slow := [m for m in test.by if not m.startswith("time/")]):
        raise ValueError(f"{where}: {', '.join(slow)} is no time; use less or better")
    _check_can_fail(test, where)
    if isinstance(test, Better) and (unclear := [m for m in test.by if not direction(m)]):
        raise ValueError(f"{where}: nobody knows where {', '.join(unclear)} is best; use less")


def _check_can_fail(test: Test, where: str) -> None:
    """Refuse a test that comes out one way, whatever the scores."""
    for key in ("by", "left", "methods"):
        if getattr(test, key, True) == []:
            raise ValueError(f"{where}: got nothing for {key!r}; wanted one or more")
    if not 0 < test.share <= 1:
        raise ValueError(f"{where}: got share {test.share}; wanted more than 0, at most 1")
    if isinstance(test, WithinFactor) and (test.factor == 1 or not 0 < test.factor < math.inf):
        raise ValueError(
            f"{where}: got factor {test.factor}; wanted a number above 0; where it is 1, use better"
        )
    if hasattr(test, "above"):
        bounds = test.above, test.below
        if not bounds[0] < bounds[1] or bounds == (-math.inf, math.inf):
            raise ValueError(
                f"{where}: got above {bounds[0]} and below {bounds[1]}; wanted one bound or both, "
                "with room between them"
            )
