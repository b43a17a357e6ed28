"""Mappings put over others: layers of what is said of a training.

What has a name has options of its own, and another one has none of the first's: so of an optimiser,
a schedule, networks or an objective with another name the first's options are not kept, nor those
options of an objective that a changed word leaves without a use. Nobody could take them away.
"""

from .. import objectives
from ..runtime import signatures

NAMED = (("optimiser", "name"), ("schedule", "kind"), ("networks", "name"))
OF_OBJECTIVE = ("options", "players")


def merged(base: dict, changes: dict) -> dict:
    """A mapping with changes in it: mappings are merged, all else is replaced."""
    result = dict(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def trained(base: dict, changes: dict, objective: str | None = None) -> dict:
    """What is said of a training, with changes in it.

    Args:
        base: settings of a training, not all of them.
        changes: those that are other.
        objective: that of the training, where `base` does not say it.
    """
    base = dict(base)
    for key, name in NAMED:
        if isinstance(change := changes.get(key), dict):
            first = base.get(key, {})
            base[key] = first = {name: first} if isinstance(first, str) else first
            if change.get(name, first.get(name)) != first.get(name):
                del base[key]
    base = with_use(base, changes, base.get("objective", objective))
    players, others = base.get("players"), changes.get("players")
    found = merged(base, changes)
    for name in players if mappings(players, others) else ():
        if mappings(players[name], others.get(name)):
            found["players"][name] = trained(players[name], others[name])
    return found


def with_use(said: dict, changes: dict, objective: str | None) -> dict:
    """What is said of a training but for what changes of its objective, or of words, leave useless.

    Args:
        said: settings, in the same layer or one that goes before it.
        changes: those that are other.
        objective: the one before these.
    """
    if objective and changes.get("objective", objective) != objective:
        return {key: value for key, value in said.items() if key not in OF_OBJECTIVE}
    options, others = said.get("options"), changes.get("options")
    if not mappings(options, others) or str(objective) not in objectives.OBJECTIVES:
        return said
    rules = signatures.constant(objectives.source(objective)[0], "ONLY_WITH") or {}
    useless = [o for o, (word, *of) in rules.items() if others.get(word, of[0]) not in of]
    return said | {"options": {key: v for key, v in options.items() if key not in useless}}


def mappings(*values) -> bool:
    """Whether all of some values are mappings."""
    return all(isinstance(value, dict) for value in values)
