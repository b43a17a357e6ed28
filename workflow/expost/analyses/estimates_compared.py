"""Which of two estimates of a divergence follows the separation of two laws better."""

import pandas as pd

from ..stats.intervals import t_half_width

CELL = ["dimensions", "size"]
ESTIMATORS = ("discriminator", "kde")


def compare(trials: pd.DataFrame) -> pd.DataFrame:
    """Mean correlations of both estimates with s, and their difference, a row a cell.

    Both are made from the same codes and asked at the same ones, so the difference is taken trial
    by trial, and Student's t-interval is that of its mean over trials.

    Args:
        trials: what `analyses.separations.simulate` gives.

    Returns:
        The columns `CELL`, `trials`, then `discriminator`, `kde` and `true`, mean correlations;
        `difference` (kde less discriminator) and its `half_width` at 95 %; `higher`, the estimator
        that is higher where that interval leaves out 0, else ""; `discriminator_at_0` and
        `kde_at_0`, mean divergences where laws are equal; and `learning_rate`, `weight_decay`,
        `steps` (median) and `bandwidth`.
    """
    rows = []
    for cell, found in trials.groupby(CELL, sort=False):
        of = found[found["metric"] == "correlation"]
        pairs = of.pivot(index="seed", columns="estimator", values="value")
        apart = pairs["kde"] - pairs["discriminator"]
        half = t_half_width(apart.std(), len(apart))
        clear = abs(apart.mean()) > half  # not of one trial, whose half-width is NaN
        row = dict(zip(CELL, cell, strict=True)) | {"trials": len(pairs)}
        row |= {name: pairs[name].mean() for name in (*ESTIMATORS, "true")}
        row |= {"difference": apart.mean(), "half_width": half}
        row["higher"] = ESTIMATORS[int(apart.mean() > 0)] if clear else ""
        equal = found[(found["metric"] == "jsd") & (found["separation"] == 0)]
        means = equal.groupby("estimator")["value"].mean()
        row |= {f"{name}_at_0": means[name] for name in ESTIMATORS}
        single = found.groupby("metric")["value"].median()
        names = ("learning_rate", "weight_decay", "steps", "bandwidth")
        rows.append(row | {name: single[name] for name in names})
    return pd.DataFrame(rows)
