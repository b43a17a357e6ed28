"""The entries of a YAML file, made into dataclasses: keys and types that do not fit are named."""

import inspect
import reprlib
import types
import typing
from pathlib import Path

from ...io import plain_yaml
from ...io.untrusted import named
from ...runtime import option_values


def read(path: str | Path) -> list:
    """The list in a YAML file.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no YAML, or no list.
    """
    with named(path, "correct it"):
        content = plain_yaml.read_shallow(Path(path).read_text())
    if not isinstance(content, list):
        raise ValueError(f"{path}: got {reprlib.repr(content)}; wanted a list of entries")
    return content


def build(kind: type, options: dict, where: str):
    """A dataclass made of a mapping, whose keys are its fields.

    Raises:
        ValueError: a key is not known or missing, or its value of another type; says which.
    """
    parameters, hints = inspect.signature(kind).parameters, typing.get_type_hints(kind)
    known("key", options, parameters, where)
    for name, parameter in parameters.items():
        if name not in options:
            if parameter.default is parameter.empty:
                raise ValueError(f"{where}: the key {name!r} is missing")
        elif not _fits(options[name], hints[name]):
            got = reprlib.repr(options[name])
            raise ValueError(f"{where}: got {got} for {name!r}; wanted {_words(hints[name])}")
    return kind(**options)


def known(kind: str, names, among, where: str) -> None:
    """Refuse names that are not among the known ones.

    Raises:
        ValueError: which one, and what is known.
    """
    for name in names:
        if not isinstance(name, str) or name not in among:
            got = repr(name) if isinstance(name, str) else reprlib.repr(name)
            raise ValueError(
                f"{where}: got unknown {kind} {got}; known are {', '.join(map(str, among))}"
                f"{option_values.close(name, among)}"
            )


def _fits(value, hint) -> bool:
    """Whether a value is of an annotated type; whole numbers are floats too."""
    parts = typing.get_args(hint)
    if typing.get_origin(hint) is list:
        return isinstance(value, list) and all(_fits(one, parts[0]) for one in value)
    if isinstance(hint, types.UnionType):
        return any(_fits(value, one) for one in parts)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, hint)


def _words(hint) -> str:
    """An annotation as YAML's writers would say it."""
    words = {str: "text", dict: "a mapping", float: "a number", type(None): "nothing"}
    parts = typing.get_args(hint)
    if typing.get_origin(hint) is list:
        return f"a list of {_words(parts[0])}"
    if isinstance(hint, types.UnionType):
        return " or ".join(words[one] for one in parts if one in words)
    return words[hint]
