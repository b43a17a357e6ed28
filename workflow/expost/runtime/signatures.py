"""What a class's constructor takes, read from its source: nothing is imported."""

import ast
from functools import cache
from pathlib import Path


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
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            return _arguments(node)
    raise ValueError(f"found no class {name} in {source}")


def _arguments(cls: ast.ClassDef) -> dict[str, bool]:
    for node in cls.body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            break
    else:
        return {}
    positional = [*node.args.posonlyargs, *node.args.args]
    without = len(positional) - len(node.args.defaults)
    found = {argument.arg: index >= without for index, argument in enumerate(positional)}
    for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        found[argument.arg] = default is not None
    del found[positional[0].arg]  # self
    return found
