"""Why a figure cannot be drawn, where that is no mistake."""

from collections.abc import Iterable

from .. import metrics, objectives
from ..metrics.joint_clusters import CLUSTERS
from . import definitions, written
from .kinds import Kind
from .runs import bare

NONE_ASKED = "no feature space is asked for"


def lacking(plan, kind: Kind, entry: dict, dataset: str, shows: Iterable[str]) -> str | None:
    """Why a figure cannot be drawn for a data set; None where it can.

    Args:
        plan: the `Plan`.
        kind: of the figure.
        entry: what the study says of it.
        dataset: its name.
        shows: all its autoencoders, as in paths.
    """
    known = plan.data_sets[dataset]
    if reason := known.why_not(what for what in kind.capabilities if what != "features"):
        return reason
    if _of_clusters(kind, entry) and entry["draws"] < CLUSTERS:
        return f"{entry['draws']} draws are fewer than the {CLUSTERS} clusters that PRD is of"
    if kind.law == "mixture" and (reason := _other_classes(plan, known, shows)):
        return reason
    if "features" not in kind.capabilities:
        return None
    reasons = [known.lacks.get(f"features {space}") for space in entry["features"]]
    if all(reasons):  # or there are none
        return reasons[0] if reasons else NONE_ASKED
    return None


def _of_clusters(kind: Kind, entry: dict) -> bool:
    """Whether a figure shows precision and recall for distributions, and little else."""
    cells = entry.get("cells")  # of any type: they are looked at later
    named = [name for name in metrics.NAMES if isinstance(cells, list) and name in cells]
    return "prd" in (kind.family, *(metrics.describe(name).family for name in named))


def _other_classes(plan, known, shows: Iterable[str]) -> str | None:
    """Which mixture has a component for each class, and others than the data set."""
    for name in shows:
        study, _, own = name.partition(".")
        options = definitions.training(plan.study(study), own, known.name).get("options", {})
        components = options.get("components", objectives.defaults("gen")["components"])
        if options.get("labelled") and known.classes not in (None, components):
            return f"it has {known.classes} classes, and {own} a mixture of {components}"
    return None


def elsewhere(plan, entry: dict, shown: Iterable[str], turned: Iterable[str]) -> str | None:
    """Why a figure cannot be drawn of autoencoders that are files; None where it can.

    Args:
        plan: the `Plan`.
        entry: what the study says of the figure.
        shown: all its autoencoders, as in paths.
        turned: those of which it turns a setting.
    """
    over_epochs = entry.get("over") == "epoch"
    turned = shown if "classes" in entry else turned
    for what, names in (("epochs", shown if over_epochs else ()), ("settings to turn", turned)):
        for name in filter(plan.is_pretrained, names):
            return f"{bare(name)} was trained elsewhere, so that there are no {what}"
    return None


def lost_priors(plan) -> set[str]:
    """Autoencoders, as in paths, that have a prior in their study's file, and files in their place.

    That the codes of these were drawn towards N(0, I) is nowhere said, and what standard normal
    codes decode to would be noise under the name of a model.

    Args:
        plan: the `Plan`.
    """
    found = set()
    for study, shipped in plan.shipped.items():
        before, now = (written.autoencoders(one) for one in (shipped, plan.study(study)))
        found |= {
            f"{study}.{name}"
            for name, (_, has_prior) in before.items()
            if has_prior and not now[name][1] and plan.is_pretrained(f"{study}.{name}")
        }
    return found


def with_priors(plan, entry: dict, methods: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The methods of a figure but priors that are lost; a table of cells wants one in each.

    Args:
        plan: the `Plan`.
        entry: what the study says of the figure.
        methods: pairs of an autoencoder, as in paths, and a sampler.
    """
    lost = set() if "columns" in entry else lost_priors(plan)
    return [pair for pair in methods if pair[1] != "prior" or pair[0] not in lost]
