"""Studies with the config's overrides in them."""

from .figures import COMMON
from .overlays import mappings, merged, trained, with_use


def overridden(own: dict, changes: dict) -> dict:
    """A study with changes in it; what is no mapping where one belongs is left to the schema.

    Args:
        own: the study as its file has it.
        changes: keys of it that are other.
    """
    study = merged(own, changes)
    if mappings(own.get("training"), changes.get("training")):
        study["training"] = _with_places(own["training"], changes["training"])
    mine, others = own.get("autoencoders"), changes.get("autoencoders")
    for name in mine if mappings(mine, others) else ():
        if mappings(mine[name], others.get(name)):
            study["autoencoders"][name] = _with_places(mine[name], others[name])
    figures, others = own.get("figures"), changes.get("figures")
    for name in figures if mappings(figures, others) else ():
        entry, change = figures[name], others.get(name)
        if mappings(entry, change) and change.get("kind", entry["kind"]) != entry["kind"]:
            left = {key: value for key, value in entry.items() if key in COMMON}
            study["figures"][name] = merged(left, change)
    return study


def _with_places(own: dict, changes: dict) -> dict:
    """As `trained`, with what both say of single data sets under `on`."""
    found, objective = trained(own, changes), own.get("objective")
    places, others = own.get("on"), changes.get("on", {})
    for name in places if mappings(places, others) else ():
        if mappings(places[name], change := others.get(name, {})):
            left = with_use(places[name], changes, objective)
            found["on"] = found["on"] | {name: trained(left, change, objective)}
    return found
