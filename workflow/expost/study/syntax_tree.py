"""What is looked for in syntax trees; for `code_identity`."""

import ast
from collections.abc import Iterator
from types import UnionType


def never_runs(node) -> bool:
    """Whether a node is a block that only type checkers read."""
    test = node.test if isinstance(node, ast.If) and not node.orelse else None
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def displays(tree: ast.Module) -> Iterator[ast.Dict | ast.Tuple | ast.List]:
    """What may be a registry: dictionaries in what a name is bound to, and lists that are that."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            if isinstance(statement.value, ast.Tuple | ast.List):
                yield statement.value
            yield from (node for node in ast.walk(statement.value) if isinstance(node, ast.Dict))


def running(node: ast.AST, of: type | UnionType = ast.AST) -> Iterator[ast.AST]:
    """A node and all below it, in their order, without blocks that never run.

    Args:
        node: where to begin.
        of: the kind of nodes to look below; statements stand in no expression, for one.
    """
    ahead = [node]
    while ahead:
        found = ahead.pop()
        if never_runs(found):
            continue
        yield found
        below = [child for child in ast.iter_child_nodes(found) if isinstance(child, of)]
        ahead += reversed(below)


# What statements, and so imports, can stand in.
BLOCKS = ast.stmt | ast.ExceptHandler | ast.match_case


def bound_names(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds in its module."""
    for node in running(statement):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            return
