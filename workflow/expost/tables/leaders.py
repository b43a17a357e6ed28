"""Which rows of a column of scores are the best ones, by what seeds can tell apart."""

import pandas as pd

from ..metrics.base import LOSSES
from ..papers.claims.predicates import HOLDS, outcome


def leaders(values: pd.DataFrame, direction: str) -> list[int]:
    """The best row and those that cannot be told from it, or none where no row can.

    Rows share seeds, and with them codes and test images, so that they are compared as claims are
    (`claims.pairwise.Better`): a row is worse if the 95 % t-interval of the difference of its loss
    from the best row's, taken seed by seed, is above 0. The best row is so in the seeds that all
    rows have, if there are any. Of one seed nothing is known.

    Args:
        values: a row a sampler, a column a seed, NaN where it was not run.
        direction: where the metric is best, a key of `LOSSES`, or "" for nowhere.

    Returns:
        Numbers of rows; none where all of a column would be.
    """
    if direction not in LOSSES:
        return []
    losses = LOSSES[direction](values).dropna(how="all")
    if len(losses) < 2:
        return []
    shared = losses.dropna(axis=1)
    best = (losses if shared.empty else shared).mean(axis=1).idxmin()
    differences = {name: (row - losses.loc[best]).dropna() for name, row in losses.iterrows()}
    worse = {name for name, found in differences.items() if _is_worse(found.to_numpy())}
    if not worse:
        return []
    kept = losses.index[[name not in worse for name in losses.index]]
    return [int(i) for i in values.index.get_indexer(kept)]


def _is_worse(differences) -> bool:
    return len(differences) > 1 and outcome(differences, above=0.0)["outcome"] == HOLDS
