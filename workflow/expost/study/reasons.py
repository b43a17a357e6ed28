"""Why a figure cannot be drawn, where that is no mistake."""

from collections.abc import Iterable

from .kinds import Kind
from .runs import bare


def lacking(plan, kind: Kind, entry: dict, dataset: str) -> str | None:
    """Why a figure cannot be drawn for a data set; None where it can."""
    known = plan.data_sets[dataset]
    if reason := known.why_not(what for what in kind.capabilities if what != "features"):
        return reason
    if "features" not in kind.capabilities:
        return None
    reasons = [known.lacks.get(f"features {space}") for space in entry["features"]]
    if all(reasons):  # or there are none
        return reasons[0] if reasons else "no feature space is asked for"
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
    for what, names in (("epochs", shown if over_epochs else ()), ("settings to turn", turned)):
        for name in filter(plan.is_pretrained, names):
            return f"{bare(name)} was trained elsewhere, so that there are no {what}"
    return None
