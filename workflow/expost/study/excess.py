"""Numbers of figures that are too large for a data set, and what to write in their place."""

from dataclasses import dataclass
from itertools import product

from . import definitions, overlays
from .figures import Figure

FEWEST = {"size": 2, "draws": 10, "pairs": 1, "rows": 1}  # as the schema has it
FOR_OTHERS = 5  # of so many training images one may be held out, as for tests where none are given


@dataclass(frozen=True)
class Excess:
    """A number of a figure that is too large for a data set.

    Attributes:
        key: of the study or the figure: size, draws, pairs or rows.
        value: what it is.
        most: what it could be.
        has: the reason, in words.
        place: the study, and in it the keys, that say how many images a training holds out, where
            that is the reason; () where a figure turns that number.
        hold_out: how many it would better hold out; 0 where that may stay.
    """

    key: str
    value: int
    most: int
    has: str
    place: tuple[str, ...] = ()
    hold_out: int = 0

    @property
    def limits(self) -> dict[str, int]:
        """The largest values of a study and its figures, where as many are held out as it says."""
        if self.key == "size":
            drawn = {"draws": self.hold_out} if self.hold_out else {}
            return {"size": self.most, "sizes": self.most} | drawn
        return {} if self.hold_out else {self.key: self.most}


def remedy(name: str, wanted: dict[Excess, list[Figure]], plan) -> str:
    """What to write into the config, or what the data set lacks.

    Args:
        name: of the data set.
        wanted: what is too large -> the figures that want it.
        plan: the `Plan`.
    """
    few = [e for e in wanted if e.most < FEWEST[e.key] and not e.hold_out]
    if few:
        part = "training" if few[0].key == "size" else "test"
        said = f"That is too few for any figure: give {name} more {part} data"
        return said + _without(wanted, plan)
    changes: dict[str, dict] = {}
    for excess, figures in wanted.items():
        if excess.hold_out and excess.place:
            said = definitions.nested(excess.place, excess.hold_out)
            changes = overlays.merged(changes, said)
        for figure, (key, most) in product(figures, excess.limits.items()):
            _lower(changes, figure, key, most, plan)
    if not changes:
        return "Write other values of `validation` into the `turns`"
    data = any(f"{name} has" in excess.has for excess in wanted)
    more = f", or give {name} more data" if data else ""
    return f"Write `{written(changes)}` into the config{more}{_without(wanted, plan)}"


def written(changes: dict) -> str:
    """Changes of studies in one line of the config."""
    import yaml

    text = yaml.safe_dump({"overrides": changes}, default_flow_style=True, width=10**6)
    return text.strip()[1:-1]


def _lower(changes: dict, figure: Figure, key: str, most: int, plan) -> None:
    """Write a smaller value of a figure, or of its study, where it is larger than may be."""
    study = plan.studies[figure.study]
    own = figure.options | study["figures"][figure.name]
    value = own.get(key, study.get(key))
    if (lowered := _lowered(value, most)) == value:
        return
    into = changes.setdefault(figure.study, {})
    if key in own:
        into = into.setdefault("figures", {}).setdefault(figure.name, {})
    into[key] = min(lowered, into.get(key, lowered))


def _without(wanted: dict[Excess, list[Figure]], plan) -> str:
    """That the one study whose figures want too much may be left out, where there are others."""
    asking = {figure.study for figures in wanted.values() for figure in figures}
    others = [study for study in plan.config["studies"] if study not in asking]
    if len(asking) > 1 or not others:
        return ""
    return f", or leave out the study: `studies: [{', '.join(others)}]`"


def _lowered(value: int | list | str | None, most: int) -> int | list | str | None:
    """A number, or those of a list, where they are larger; words as they are."""
    if isinstance(value, list):
        return list(dict.fromkeys(min(one, most) for one in value))
    return min(value, most) if isinstance(value, int) else value
