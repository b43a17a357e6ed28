"""The lines of a sweep over a setting: which methods they are of, and how they look."""

from typing import NamedTuple

import pandas as pd

from .. import samplers
from ..study.training_sweeps import Turn
from . import methods

STYLES = ("-", (0, (4, 1.5)), ":", "-.", (0, (1, 1)), (0, (6, 1, 1, 1)))
MARKERS = "osDv^P"
# Several autoencoders take them in this order, as these are told apart by anybody.
COLOURS = [v.colour for k, v in methods.METHODS.items() if k not in samplers.CONTROLS]


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
        own = methods.method(way.autoencoder, way.sampler)
        plain = methods.method("ae", way.sampler)
        look = {"color": own.colour, "linestyle": plain.line, "marker": plain.marker}
        tag = own.tag
        if not way.places:
            look["marker"] = ""
        elif len(turned) == 1:
            tag = plain.tag
        else:
            place, kind = turned.index(way.autoencoder), drawn.index(way.sampler)
            look = {
                "color": COLOURS[place % len(COLOURS)],
                "linestyle": STYLES[kind % len(STYLES)],
                "marker": MARKERS[kind % len(MARKERS)],
            }
            tag = f"{way.autoencoder}: {plain.tag}" if len(drawn) > 1 else way.autoencoder
        found.append((tag, look))
    return found
