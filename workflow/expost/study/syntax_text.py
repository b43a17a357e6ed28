"""Syntax trees as text that says what the code does; `code_identity` says what is left out."""

import ast
from itertools import groupby
from typing import NamedTuple

from .syntax_names import Part, Source
from .syntax_tree import never_runs

_NO_CODE = {"ctx", "kind", "type_comment", "type_ignores"}
_NAMES = ast.Name, ast.Attribute


class Code(NamedTuple):
    """What a part says, and what it uses, which stands in the text as its number."""

    text: str
    uses: tuple[Part, ...]


def write(source: Source, nodes: list[ast.AST]) -> Code:
    """Statements or expressions of a file as text, with all that they use of the library."""
    writer = _Writer(source)
    text = writer.sequence(nodes)
    return Code(text, tuple(writer.uses))


class _Writer:
    """Writes parts of one file.

    Attributes:
        uses: part of the library -> the number that stands for it in the text.
    """

    def __init__(self, source: Source):
        self.source = source
        self.uses: dict[Part, int] = {}

    def sequence(self, nodes: list) -> str:
        """Nodes one after the other, and neighbouring imports in the order of their names."""
        nodes = [node for node in nodes if not _is_text(node) and not never_runs(node)]
        texts: list[str] = []
        for imports, group in groupby(nodes, lambda n: isinstance(n, ast.Import | ast.ImportFrom)):
            if imports:
                texts += sorted(text for node in group for text in self._import(node))
            else:
                texts += map(self._text, group)
        return f"[{';'.join(texts)}]"

    def _text(self, node) -> str:
        if isinstance(node, list):
            return self.sequence(node)
        if not isinstance(node, ast.AST):
            return repr(node)
        if isinstance(node, _NAMES) and (target := self.source.meant(node)):
            return "".join(map(self._mark, target.parts)) + target.name
        if id(node) in self.source.registries:
            return "registry"
        fields = [
            f"{field}={self._text(value)}"
            for field in node._fields
            if field not in _NO_CODE and (value := getattr(node, field, None)) not in (None, [])
        ]
        return f"{type(node).__name__}({','.join(fields)})"

    def _import(self, node: ast.Import | ast.ImportFrom) -> list[str]:
        """What is imported of other packages; what is imported of the library is used."""
        library = self.source.library
        targets = [self.source.target(*origin) for _, origin in self.source.origins(node)]
        used = [part for target in targets for part in target.parts]
        texts = []
        if isinstance(node, ast.Import):
            for alias in node.names:
                top, *path = alias.name.split(".")
                if top != library.root.name:
                    texts.append(f"import {alias.name} as {alias.asname}")
                elif module := library.module(*path):
                    used.append(module)
        elif not targets:
            start = f"from {'.' * node.level}{node.module or ''} import"
            texts += (f"{start} {alias.name} as {alias.asname}" for alias in node.names)
        for part in used:
            if not part.is_package:  # of a package counts what is looked up in it
                self._mark(part)
        return texts

    def _mark(self, part: Part) -> str:
        """What stands for a part in the text."""
        return f"\0{self.uses.setdefault(part, len(self.uses))}\0"


def _is_text(node) -> bool:
    """Whether a statement is a docstring, or any other text that nothing is done with."""
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
