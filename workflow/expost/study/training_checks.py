"""What must be true of a training before anything is run for it; nothing here imports torch."""

from .. import objectives
from ..networks import architectures
from ..objectives import asked, data_checks
from ..runtime import signatures
from ..training import settings
from . import definitions, excess, given_codes, pretrained
from .data_sets import DataSet
from .excess import FEWEST, FOR_OTHERS
from .runs import bare


def checked(
    training: dict, known: DataSet, autoencoder: str, place: tuple[str, ...], folder: str
) -> dict:
    """A training, unless it could not start; or what is known of files, or codes, in its place.

    Args:
        training: how an autoencoder is made and trained on a data set, or which files it is.
        known: that data set.
        autoencoder: as in paths.
        place: the keys of its study that say how many images are held out.
        folder: what relative paths of files are relative to.

    Raises:
        ValueError: what was got, what was wanted; says whose training it is.
    """
    try:
        if known.problem:
            raise ValueError(known.problem)
        if given_codes.is_one(training, known):
            return given_codes.completed(known)
        if pretrained.is_one(training):
            training = pretrained.completed(training, known, folder)
        else:
            _check(training, known)
        _check_left(known, training.get("validation", 0), autoencoder, place)
    except ValueError as error:
        where = f"autoencoder {bare(autoencoder)!r} of study {autoencoder.partition('.')[0]!r}"
        raise ValueError(f"{error} ({where} on data set {known.name!r})") from None
    return training


def _check(training: dict, known: DataSet) -> None:
    found = settings.resolve(training)
    asked.check_players(found["objective"], found["players"])
    networks = architectures.build(found["networks"], found["width"])
    _check_layers(found["objective"], found["options"], networks)
    if known.shape is not None:
        networks.check(known.shape)
    items = None if known.counts is None else known.counts[0] - found["validation"]
    about = (found[key] for key in ("objective", "latent", "options"))
    data_checks.check(*about, items, _classes(found, known))


def _classes(found: dict, known: DataSet) -> int | None:
    """How many classes a training is given; None where that is not known yet."""
    if (only := found.get("of_class")) is None:
        return known.classes
    if known.classes is not None and only >= known.classes:
        wanted = f"0 to {known.classes - 1}" if known.classes else "none, as data have no labels"
        raise ValueError(
            f"got of_class {only} of {known.classes or 'no'} classes; wanted {wanted}, the number "
            "of the class whose images alone it is trained on"
        )
    return 1


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


def _check_left(known: DataSet, held: int, autoencoder: str, place: tuple[str, ...]) -> None:
    """Refuse to hold out all training images but one, or more of them than there are."""
    if known.counts is None or known.counts[0] - held >= FEWEST["size"]:
        return
    images, study = known.counts[0], autoencoder.partition(".")[0]
    some = images // FOR_OTHERS
    text = excess.written(definitions.nested((study, *place), some))
    wanted = f"write `{text}` into the config, say, or give it more data"
    raise ValueError(
        f"got {images} training images, of which `validation: {held}` are to be held out; wanted "
        f"at least {FEWEST['size']} that are left to train on: "
        + (wanted if some >= FEWEST["draws"] else "give it more data")
    )
