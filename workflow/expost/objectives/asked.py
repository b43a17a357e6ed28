"""What a config says of an objective beside its options; read without torch."""

from collections.abc import Iterable

from ..runtime import option_values, signatures
from . import OBJECTIVES, defaults, reconstruction_names, source


def check_players(objective: str, said: Iterable[str]) -> None:
    """Refuse a player of another name than the objective gives its own, as far as these are told.

    Args:
        objective: a key of `OBJECTIVES`.
        said: names under the setting `players`.

    Raises:
        ValueError: which one, and who plays.
    """
    known = signatures.first_texts(source(objective)[0], "Player")
    if unknown := sorted(set(said) - set(known or said)):
        raise ValueError(
            f"got settings of the player {', '.join(unknown)}; the objective {objective!r} has "
            f"{', '.join(known)}{option_values.close(unknown[0], known)}"
        )


def paced(objective: str, given: dict) -> str | None:
    """The option, with its word, that makes an objective go by how long a training is, if any.

    Args:
        objective: a key of `OBJECTIVES`.
        given: its options.
    """
    words = signatures.constant(source(objective)[0], "PACED") or {}
    own = defaults(objective) | given
    found = (f"options.{option} {word!r}" for option, word in words.items() if own[option] == word)
    return next(found, None)


def check_likelihood(objective: str, given: dict, loss: str, reduction: str) -> None:
    """Refuse a reconstruction of which an option cannot make the likelihood that it asks for.

    Args:
        objective: a key of `OBJECTIVES`.
        given: its options.
        loss: the reconstruction, as the config names it.
        reduction: of it over an item.

    Raises:
        ValueError: what was got, what was wanted.
    """
    words = signatures.constant(source(objective)[0], "LIKELIHOOD") or {}
    if any(given.get(option) in some for option, some in words.items()):
        reconstruction_names.check_likelihood(loss, reduction)


def together(objective: str) -> bool:
    """Whether several of an objective can be played side by side, which its `TOGETHER` says."""
    return bool(signatures.constant(source(objective)[0], "TOGETHER"))


def all_together() -> list[str]:
    """The objectives of which that is so."""
    return [name for name in OBJECTIVES if together(name)]
