"""Which modules of the library a script runs, read from its source."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def behind(script: str, *modules: str) -> list[str]:
    """All library files that `script` imports, directly or not.

    Imports inside functions count. Components chosen by name at run time cannot be seen in the
    source: name those in `modules`. A package's `__init__` is left out: all it does is to register
    components, and one more of them changes nothing for the others.

    Args:
        script: path of a Python file.
        modules: further modules, such as "samplers/vine".

    Returns:
        Sorted paths, relative to the working folder where that contains the library.
    """
    found: set[Path] = set()
    queue = [Path(script), *(PACKAGE / f"{module}.py" for module in modules)]
    found.update(queue[1:])
    while queue:
        for path in _imported(queue.pop()) - found:
            found.add(path)
            queue.append(path)
    here = Path.cwd()
    return sorted(str(p.relative_to(here) if p.is_relative_to(here) else p) for p in found)


@cache
def _imported(path: Path) -> set[Path]:
    """Library files that one file names in its import statements."""
    files: set[Path] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                files |= _files(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            base = node.module.split(".") if node.module else []
            if node.level:
                inside = path.parent.relative_to(PACKAGE).parts
                base = ["expost", *inside[: len(inside) - node.level + 1], *base]
            files |= _files(base)
            for alias in node.names:
                files |= _files([*base, alias.name])
    return files


def _files(parts: list[str]) -> set[Path]:
    """The file of a dotted name, if that is a module of the library."""
    if len(parts) < 2 or parts[0] != "expost":
        return set()
    path = PACKAGE.joinpath(*parts[1:]).with_suffix(".py")
    return {path} if path.is_file() else set()
