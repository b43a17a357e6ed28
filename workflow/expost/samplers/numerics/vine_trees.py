"""The trees of a fitted vine."""


def edges(copula) -> list[list[dict]]:
    """Trees T1, T2, ... of a vine copula, each the list of its edges.

    An edge a,b|D is the pair copula of variables a and b given those of D. T1 joins variables; an
    edge a,b|D of a later tree joins the two edges of the tree before whose variables are a and D,
    and b and D. Trees above the truncation are left out.

    Args:
        copula: a `pyvinecopulib.Vinecop`.

    Returns:
        Of each edge `conditioned` [a, b] and `conditioning` D, variables in ascending order,
        counted from 1, and `tau`, Kendall's of the pair copula.

    References:
        Bedford & Cooke (2002), "Vines: a new graphical model for dependent random variables",
        Annals of Statistics 30.
    """
    return [
        [
            {
                "conditioned": sorted(edge["conditioned"]),
                "conditioning": sorted(edge["conditioning"]),
                "tau": edge["pair_copula"].tau,
            }
            for edge in tree
        ]
        for tree in copula.get_trees()
    ]
