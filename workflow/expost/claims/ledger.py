"""The file of claims, read and checked: a word that is not known is refused by name."""

import inspect
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .. import metrics, objectives, samplers
from .pairwise import Better, Faster, Less, WithinFactor
from .predicates import Between, Test, direction
from .ranking import RankCorrelation

KINDS = {
    "less": Less,
    "better": Better,
    "faster": Faster,
    "between": Between,
    "within_factor": WithinFactor,
    "rank_correlation": RankCorrelation,
}
EXPERIMENTS = (
    "scores",
    "metrics_over_epochs",
    "metrics_over_sample_size",
    "computing_times",
    "targeted_sampling",
    "recombination",
    "trade_off",
)
TIMED = {"computing_times"}  # experiments that have timings, or shares, and no scores
SHARED = {"targeted_sampling", "recombination"}
SPACES = ("pixels", "features", "codes", "time")
# Beside the registered metrics: phases of timings, metrics of copying, what shares come to.
METRICS = (
    *metrics.METRICS,
    *("fit", "sample"),
    *("c_t", "authenticity", "nearest_training", "kid", "vendi"),
    *("wanted_share", "wanted_gain", "group_change", "group_kept"),
)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim of a paper.

    Args:
        id: a name of its own.
        section: where the paper says it.
        claim: what it says, in our words.
        experiment: whose scores test it.
        tests: all of which must come out as claimed.
        datasets: that the claim is about; empty for all.
        untested: why nothing measured can test it, in place of `experiment` and `tests`.
    """

    id: str
    section: str
    claim: str
    experiment: str | None = None
    tests: list[Test] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    untested: str | None = None


def load(path: str | Path) -> list[Claim]:
    """The claims in a YAML file, a list of mappings with the keys of `Claim`, in its order.

    A test is a mapping with its `kind`, one of `KINDS`, and that class's arguments.

    Raises:
        ValueError: which claim has what wrong, and what was wanted.
    """
    entries = yaml.safe_load(Path(path).read_text())
    claims = [_claim(entry) for entry in entries]
    seen = set()
    for claim in claims:
        if claim.id in seen:
            raise ValueError(f"{path}: got two claims with the id {claim.id!r}; ids are unique")
        seen.add(claim.id)
    return claims


def _claim(entry: dict) -> Claim:
    where = f"claim {entry.get('id', entry)!r}"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(entry.get("id"))):
        raise ValueError(f"{where}: an id is made of a-z, 0-9 and _, and starts with a letter")
    claim = _build(Claim, entry, where)
    if bool(claim.untested) == bool(claim.tests):
        raise ValueError(f"{where}: wanted either tests or the reason why it is untested")
    if claim.untested:
        return claim
    _known("experiment", [claim.experiment], EXPERIMENTS, where)
    tests = []
    for number, options in enumerate(claim.tests, start=1):
        here = f"{where}, test {number}"
        _known("kind", [options.get("kind")], KINDS, here)
        arguments = {key: value for key, value in options.items() if key != "kind"}
        test = _build(KINDS[options["kind"]], arguments, here)
        _check(test, here)
        tests.append(test)
    return _build(Claim, entry | {"tests": tests}, where)


def _build(kind: type, options: dict, where: str):
    """A dataclass made of a mapping, whose keys are its fields."""
    known = inspect.signature(kind).parameters
    _known("key", options, known, where)
    for name, parameter in known.items():
        if parameter.default is parameter.empty and name not in options:
            raise ValueError(f"{where}: the key {name!r} is missing")
    return kind(**options)


def _check(test: Test, where: str) -> None:
    """Refuse measures, methods and places that nothing can be called."""
    other = getattr(test, "other", None)
    for measure in [*test.by, *([other] if other else [])]:
        space, _, metric = measure.partition("/")
        _known("space", [space], SPACES, where)
        _known("metric", [metric], METRICS, where)
    for side in ("left", "right", "methods"):
        for method in getattr(test, side, []):
            autoencoder, _, sampler = method.partition("/")
            _known("autoencoder", [autoencoder], objectives.OBJECTIVES, where)
            _known("sampler", [sampler.partition("-")[0]], samplers.SAMPLERS, where)
    for at in (test.left_at, test.right_at):
        _known("axis", at, ("epoch", "size"), where)
        for value in at.values():
            if not isinstance(value, int):
                _known("place", [value], ("first", "last"), where)
    if isinstance(test, Faster) and (slow := [m for m in test.by if not m.startswith("time/")]):
        raise ValueError(f"{where}: {', '.join(slow)} is no time; use less or better")
    if isinstance(test, Better) and (unclear := [m for m in test.by if not direction(m)]):
        raise ValueError(f"{where}: nobody knows where {', '.join(unclear)} is best; use less")


def _known(kind: str, names, known, where: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(
                f"{where}: got unknown {kind} {name!r}; known are {', '.join(map(str, known))}"
            )
