"""Values of options, checked by name: a mistake is refused with what to write in its place."""

import math
import re
from difflib import get_close_matches
from numbers import Integral, Real

# What reads as a number to people. YAML 1.1 wants a point before an exponent, and its sign.
_NUMBER = re.compile(r"([-+]?)(\d*)(\.\d*)?(?:e([-+]?)(\d+))?", re.IGNORECASE)


def number(
    what: str,
    value: object,
    *,
    least: float = -math.inf,
    above: float = -math.inf,
    below: float = math.inf,
    most: float = math.inf,
    also: tuple = (),
) -> float:
    """The value itself, which must be a finite number, and no truth value.

    Args:
        what: the option's name, for messages.
        value: what it was set to.
        least: the least that is allowed.
        above: what is too small already.
        below: what is too large already.
        most: the most that is allowed.
        also: what is allowed beside numbers, such as None or a word.

    Raises:
        ValueError: it is none, or out of bounds; says what to write where it is a number as text.
    """
    real = isinstance(value, Real) and not isinstance(value, bool)
    if real and _finite(value) and least <= value <= most and above < value < below:
        return value
    if _among(value, also):
        return value
    raise ValueError(_refusal(what, value, "number", (least, above, below, most), also))


def count(
    what: str, value: object, *, least: int = 1, most: float = math.inf, also: tuple = ()
) -> int:
    """The value itself, which must be a whole number written without a point.

    Arguments and errors are those of `number`.
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if whole and least <= value <= most:
        return value
    if _among(value, also):
        return value
    bounds = (least, -math.inf, math.inf, most)
    raise ValueError(_refusal(what, value, "whole number", bounds, also))


def places(what: str, value: object) -> list[int | str] | None:
    """The value itself, which must be a list of different columns, numbers from 0 on or names.

    None is as good.

    Raises:
        ValueError: it is none.
    """
    if value is None:
        return value
    whole = isinstance(value, list | tuple) and all(
        isinstance(one, str)
        or (isinstance(one, Integral) and not isinstance(one, bool) and one >= 0)
        for one in value
    )
    if whole and value and len(set(value)) == len(value):
        return value
    raise ValueError(f"got {what} {value!r}; wanted a list of different columns, as [0, 2]")


def choice(what: str, value: object, known) -> object:
    """The value itself, which must be one of the known words, or None where that is one.

    Raises:
        ValueError: it is none; says which there are.
    """
    if _among(value, known):
        return value
    words = ", ".join(map(str, known))
    raise ValueError(f"got {what} {value!r}; wanted one of {words}{close(value, known)}")


def close(name: object, known) -> str:
    """What to add to a message about an unknown name: the known one that it is like, if any."""
    found = closest(name, known)
    return f" (did you mean {found!r}?)" if found else ""


def closest(name: object, known) -> str | None:
    """The known name that a name is like, or is; None where it is like none."""
    known = [str(one) for one in known]
    turned = [one for one in known if sorted(one) == sorted(str(name))]  # `ea` for `ae`
    found = get_close_matches(str(name), known, n=1, cutoff=0.7) or turned
    return found[0] if found else None


def _finite(value: Real) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of more digits than a float has
        return False


def _among(value: object, known) -> bool:
    """Whether it is one of these words, or None: arrays are not compared, nor 1 taken for True."""
    return (value is None or isinstance(value, str)) and value in known


def _refusal(what: str, value: object, kind: str, bounds: tuple, also: tuple) -> str:
    words = ("of at least", "above", "below", "of at most")
    limits = [f"{w} {b:g}" for w, b in zip(words, bounds, strict=True) if math.isfinite(b)]
    wanted = " or ".join([f"a {kind} {' and '.join(limits)}".strip(), *map(str, also)])
    if isinstance(value, str):
        remedy = _as_yaml(value, kind == "whole number")
        words = [word for word in also if isinstance(word, str)]
        text = f"got {what} {value!r}; wanted {wanted}"
        text += close(value, words) if words else ", not text"
        return f"{text}: write {remedy}, without quotes" if remedy else text
    if kind == "whole number" and isinstance(value, float) and value.is_integer():
        return f"got {what} {value!r}; wanted {wanted}: write {int(value)}"
    return f"got {what} {value!r}; wanted {wanted}"


def _as_yaml(text: str, whole: bool) -> str | None:
    """A number that stands in a text as YAML reads it for a number; None where there is none."""
    found = _NUMBER.fullmatch(text.strip().replace("_", ""))
    if not found or not (found[2] or (found[3] or "")[1:]):
        return None
    sign, before, after, exponent_sign, exponent = found.groups(default="")
    if whole:
        value = float(found[0])
        return str(int(value)) if value.is_integer() else None
    if not exponent:
        return sign.replace("+", "") + (before or "0") + after
    return (
        f"{sign}{before or 0}{after if len(after) > 1 else '.0'}e{exponent_sign or '+'}{exponent}"
    )
