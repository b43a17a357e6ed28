"""How many kernels the law of trained codes hangs on, where there is one; read without torch."""

from importlib import import_module

from ..runtime import signatures
from . import defaults, source


class NoLaw(ValueError):
    """An objective's codes have no such law; the message says which ones have."""


def kernels(objective: str, options: dict) -> int:
    """How many kernels the law N(0, (1 - h^2) I) of an objective's codes has its h of.

    An objective with such a law names the module beside it that knows, in a constant `LAW_SAID_BY`.

    Args:
        objective: a key of `OBJECTIVES`.
        options: of it, as far as they are given.

    Raises:
        NoLaw: its codes have no such law.
    """
    module = signatures.constant(source(objective)[0], "LAW_SAID_BY")
    own = defaults(objective) | options
    known = module and import_module(f".{module}", __package__).kernels(own)
    if known is None:
        target = f" with target {options['target']!r}" if "target" in options else ""
        raise NoLaw(
            f"codes of the objective {objective!r}{target} have no law N(0, (1 - h²) I); those of "
            "gen with target 'normal' do"
        )
    return known
