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


def check_values(source: Path, name: str, options: dict, prefix: str = "") -> None:
    """Refuse values that a class's constructor cannot take, without calling it.

    A value must be of the type that its argument is annotated with, or of that of its default,
    where this is a number, a truth value, text or several numbers. Then come the checks that stand
    in the constructor as `if …: raise ValueError(…)`, and those of its parent in a file beside it.

    Args:
        source: the Python file that defines the class.
        name: of the class.
        options: argument -> value; those that are not here have their defaults.
        prefix: of their names in messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    defaults = {}
    for argument, default in _arguments(source, name):
        if default is not None:
            with suppress(ValueError):  # of one that is made of other names
                defaults[argument.arg] = ast.literal_eval(default)
        if argument.arg in options:
            kind = ast.unparse(argument.annotation) if argument.annotation else ""
            what, value = prefix + argument.arg, options[argument.arg]
            _check_type(what, value, kind, defaults.get(argument.arg))
    _run_checks(source, name, defaults | options)


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


def _check_type(what: str, value, kind: str, default) -> None:
    if value is None and (default is None or "None" in kind or "Optional" in kind):
        return
    if isinstance(default, tuple) or "tuple[" in kind.lower():
        if not isinstance(value, list | tuple) or (default and len(value) != len(default)):
            count = f"{len(default)} numbers" if default else "numbers"
            raise ValueError(f"got {what} {value!r}; wanted a list of {count}")
        for place, part in enumerate(value):
            if part is not None or "None" not in kind:
                option_values.number(f"{what}[{place}]", part)
    elif "bool" in kind or (not kind and isinstance(default, bool)):
        if not isinstance(value, bool):
            raise ValueError(f"got {what} {value!r}; wanted true or false")
    elif "float" in kind or (not kind and isinstance(default, float)):
        option_values.number(what, value)
    elif "int" in kind or (not kind and isinstance(default, int)):
        option_values.count(what, value, least=-(2**63))
    elif "str" in kind and not isinstance(value, str):
        raise ValueError(f"got {what} {value!r}; wanted text")


class _NoTensor:
    """What `isinstance` asks for in the checks of PyTorch; no config holds one."""


def _run_checks(source: Path, name: str, values: dict) -> None:
    node = _constructor(source, name)
    body = node.body if node else []
    checks = [
        statement
        for statement in body
        if isinstance(statement, ast.If) and all(isinstance(s, ast.Raise) for s in statement.body)
    ]
    for statement in checks:
        code = compile(ast.Module([statement], []), str(source), "exec")
        try:
            exec(code, {"Tensor": _NoTensor} | values)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        except (NameError, TypeError, AttributeError):
            continue  # of what is known only when the class is made
    parents = [base.id for base in _class(source, name).bases if isinstance(base, ast.Name)]
    for parent in parents:
        if (beside := source.with_name(f"{parent.lower()}.py")).is_file():
            _run_checks(beside, parent, values)
