"""A vine's trees as labelled graphs: nodes, and which two of them an edge joins."""


def label(edge: dict) -> str:
    """An edge as vines are written: "1,3|2", the pair before what it is conditioned on."""
    pair, given = (",".join(map(str, edge[part])) for part in ("conditioned", "conditioning"))
    return f"{pair}|{given}" if given else pair


def graphs(trees: list[list[dict]]) -> list[tuple[list[str], list[tuple[int, int]]]]:
    """Of each tree the labels of its nodes, and the two nodes that each edge joins.

    Nodes of the first tree are the variables 1, 2, ...; those of any other are the edges of the
    tree before it, in their order.

    Args:
        trees: as `Vine.trees` gives them.

    Raises:
        ValueError: an edge joins what is no node of its tree.
    """
    found = []
    variables = [[i + 1] for i in range(len(trees[0]) + 1)] if trees else []  # of each node
    names = [str(i) for (i,) in variables]
    for k, tree in enumerate(trees):
        number = {frozenset(node): i for i, node in enumerate(variables)}
        ends = [[frozenset([a, *e["conditioning"]]) for a in e["conditioned"]] for e in tree]
        if strange := [end for pair in ends for end in pair if end not in number]:
            raise ValueError(
                f"an edge of tree {k + 1} joins the variables {sorted(strange[0])}, which are no "
                "node of it; wanted the trees of a regular vine"
            )
        found.append((names, [(number[a], number[b]) for a, b in ends]))
        variables = [e["conditioned"] + e["conditioning"] for e in tree]
        names = [label(edge) for edge in tree]
    return found
