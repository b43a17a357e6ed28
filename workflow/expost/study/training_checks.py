"""What must be true of a training before anything is run for it; nothing here imports torch."""

from .. import objectives
from ..networks import architectures
from ..runtime import signatures
from ..training import settings
from . import definitions, excess
from .data_sets import DataSet
from .excess import FEWEST, FOR_OTHERS
from .runs import bare


def check(training: dict, known: DataSet, autoencoder: str, place: tuple[str, ...]) -> None:
    """Refuse a training that could not start.

    Args:
        training: how an autoencoder is made and trained on a data set.
        known: that data set.
        autoencoder: as in paths.
        place: the keys of its study that say how many images are held out.

    Raises:
        ValueError: what was got, what was wanted; says whose training it is.
    """
    study, where = autoencoder.partition(".")[0], f"on data set {known.name!r}"
    where = f"autoencoder {bare(autoencoder)!r} of study {study!r} {where}"
    try:
        found = settings.resolve(training)
        objectives.check_players(found["objective"], found["players"])
        networks = architectures.build(found["networks"], found["width"])
        _check_layers(found["objective"], found["options"], networks)
        if known.problem:
            raise ValueError(known.problem)
        if known.shape is not None:
            networks.check(known.shape)
        if known.counts is not None:
            _check_left(known.counts[0], found["validation"], (study, *place))
    except ValueError as error:
        raise ValueError(f"{error} ({where})") from None


def _check_layers(objective: str, given: dict, networks: architectures.Architecture) -> None:
    """Refuse an option that is about layers which the networks say they are `without`."""
    file, _ = objectives.source(objective)
    words = signatures.constant(file, "CHOICES") or {}
    for option, layers in (signatures.constant(file, "LAYERS") or {}).items():
        lacking = layers.get(given.get(option))
        if lacking in getattr(networks, "without", ()):
            others = " or ".join(word for word in words[option] if word != given[option])
            raise ValueError(
                f"got options.{option} {given[option]!r}, but the networks have no {lacking}; set "
                f"it to {others}, or set other `networks`"
            )


def _check_left(images: int, held: int, place: tuple[str, ...]) -> None:
    """Refuse to hold out all training images but one, or more of them than there are."""
    if images - held >= FEWEST["size"]:
        return
    some = images // FOR_OTHERS
    text = excess.written(definitions.nested(place, some))
    wanted = f"write `{text}` into the config, say, or give it more data"
    raise ValueError(
        f"got {images} training images, of which `validation: {held}` are to be held out; wanted "
        f"at least {FEWEST['size']} that are left to train on: "
        + (wanted if some >= FEWEST["draws"] else "give it more data")
    )
