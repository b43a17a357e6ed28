"""Other measurements as tidy scores, with the columns space, metric and value."""

from pathlib import Path

import pandas as pd

from ..study.runs import AXES


def read(numbers: str, path: str | Path) -> pd.DataFrame:
    """The numbers of a figure as scores, from its tidy table; see `scores_of`."""
    if numbers == "shares":  # of classes that may be called 1, or NA
        text = {"drawn": str, "group": str}
        return scores_of(numbers, pd.read_csv(path, dtype=text, keep_default_na=False))
    return scores_of(numbers, pd.read_csv(path))


def scores_of(numbers: str, table: pd.DataFrame) -> pd.DataFrame:
    """The numbers of a figure as scores.

    Args:
        numbers: what they are: scores, timing or shares; of all else the table stays as it is.
        table: them, tidy.
    """
    ways = {"timing": timing_scores, "shares": share_scores}
    return ways.get(numbers, pd.DataFrame)(table)


def timing_scores(timings: pd.DataFrame) -> pd.DataFrame:
    """Tidy timings as scores: the space is `time`, the metric the phase."""
    renamed = timings.rename(columns={"phase": "metric", "seconds": "value"})
    return renamed.assign(space="time")


def share_scores(shares: pd.DataFrame) -> pd.DataFrame:
    """How many images a classifier assigns to a group, as scores of each run, in its own space.

    Of images drawn for a group and for none: `wanted_share`, of those drawn for a group the share
    that is assigned to it, and `wanted_gain`, that less the share of those drawn for none; means
    over groups. Of recombined images: `group_change`, the share that is assigned to the group
    whose dependence they have, after recombination less before; and `group_kept`, that share less
    the one assigned to the group whose margins they have.

    Args:
        shares: the axes of a run, `drawn` (what for), `group`, `metric` (`share` counts), `value`.
    """
    shares = shares[shares["metric"] == "share"].astype({"drawn": str, "group": str})
    rows = []
    for run, table in shares.groupby(list(AXES), sort=False):
        by_group = table.pivot(index="group", columns="drawn", values="value")
        values = {}
        if "untargeted" in by_group:
            own = pd.Series({group: by_group.loc[group, group] for group in by_group.index})
            gain = own - by_group["untargeted"]
            values = {"wanted_share": own.mean(), "wanted_gain": gain.mean()}
        if "recombined" in by_group:
            first, second = (by_group.loc[group] for group in table["group"].unique())
            values = {
                "group_change": first["recombined"] - first["dependence_of"],
                "group_kept": first["recombined"] - second["recombined"],
            }
        rows += [(*run, "classifier", metric, value) for metric, value in values.items()]
    return pd.DataFrame(rows, columns=[*AXES, "space", "metric", "value"])
