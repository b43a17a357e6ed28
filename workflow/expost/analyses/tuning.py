"""Which of its settings each method is best with, chosen on some seeds and measured on others."""

import pandas as pd

from .. import samplers
from ..metrics import describe
from ..metrics.base import LOSSES
from ..stats import intervals
from ..study import option_sweeps

METHOD = ["dataset", "autoencoder", "sampler"]
SETTING = [*METHOD, "setting"]
RECONSTRUCTION = "reconstruction"


def of_settings(scores: pd.DataFrame, choosing: int) -> pd.DataFrame:
    """What each setting of each method scores on both kinds of seeds, and which of them is chosen.

    The one with the best mean over the first seeds is chosen, so that its mean over the others is
    of seeds that nothing was chosen on, and does not flatter a method for being tried more often.

    Args:
        scores: tidy, of one metric in one space of each data set; of two sizes or epochs none.
        choosing: how many of its seeds, the first ones, settings are chosen on.

    Returns:
        A row a setting of a method, controls left out: the columns `SETTING`, where the autoencoder
        is the one that is turned and the setting its name in the figure; `first`, the mean over
        the seeds it could be chosen on; `mean`, `half_width` and `seeds` over the others;
        `reconstruction`, the mean over these of what it reconstructs, where that is scored; and
        `chosen`.

    Raises:
        ValueError: no seeds are left to measure on; or see `intervals.over_seeds`.
    """
    rows = scores.assign(setting=scores["autoencoder"])
    rows = rows.assign(autoencoder=[option_sweeps.parts(name)[0] for name in rows["setting"]])
    later = measured(rows, choosing)
    if later.empty:
        seeds = rows["seed"].nunique()
        raise ValueError(f"got {seeds} seeds, {choosing} of them to choose on; none is left")
    first = rows.drop(later.index)
    means = intervals.over_seeds(first, SETTING).rename(columns={"mean": "first"})
    found = means[[*SETTING, "first"]].merge(intervals.over_seeds(later, SETTING), on=SETTING)
    errors = found[found["sampler"] == RECONSTRUCTION].set_index(["dataset", "setting"])["mean"]
    found = found[~found["sampler"].isin(samplers.OF_IMAGES)].reset_index(drop=True)
    places = pd.MultiIndex.from_frame(found[["dataset", "setting"]])
    loss = LOSSES[describe(rows["metric"].iloc[0]).best](found["first"])
    best = loss.groupby([found[column] for column in METHOD], sort=False).idxmin()
    errors = errors.reindex(places).to_numpy()
    return found.assign(reconstruction=errors, chosen=found.index.isin(best))


def measured(scores: pd.DataFrame, choosing: int) -> pd.DataFrame:
    """The rows of the seeds that nothing is chosen on: all but the first."""
    return scores[scores["seed"].isin(list(dict.fromkeys(scores["seed"]))[choosing:])]


def beside(scores: pd.DataFrame, chosen: pd.DataFrame, choosing: int, other: str) -> pd.DataFrame:
    """How far each method as chosen is from those of another autoencoder, seed by seed.

    Args:
        scores: as of `of_settings`.
        chosen: the rows of it that are chosen.
        choosing: as there.
        other: the autoencoder that is compared with, of which there is one sampler.

    Returns:
        The columns `METHOD`, then `mean`, `half_width` and `seeds` of the difference, less is
        lower; of all methods of other autoencoders.

    Raises:
        ValueError: of the other autoencoder nothing is chosen.
    """
    value = measured(scores, choosing).set_index([*METHOD, "seed"])["value"].sort_index()
    found = []
    for dataset, rows in chosen.groupby("dataset", sort=False):
        if not (own := rows["autoencoder"] == other).any():
            raise ValueError(
                f"got no setting of {other} on {dataset}, with which others are compared; if each "
                "had a training that collapsed, tune others, or compare with another autoencoder"
            )
        reference = rows[own].iloc[0]
        against = value[dataset, reference["setting"], reference["sampler"]]
        for row in rows[rows["autoencoder"] != other].to_dict("records"):
            less = value[dataset, row["setting"], row["sampler"]] - against
            about = {column: row[column] for column in METHOD}
            found.append(less.reset_index().assign(**about))
    if not found:
        return pd.DataFrame(columns=[*METHOD, "mean", "half_width", "seeds"])
    return intervals.over_seeds(pd.concat(found), METHOD)
