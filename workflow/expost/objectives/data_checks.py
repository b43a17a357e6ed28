"""What an objective asks of the data, beside its options; read without torch."""

from importlib import import_module

from ..runtime import signatures
from . import defaults, source


def check(
    objective: str, latent: int, options: dict, items: int | None, classes: int | None
) -> None:
    """Refuse data that an objective with these options cannot be trained on.

    An objective that asks for something names a module beside it that has no need of torch, in a
    constant `DATA_CHECKED_BY`; that module's `check` is given all options, and does the rest.

    Args:
        objective: a key of `OBJECTIVES`.
        latent: length of a code.
        options: of the objective, as far as they are given.
        items: how many there are to train on; None where that is not known yet.
        classes: of the data; 0 where they have no labels, None where that is not known yet.

    Raises:
        ValueError: what was got, what was wanted.
    """
    file, _ = source(objective)
    if module := signatures.constant(file, "DATA_CHECKED_BY"):
        own = defaults(objective) | options
        import_module(f".{module}", __package__).check(latent, items, classes, own)
