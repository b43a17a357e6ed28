"""Kinds of figures and tables, one module each: what it asks for, what it draws, its caption."""

from importlib import import_module
from types import ModuleType

from ..study.kinds import Kind

# Name in a study's YAML, which is the module's too.
KINDS = (
    "gallery",
    "models",
    "scores",
    "grid",
    "curves",
    "prd_curves",
    "trade_off",
    "sweep",
    "capacity",
    "masks",
    "two_way",
    "tuned",
    "times",
    "costs",
    "targeted",
    "recombination",
    "neighbours",
    "tsne",
    "pairs",
    "margins",
    "correlations",
    "copying",
    "interpolation",
    "modes",
    "traversals",
    "novelty",
    "vine_trees",
    "bandwidths",
    "separations",
    "entropies",
    "course",
    "covariances",
    "normality",
    "between_draws",
    "published",
    "claims",
)


def load(name: str) -> ModuleType:
    """The module of a kind: its `KIND`, and `draw` or `tabulate` or both."""
    return import_module(f".{name}", __name__)


def every() -> dict[str, Kind]:
    """All kinds by name."""
    return {name: load(name).KIND for name in KINDS}


def given(inputs) -> dict[str, list[str]]:
    """The named inputs of a Snakemake job, each a list of paths."""
    found = {}
    for name in inputs.keys():  # noqa: SIM118 (no mapping)
        paths = getattr(inputs, name)
        found[name] = [paths] if isinstance(paths, str) else list(paths)
    return found
