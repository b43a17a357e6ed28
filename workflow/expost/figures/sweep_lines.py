"""The lines of a sweep over a setting: which methods they are of, and how they look."""

from typing import NamedTuple

import pandas as pd

from .. import samplers
from ..study.turns import Turn
from . import methods, naming

STYLES = ("-", (0, (4, 1.5)), ":", "-.", (0, (1, 1)), (0, (6, 1, 1, 1)))
MARKERS = "osDv^P"
# Several autoencoders take them in this order, as these are told apart by anybody.
COLOURS = [look.colour for look in methods.PALETTE]


class Way(NamedTuple):
    """What is drawn of one method.

    Attributes:
        autoencoder: whose setting is turned, or that is not turned.
        sampler: on it.
        places: values of the setting; empty where the method is the same at all of them.
        names: of the autoencoder at these, as scores have it.
    """

    autoencoder: str
    sampler: str
    places: tuple
    names: tuple[str, ...]


def ways(means: pd.DataFrame, turns: list[Turn]) -> list[Way]:
    """The lines, in the order of the turns and of methods, and behind them what lies across."""
    left, found = methods.in_order(means), []
    for turn in turns:
        turned = [
            pair[1] for pair in left if pair[0] in turn.names and pair[1] not in samplers.ORIGINALS
        ]
        for sampler in dict.fromkeys(turned):
            found.append(Way(turn.autoencoder, sampler, turn.values, turn.names))
        left = [pair for pair in left if pair[0] not in turn.names or pair[1] not in turned]
    return found + [Way(*pair, (), (pair[0],)) for pair in left]


def looks(ways: list[Way]) -> list[tuple[str, dict]]:
    """Name and look of each: of one autoencoder its samplers' own, of several theirs by colour."""
    turned = list(dict.fromkeys(way.autoencoder for way in ways if way.places))
    drawn = list(dict.fromkeys(way.sampler for way in ways if way.places))
    found = []
    for way in ways:
        if not way.places:
            own = methods.method(way.autoencoder, way.sampler)
            found.append((own.tag, {"color": own.colour, "linestyle": own.line, "marker": ""}))
            continue
        tag, look = methods.of_sampler(way.sampler).tag, _look(way)
        if len(turned) > 1:
            place, kind = turned.index(way.autoencoder), drawn.index(way.sampler)
            look = {
                "color": COLOURS[place % len(COLOURS)],
                "linestyle": STYLES[kind % len(STYLES)],
                "marker": MARKERS[kind % len(MARKERS)],
            }
            title = naming.now().written(way.autoencoder)
            tag = f"{title}: {tag}" if len(drawn) > 1 else title
        found.append((tag, look))
    return found


def _look(way: Way) -> dict:
    """That of a sampler, and of a prior that an autoencoder was trained towards its own."""
    own = methods.of_sampler(way.sampler)
    if not methods.is_control(way.autoencoder, way.sampler) and way.sampler == "prior":
        own = methods.METHODS["vae/prior"]
    return {"color": own.colour, "linestyle": own.line, "marker": own.marker}
