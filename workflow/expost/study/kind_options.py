"""What the options of kinds may be."""

from ..runtime import option_values
from . import panels
from .kinds import COUNT, COUNTS, TEXT, Choice, Some


def check(key: str, value, known, where: str) -> None:
    """Refuse a value that an option of a kind cannot have.

    Args:
        key: the option's name.
        value: what an instance says.
        known: what its kind says of it, `Kind.options`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    known = known.words if isinstance(known, Choice) else known
    if isinstance(known, Some):
        some = isinstance(value, list) and bool(value)
        fits = some and value == [word for word in known.words if word in value]
        wanted = f"a list of some of {', '.join(known.words)}, in this order"
    elif isinstance(known, tuple):
        fits = value in known
        wanted = f"one of {', '.join(known)}{option_values.close(value, known)}"
    elif known is TEXT or (isinstance(known, str) and known != panels.USUAL):
        fits, wanted = isinstance(value, str), "text"
    elif known == panels.USUAL:
        fits, wanted = panels.fit(value), "a mapping of spaces to metrics, `all` or `usual`"
    elif isinstance(known, dict):
        fits, wanted = isinstance(value, dict), "a mapping"
    elif isinstance(known, bool):
        fits, wanted = isinstance(value, bool), "true or false"
    elif known is COUNTS:
        counts = isinstance(value, list) and all(type(n) is int and n > 0 for n in value)
        fits = counts and bool(value) and len(set(value)) == len(value)
        wanted = "a list of different whole numbers above 0"
    elif known is COUNT or isinstance(known, int):
        fits, wanted = type(value) is int and value > 0, "a whole number above 0"
    else:
        return
    if not fits:
        raise ValueError(f"got {key} {value!r} in {where}; wanted {wanted}")
