"""The table of capacities: distance, active dimensions, and each training that broke, counted."""

import pandas as pd

from .. import features
from ..figures import collapses, methods
from ..stats import intervals
from . import layout, markup

BY = ["dataset", "autoencoder", "capacity", "metric"]
RUN = ["dataset", "autoencoder", "capacity", "seed"]
SHOWN = {
    "distance": "Fréchet distance",
    "active": "Active (0.1)",
    "active_half": "Active (0.5)",
    "wasserstein": "Wasserstein",
}
COUNTED = {
    "half_open": "Half open",
    "no_active": "None active",
    "beyond_noise": "Beyond noise",
    "runaway": "Runaway",
    "odd_spread": "Odd spread",
}
CONTROLS = {"held_out": "Held-out data", "copy": "Copies", "noise": "Noise"}


def summarise(rows: pd.DataFrame) -> pd.DataFrame:
    """Means over the seeds that did not collapse, with their intervals, and counts over all.

    Args:
        rows: what `analyses.capacity.records` gives, with dataset, the space of its distances,
            autoencoder, capacity and seed.

    Returns:
        `mean`, `half_width` and `seeds` of `SHOWN`; of `COUNTED` and `trainings` the `count` of
        trainings; the distance of each that collapsed, as `collapsed_distance`, in `mean`.
    """
    every = rows.assign(lost=collapses.of_rows(rows, RUN))
    sound = every[~every["lost"] & every["metric"].isin(SHOWN)]
    none = pd.DataFrame(columns=[*BY, "mean", "half_width", "seeds"])
    means = intervals.over_seeds(sound, BY) if len(sound) else none
    counts = every[every["metric"].isin([*COUNTED, "distance"])].copy()
    trainings = counts["metric"] == "distance"
    counts["count"] = (trainings | (counts["value"] > 0)).astype(int)
    counts["metric"] = counts["metric"].where(~trainings, "trainings")
    counts = counts.groupby(BY, sort=False)["count"].sum().reset_index()
    out = every[every["lost"] & (every["metric"] == "distance")]
    out = out[[*BY, "seed"]].assign(metric="collapsed_distance", mean=out["value"])
    about = rows[rows["metric"].isin(CONTROLS)]
    about = about.groupby(["dataset", "metric"], sort=False)["value"].mean().rename("mean")
    found = pd.concat([means, counts, out, about.reset_index()], ignore_index=True)
    return found.assign(space=found["dataset"].map(rows.groupby("dataset")["space"].first()))


def capacity_tables(means: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set, a row an autoencoder and capacity, and its controls below.

    Args:
        means: what `summarise` gives.

    Returns:
        The tables, and a note that explains them.
    """
    headings = ["Autoencoder", "Capacity", "Trainings", *SHOWN.values(), *COUNTED.values()]
    found = []
    for dataset, rows in means.groupby("dataset", sort=False):
        space = features.title(rows["space"].iloc[0])
        title = f"{dataset}: {space}, distance and capacity"
        table = markup.Table(title, [*headings, "Collapsed"])
        of = rows[rows["capacity"].notna()]
        pairs = of[["autoencoder", "capacity"]].drop_duplicates()
        order = {name: i for i, name in enumerate(dict.fromkeys(of["autoencoder"]))}
        for name, capacity in sorted(
            pairs.itertuples(index=False), key=lambda p: (order[p[0]], p[1])
        ):
            one = of[(of["autoencoder"] == name) & (of["capacity"] == capacity)]
            table.rows.append([methods.autoencoder_title(name), f"{capacity:g}", *_cells(one)])
        table.rule = len(table.rows)
        for metric, title in CONTROLS.items():
            for value in rows.loc[rows["metric"] == metric, "mean"]:
                empty = [""] * (len(headings) - 3)
                table.rows.append([title, "", "", layout.significant(value), *empty])
        found.append(table)
    known = means[means["seeds"].notna()]
    words = f"{layout.over_seeds(known)} " if len(known) else ""
    return found, (
        f"{words}Trainings that collapsed are in no mean: the last column has the distance of "
        "each. They have no active dimension, or a distance above that of noise, which has the "
        "data's means and variances and nothing else. Counted, of all trainings: those with a mask "
        "that is half open in some dimension (between 0.1 and 0.9); with none active; with such a "
        "distance; with a reconstruction above 1.5 times what it was before the mask learnt, or, "
        "of a mask that learns from the first, its least; and with an active dimension whose codes "
        "have a standard deviation outside 0.5 to 1.5."
    )


def _cells(rows: pd.DataFrame) -> list[str]:
    lost = rows.loc[rows["metric"] == "collapsed_distance", "mean"]
    of = rows.drop(lost.index).set_index("metric")
    counts = [int(of.loc["trainings", "count"])]
    counted = [
        f"{of.loc[name, 'count']:.0f}" if name in of.index else layout.NOT_RUN for name in COUNTED
    ]
    lost = ", ".join(map(layout.significant, lost)) or "0"
    return [*map(str, counts), *layout.cells(of, SHOWN), *counted, lost]
