"""Places under `on` in the overrides of a study: which data sets single keys are other for."""

from .figure_checks import known


def check(changes: dict, own: dict, data_sets, study: str) -> None:
    """Refuse a data set that the config does not have, for which nothing would ever be other.

    A study itself may name data sets that a config lacks. What is no mapping is left to the schema.

    Args:
        changes: the overrides of the study.
        own: the study as its file has it.
        data_sets: names of those of the config.
        study: its name.

    Raises:
        ValueError: which one, where, and what is known.
    """
    said = _places(own)
    for where, places in _places(changes).items():
        among = [*data_sets, *(() if where.startswith("samplers") else ("vectors",))]
        known("data set", places, [*among, *said.get(where, ())], f"overrides.{study}.{where}.on")


def _places(study: dict) -> dict[str, list[str]]:
    """Where a study says `on` -> the data sets that it names there."""
    parts = {"training": study.get("training")}
    for key in ("autoencoders", "samplers"):
        entries = study.get(key)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            parts[f"{key}.{name}"] = entry
    named = {where: part.get("on") for where, part in parts.items() if isinstance(part, dict)}
    return {where: list(places) for where, places in named.items() if isinstance(places, dict)}
