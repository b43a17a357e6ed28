"""What a class's constructor takes, read from its source: nothing is imported."""

import ast
from contextlib import suppress
from functools import cache
from pathlib import Path

from . import option_values


@cache
def of_constructor(source: Path, name: str) -> dict[str, bool]:
    """The arguments of a class's constructor, and whether each has a default.

    Args:
        source: the Python file that defines the class.
        name: of the class. One without a constructor of its own has no arguments here, whatever
            it inherits.

    Raises:
        ValueError: the file defines no such class.
    """
    return {argument.arg: default is not None for argument, default in _arguments(source, name)}


@cache
def defaults(source: Path, name: str) -> dict[str, object]:
    """The arguments of a class's constructor whose defaults are written out, and these.

    Arguments and errors are those of `of_constructor`.
    """
    found = {}
    for argument, default in _arguments(source, name):
        with suppress(ValueError):  # one that is computed
            found |= {argument.arg: ast.literal_eval(default)} if default is not None else {}
    return found


@cache
def first_texts(source: Path, callee: str) -> tuple[str, ...] | None:
    """The first arguments of all calls of a name; None where one of them is not a plain text.

    Args:
        source: a Python file.
        callee: what is called.
    """
    calls = (node for node in ast.walk(ast.parse(source.read_text())) if _calls(node, callee))
    found = [call.args[0] if call.args else None for call in calls]
    texts = [getattr(argument, "value", None) for argument in found]
    return tuple(texts) if all(isinstance(text, str) for text in texts) else None


def _calls(node: ast.AST, callee: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) == callee


def check_types(
    source: Path, name: str, options: dict, prefix: str = "", bounds: dict | None = None
) -> None:
    """Refuse values that a class's constructor cannot take, without importing it.

    A value must be of the type that its argument is annotated with, or of that of its default,
    where this is a number, a truth value, text or several numbers.

    Args:
        source: the Python file that defines the class.
        name: of the class.
        options: argument -> value.
        prefix: of their names in messages.
        bounds: argument -> bounds of its numbers, as `option_values.number` takes them.

    Raises:
        ValueError: what was got, what was wanted.
    """
    usual = defaults(source, name)
    for argument, _ in _arguments(source, name):
        if (key := argument.arg) in options:
            kind = ast.unparse(argument.annotation) if argument.annotation else ""
            limits = (bounds or {}).get(key, {})
            _check_type(prefix + key, options[key], kind, usual.get(key), limits)


@cache
def constant(source: Path, name: str, otherwise: object = None) -> object:
    """What a module sets a name to, in plain literals; `otherwise` where it does not.

    Raises:
        ValueError: it is set to something else.
    """
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == [name]:
            return ast.literal_eval(node.value)
    return otherwise


@cache
def _class(source: Path, name: str) -> ast.ClassDef:
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return node
    raise ValueError(f"found no class {name} in {source}")


def _constructor(source: Path, name: str) -> ast.FunctionDef | None:
    body = _class(source, name).body
    found = (n for n in body if isinstance(n, ast.FunctionDef) and n.name == "__init__")
    return next(found, None)


def _arguments(source: Path, name: str) -> list[tuple[ast.arg, ast.expr | None]]:
    """The arguments but `self`, each with its default."""
    if (node := _constructor(source, name)) is None:
        return []
    positional = [*node.args.posonlyargs, *node.args.args][1:]
    without = [None] * (len(positional) - len(node.args.defaults))
    named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return [*zip(positional, [*without, *node.args.defaults], strict=True), *named]


def _check_type(what: str, value, kind: str, default, limits: dict) -> None:
    if value is None and (default is None or "None" in kind or "Optional" in kind):
        return
    if isinstance(default, tuple) or "tuple[" in kind.lower():
        if not isinstance(value, list | tuple) or (default and len(value) != len(default)):
            count = f"{len(default)} numbers" if default else "numbers"
            raise ValueError(f"got {what} {value!r}; wanted a list of {count}")
        for place, part in enumerate(value):
            if part is not None or "None" not in kind:
                option_values.number(f"{what}[{place}]", part, **limits)
    elif "bool" in kind or (not kind and isinstance(default, bool)):
        if not isinstance(value, bool):
            raise ValueError(f"got {what} {value!r}; wanted true or false")
    elif "float" in kind or (not kind and isinstance(default, float)):
        option_values.number(what, value, **limits)
    elif "int" in kind or (not kind and isinstance(default, int)):
        option_values.count(what, value, **{"least": -(2**63)} | limits)
    elif "str" in kind and not isinstance(value, str):
        raise ValueError(f"got {what} {value!r}; wanted text")
