"""Which panels a figure of scores has: the metrics that its study asks for, in which spaces."""

import textwrap
from collections.abc import Mapping

import pandas as pd

from .. import features, metrics
from ..study.panels import ALL, SHOWN, USUAL

TWO_SAMPLE, OF_CLASSES = ("emd", "mmd", "one_nn"), ("inception_score", "fid_softmax", "frechet")
AS_PAPERS = {  # what papers show over epochs and codes
    "pixels": TWO_SAMPLE,
    "vectors": TWO_SAMPLE,
    SHOWN: (*TWO_SAMPLE, *OF_CLASSES),
}
Panels = list[tuple[str, tuple[str, ...]]]  # (space, its metrics)
NOTE = 66  # letters of a line across a column


def asked(
    scored: pd.DataFrame,
    wanted: Mapping | str,
    usual: Mapping = AS_PAPERS,
    space: str | None = None,
) -> tuple[Panels, list[str]]:
    """The panels of a figure: those asked for, or the usual ones that there are scores for.

    Args:
        scored: scores, or their means, with the columns space and metric.
        wanted: space -> metrics, or the word `all` for all that are scored there, or everywhere; or
            the word `usual`. `features` stands for the feature space that is shown.
        usual: what that means; what is not scored is passed over, as not all data have classes.
        space: the feature space shown; by default see `features.shown`.

    Returns:
        The panels, and lines of a note about what was asked for and has no scores.

    Raises:
        ValueError: no such feature space, or no panel at all.
    """
    spaces = [name for name in scored["space"].unique() if name != "time"]
    of_networks = features.of_networks(spaces)
    if space and space not in of_networks:
        raise ValueError(
            f"got the feature space {space!r}; scored are {', '.join(of_networks) or 'none'}"
        )
    shown = space or features.shown(of_networks)
    present = set(zip(scored["space"], scored["metric"], strict=True))
    order, found, lacking = _in_order(scored), [], []
    words = {ALL: dict.fromkeys(spaces, ALL), USUAL: usual}
    for name, names in (words[wanted] if isinstance(wanted, str) else wanted).items():
        of = (shown or name) if name == SHOWN else name
        here = [metric for metric in order if (of, metric) in present]
        chosen = (here or ["all metrics"]) if names == ALL else names
        if kept := tuple(metric for metric in chosen if metric in here):
            found.append((of, kept))
        lost = [metrics.describe(metric).title for metric in chosen if metric not in here]
        if lost and wanted != USUAL:
            lacking.append(f"{', '.join(lost)} in {features.title(of)}")
    if not found:
        raise ValueError(
            f"got no scores of {'; '.join(lacking) or 'the usual metrics'}; there are "
            f"{', '.join(sorted(map('/'.join, present)))}"
        )
    return found, textwrap.wrap(f"Not scored: {'; '.join(lacking)}", NOTE) if lacking else []


def _in_order(scored: pd.DataFrame) -> list[str]:
    """All metrics as tables have them, and after them those that are not known."""
    there = set(scored["metric"])
    known = [name for name in metrics.NAMES if name in there]
    return known + sorted(there.difference(known))


def heading(space: str) -> str:
    """A space at the beginning of a line."""
    name = features.title(space)
    return name[:1].upper() + name[1:]
