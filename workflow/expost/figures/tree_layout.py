"""Places of a tree's nodes on a grid, so that no two labels and no two edges meet."""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A tree hung up at one end of its longest path, which goes straight down.

    Attributes:
        parents: node -> its neighbour on the way to the first; None for the first. Only nodes
            that are shown.
        columns: node -> its parent's column, if it stands below that, or the next to the right.
        rows: node -> place from above.
        hidden: node -> how many nodes behind it are left out, where any are.
    """

    parents: dict[int, int | None]
    columns: dict[int, int]
    rows: dict[int, int]
    hidden: dict[int, int]


def hang(count: int, edges: list[tuple[int, int]], most: int) -> Layout:
    """Place those `most` nodes that are nearest to the tree's centre.

    Of a node's branches the deepest goes on below it; all others go to the right, the first in the
    node's own row, the next below all of the one before. The centre is the node whose farthest
    node is nearest. Ties go to the lower number, so the same tree is always drawn the same way.

    Args:
        count: number of nodes, 0..count-1.
        edges: pairs of nodes, count - 1 of them.
        most: nodes to show, at least 1.

    Raises:
        ValueError: the edges make no tree.
    """
    neighbours = [[a + b - i for a, b in sorted(edges) if i in (a, b)] for i in range(count)]
    walks = [_outwards(neighbours, start) for start in range(count)]
    if not walks or len(edges) != count - 1 or any(len(walk) != count for walk in walks):
        raise ValueError(f"got {count} nodes and {len(edges)} edges that do not make one tree")
    centred = min(walks, key=_reach)
    shown, hidden = list(centred)[:most], {}
    for node in list(centred)[most:]:
        while node not in shown:
            node = centred[node]
        hidden[node] = hidden.get(node, 0) + 1
    inside = [[n for n in neighbours[node] if n in shown] for node in range(count)]
    parents = max((_outwards(inside, start) for start in sorted(shown)), key=_reach)
    branches = {node: [n for n, parent in parents.items() if parent == node] for node in parents}
    columns, rows = {}, {}
    _place(branches, next(iter(parents)), 0, 0, columns, rows)
    return Layout(parents, columns, rows, hidden)


def _outwards(neighbours: list[list[int]], start: int) -> dict[int, int | None]:
    """Every node that can be reached -> the one before it, nearest first."""
    parents, queue = {start: None}, deque([start])
    while queue:
        node = queue.popleft()
        for other in neighbours[node]:
            if other not in parents:
                parents[other] = node
                queue.append(other)
    return parents


def _reach(parents: dict[int, int | None]) -> int:
    """Edges from the first node to the farthest, which is the last."""
    node, edges = next(reversed(parents)), 0
    while parents[node] is not None:
        node, edges = parents[node], edges + 1
    return edges


def _depth(branches: dict[int, list[int]], node: int) -> int:
    return 1 + max((_depth(branches, n) for n in branches[node]), default=0)


def _place(branches, node, column, row, columns, rows) -> int:
    """Place a node and all behind it; the first row below them."""
    columns[node], rows[node] = column, row
    below = max(branches[node], key=lambda n: _depth(branches, n), default=None)
    free = row
    for branch in branches[node]:
        if branch != below:
            free = _place(branches, branch, column + 1, free, columns, rows)
    free = max(free, row + 1)
    return free if below is None else _place(branches, below, column, free, columns, rows)
