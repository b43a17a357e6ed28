"""The JSON of a fitted vine, checked before pyvinecopulib, which trusts every number, reads it."""

import json
import math

FAMILIES = ("TLL", "Gaussian", "Independence")


def check(text: str) -> None:
    """Refuse sizes that contradict each other: reading beyond an array's end kills the process.

    Args:
        text: as `pyvinecopulib.Vinedist.to_json` writes it.

    Raises:
        ValueError: which sizes.
        KeyError, TypeError, AttributeError: it is no vine at all.
    """
    vine = json.loads(text)
    copula = json.loads(vine["copula"])
    order = copula["structure"]["order"]
    d, trees = len(order), copula["structure"]["array"]["data"]
    if sorted(order) != list(range(1, d + 1)):
        raise ValueError(f"the order of {d} variables is {order}")
    if (d, len(trees)) != (copula["structure"]["array"]["d"], copula["structure"]["array"]["t"]):
        raise ValueError(f"the structure says that it has other sizes than {d} and {len(trees)}")
    for depth, tree in enumerate(trees):
        if len(tree) != d - 1 - depth or not all(entry in order for entry in tree):
            raise ValueError(f"tree {depth + 1} is {tree}")
        pairs = copula["pair copulas"][f"tree{depth}"]
        for edge in range(len(tree)):
            _check_pair(pairs[f"pc{edge}"], f"tree {depth + 1}, pair {edge + 1}")
    if len(copula["pair copulas"] or ()) > len(trees) or copula["var_types"] != ["c"] * d:
        raise ValueError(f"there are trees or variables beyond {len(trees)} and {d}")
    for margin in vine["margins"]:
        _check_margin(json.loads(json.loads(margin)["json"]))


def _check_pair(pair: dict, where: str) -> None:
    shape, data = pair["par"]["shape"], pair["par"]["data"] or ()  # null if independent
    if min(shape) < 0 or math.prod(shape) != len(data) or len(shape) != 2:
        raise ValueError(f"{where}: {len(data)} parameters of shape {shape}")
    if pair["vt"] != ["c", "c"] or pair["fam"] not in FAMILIES:
        raise ValueError(f"{where}: variables {pair['vt']} in a pair {pair['fam']}")


def _check_margin(margin: dict) -> None:
    points, values = margin["grid_points"], margin["values"]
    if len(points) != len(values) or len(points) < 4:
        raise ValueError(f"a margin has {len(values)} values at {len(points)} points")
