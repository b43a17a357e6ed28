"""Scores by family of metrics, kept so that a change of one family leaves the others alone."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..features.base import Features
from ..io import files
from ..runtime.log import log
from . import NAMES
from .copying_search import Known
from .scoring import measure


class Sides(NamedTuple):
    """What the scores of a run are of.

    Attributes:
        real: features by space, of what generated data are compared with.
        generated: those of what was generated.
        training: those of what the sampler was fitted to.
        log_densities: of codes, as of `scoring.score`.
        known: by space what `copying_search.of_both` gave, where it is there already.
    """

    real: Mapping[str, Features]
    generated: Mapping[str, Features]
    training: Mapping[str, Features]
    log_densities: Mapping[str, np.ndarray]
    known: Mapping[str, Known] = {}


def scores(
    folder: str | Path,
    families: dict[str, str],
    inputs: Sequence[str | Path],
    spaces: Callable[[], Sides],
) -> tuple[list[dict], dict[str, dict]]:
    """The scores of one run, computed only where they are not kept already.

    Args:
        folder: where the scores of each family are kept, in a file with what they were made from.
        families: family of metrics -> digest of the code behind it.
        inputs: files that the scores are of.
        spaces: gives what they are of, in memory; called if need be.

    Returns:
        Records with the keys space, metric and value; spaces in their order, and in each of them
        metrics in that of `metrics.NAMES`. And space -> points of its PRD curve, as
        `Curve.thinned` gives them, where the family `prd` is among the families.
    """
    origin = [files.sha256(path) for path in inputs]
    found = {
        family: _kept(Path(folder, f"{family}.json"), {"code": digest, "inputs": origin})
        for family, digest in families.items()
    }
    lacking = [family for family, kept in found.items() if kept is None]
    log.info("kept are %s; computed are %s", sorted(set(families) - set(lacking)), lacking)
    if lacking:
        sides = spaces()
    for family in lacking:
        measured = {
            space: measure(
                sides.real[space],
                sides.generated[space],
                sides.training[space],
                codes=space == "codes",
                families=[family],
                log_densities=sides.log_densities if space == "codes" else None,
                data=space == "vectors",
                known=sides.known.get(space),
            )
            for space in sides.real
        }
        rows = [
            {"space": space, "metric": metric, "value": value}
            for space, found_there in measured.items()
            for metric, value in found_there.scores.items()
        ]
        made = {
            "code": families[family],
            "inputs": origin,
            "spaces": list(sides.real),
            "rows": rows,
        }
        if curves := {space: m.curve.thinned() for space, m in measured.items() if m.curve}:
            made["curves"] = curves
        found[family] = made | {"digest": _digest(made)}
        files.save_json(Path(folder, f"{family}.json"), found[family])
    rows = [row for kept in found.values() for row in kept["rows"]]
    order = next(kept["spaces"] for kept in found.values())  # all are of the same features
    rows.sort(key=lambda row: (order.index(row["space"]), NAMES.index(row["metric"])))
    return rows, {k: v for kept in found.values() for k, v in kept.get("curves", {}).items()}


def _kept(path: Path, origins: dict) -> dict | None:
    """What is in a file, if it is scores of the same code and input."""
    try:
        content = files.load_json(path)
    except FileNotFoundError:
        return None
    except ValueError as error:
        log.warning("%s: scoring again", error)
        return None
    if not isinstance(content, dict) or content.pop("digest", None) != _digest(content):
        log.warning("%s is damaged: scoring again", path)
        return None
    return content if {key: content.get(key) for key in origins} == origins else None


def _digest(content: dict) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
