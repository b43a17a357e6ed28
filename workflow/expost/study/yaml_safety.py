"""What a config may be made of: text, numbers, lists and mappings, as in JSON."""

import math
import reprlib
from collections.abc import Iterable, Iterator

# Keys whose numbers may have a point, as may all below some others.
FRACTIONAL = ("test", "learning_rate", "weight_decay", "width")
FREE = ("samplers", "knobs", "options", "optimiser", "schedule", "groups", "range")
LARGEST = 2**63 - 1  # a whole number that all that compute with it can hold
MOST, DEEPEST = 10_000, 20  # values and levels; those of the presets are some hundreds and six


def check(config: dict) -> None:
    """Refuse what YAML knows beyond JSON, and whole numbers with a point, which paths would have.

    To the schema 40.0 is an integer, to Python it is none. And by its aliases a few lines of YAML
    can stand for more values than could ever be looked at, or for what holds itself.

    Raises:
        ValueError: what was got, where, and what was wanted.
    """
    for number, (value, where) in enumerate(_values(config, (), 0), 1):
        place = ".".join(where) or "the config"
        if number > MOST:
            raise ValueError(
                f"got more than {MOST} values up to {place}, those that a YAML alias stands for "
                "counted wherever it stands; wanted fewer"
            )
        if isinstance(value, int) and abs(value) > LARGEST:
            raise ValueError(
                f"got {reprlib.repr(value)} for {place}; wanted a number of at most {LARGEST}"
            )
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"got {value} for {place}; wanted a number that is finite")
        if isinstance(value, float):
            free = where[-1] in FRACTIONAL or not set(FREE).isdisjoint(where)
            if value.is_integer() and not free:
                raise ValueError(f"got {value} for {place}; write whole numbers without a point")
        elif not isinstance(value, dict | list | str | int | None):
            raise ValueError(
                f"got {reprlib.repr(value)[:100]} for {place}, which YAML takes for a "
                f"{type(value).__name__}; wanted text, put in quotes, or a number"
            )


def read_on(part):
    """A part of a config in which the key `on` is text again, at any depth.

    YAML 1.1, which Python's readers follow, takes an unquoted `on` for the truth value. A key that
    was written as text, in quotes or after `--config`, goes before one that was not. What is read
    must have passed `check`, or it may have no end.
    """
    if isinstance(part, list):
        return [read_on(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    unquoted = {"on": part[True]} if True in part else {}
    named = {key: value for key, value in part.items() if key is not True}
    return {key: read_on(value) for key, value in (unquoted | named).items()}


def check_arguments(arguments: Iterable[str]) -> None:
    """Refuse what a shell could take for code in `--config`, which on a cluster one reads.

    Args:
        arguments: `name=value` each.

    Raises:
        ValueError: what was got, and what to do.
    """
    for argument in arguments:
        for character in argument:
            if character in "\"'`$\\" or not character.isprintable():
                raise ValueError(
                    f"got {character!r} in --config {argument!r}, which a shell on a cluster would "
                    "not take for text; put this into a file and name it by --configfile"
                )


def _values(part, where: tuple, depth: int) -> Iterator[tuple]:
    """A part of a config and all in it, each with the keys that lead there."""
    place = ".".join(where) or "the config"
    if depth > DEEPEST:
        raise ValueError(
            f"got more than {DEEPEST} levels at {place}, as what holds itself by a YAML alias "
            "has; wanted fewer"
        )
    yield part, where
    if isinstance(part, dict):
        for key, inner in part.items():
            key = "on" if key is True else key  # see `read_on`
            if not isinstance(key, str):
                raise ValueError(f"got the key {key!r} in {place}; wanted text: put it in quotes")
            yield from _values(inner, (*where, key), depth + 1)
    elif isinstance(part, list):
        for inner in part:
            yield from _values(inner, where, depth + 1)
