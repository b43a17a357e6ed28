"""What the names in a Python file stand for in the library; for `code_identity`."""

import ast
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .syntax_tree import BLOCKS, bound_names, displays, running

if TYPE_CHECKING:
    from .code_identity import Library


class Part(NamedTuple):
    """A file, or what binds a name in an `__init__`, or a component's registry entries there."""

    path: Path
    name: str = ""
    entries: bool = False

    @property
    def is_package(self) -> bool:
        """Whether it is the whole of an `__init__`."""
        return self.path.name == "__init__.py" and not self.name


class Target(NamedTuple):
    """What an imported name stands for: parts of the library, and a name in them."""

    parts: tuple[Part, ...]
    name: str = ""


class Source:
    """One file and what its names stand for.

    Attributes:
        tree: its syntax tree.
        statements: of an `__init__`, name -> the statements that bind it.
        loose: of an `__init__`, the statements that bind no name.
        registries: of an `__init__`, the `id` of every registry in the tree.
        entries: of an `__init__`, the name and the value of every registry entry.
    """

    def __init__(self, path: Path, library: "Library"):
        self.path, self.library = path, library
        self.tree = ast.parse(path.read_bytes(), str(path))
        inside = path.is_relative_to(library.root)
        self._folder = path.parent.relative_to(library.root).parts if inside else None
        self._imports = {  # name -> names that lead to a module, and the name imported from there
            bound: origin
            for node in running(self.tree, BLOCKS)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for bound, origin in self.origins(node)
        }
        self.statements: dict[str, list[ast.stmt]] = {}
        self.loose: list[ast.stmt] = []
        self.registries: set[int] = set()
        self.entries: list[tuple[str, ast.expr]] = []
        if inside and path.name == "__init__.py":
            self._read_package()

    def meaning(self, name: str) -> Target | None:
        """What a name stands for in this file, if that is part of the library."""
        if name in self._imports:
            return self.target(*self._imports[name])
        return Target(parts) if (parts := self.bound(name)) else None

    def bound(self, name: str) -> tuple[Part, ...]:
        """The part that a statement of this `__init__` binds to a name."""
        return (Part(self.path, name),) if name in self.statements else ()

    def meant(self, node: ast.AST) -> Target | None:
        """What a name, or one looked up in a package, stands for in the library."""
        if isinstance(node, ast.Name):
            return self.meaning(node.id)
        owner = self.meant(node.value) if isinstance(node, ast.Attribute) else None
        if owner and not owner.name and owner.parts and owner.parts[0].is_package:
            return self.library.member(owner.parts[0], node.attr)
        return None

    def _read_package(self) -> None:
        files = self.path.parent.rglob("*.py")
        modules = {file.parent.name if file.stem == "__init__" else file.stem for file in files}
        for node in displays(self.tree):
            names = node.keys if isinstance(node, ast.Dict) else node.elts
            keys = [name.value if isinstance(name, ast.Constant) else None for name in names]
            if keys and modules.issuperset(keys):
                self.registries.add(id(node))
                values = node.values if isinstance(node, ast.Dict) else names
                self.entries += zip(keys, values, strict=True)
        for statement in self.tree.body:
            names = set(bound_names(statement))
            for name in names:
                self.statements.setdefault(name, []).append(statement)
            if not names:
                self.loose.append(statement)
        for name in self._imports:
            self.statements.pop(name, None)

    def origins(self, node: ast.Import | ast.ImportFrom) -> list[tuple[str, tuple]]:
        """The names that an import binds to something of the library, and where that is."""
        top = self.library.root.name
        if isinstance(node, ast.Import):
            return [
                (alias.asname or top, (tuple(path) if alias.asname else (), None))
                for alias in node.names
                for first, *path in [alias.name.split(".")]
                if first == top
            ]
        path = node.module.split(".") if node.module else []
        if node.level and self._folder is not None:
            path = [*self._folder[: len(self._folder) - node.level + 1], *path]
        elif node.level or path[0] != top:
            return []
        else:
            path = path[1:]
        return [(alias.asname or alias.name, (tuple(path), alias.name)) for alias in node.names]

    def target(self, path: tuple[str, ...], name: str | None) -> Target:
        """What a name of a module stands for, or without a name the module."""
        module = self.library.module(*path)
        if module is None or name in (None, "*"):
            return Target((module,) if module else ())
        if not module.is_package:
            return Target((module,), f".{name}")
        if module.path != self.path:
            return self.library.member(module, name)
        inner = self.library.module(*path, name)  # `from . import name` in the package itself
        return Target((inner,) if inner else self.bound(name))
