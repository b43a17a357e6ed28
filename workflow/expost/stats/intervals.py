"""Means over seeds and how far they may be off."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd


def bars(means: pd.DataFrame) -> pd.Series:
    """Half-lengths of bars: the half-widths; of two seeds half of what lies between them.

    A 95 % t-interval of two values is 12.7 times as wide as these are apart, and would cross a
    figure from end to end.

    Args:
        means: with the columns half_width and seeds, as `over_seeds` gives them.
    """
    apart = means["half_width"] / t_half_width(np.sqrt(2), 2)
    return means["half_width"].where(means["seeds"] != 2, apart)


def of_bars(means: pd.DataFrame) -> str:
    """What `bars` are, for a note; nothing of one seed."""
    return of_marks(means["seeds"], "Bars")


def of_marks(seeds: Iterable[int], marks: str) -> str:
    """The same of marks of another name, as bands are, which are as long as `bars`.

    Args:
        seeds: how many there are of each; of some fewer, where trainings collapsed.
        marks: what they are called.
    """
    counts = set(map(int, seeds))
    if (most := max(counts)) < 3:
        return f"{marks}: from one seed to the other" if most == 2 else ""
    two = ", of two seeds from one to the other" if 2 in counts else ""
    return f"{marks}: 95 % t-intervals over {most} seeds{two}"


def t_half_width(std: float, n: int, level: float = 0.95) -> float:
    """Half the width of Student's t-interval for a mean.

    t((1 + level) / 2; n - 1) * std / sqrt(n), exact for normal values, and cautious for few.

    Args:
        std: the sample standard deviation (n - 1 in the denominator).
        n: number of values; of one value nothing is known, and the result is NaN.
        level: coverage.
    """
    from scipy.special import stdtrit  # the quantile without the wait for scipy.stats

    return float(stdtrit(n - 1, (1 + level) / 2) * std / np.sqrt(n)) if n > 1 else float("nan")


def without_each(points: np.ndarray, groups: int) -> Iterator[np.ndarray]:
    """All points but those of one group, group by group; point i is in group i modulo `groups`."""
    return (np.delete(points, np.s_[group::groups], axis=0) for group in range(groups))


def jackknife_half_width(left: np.ndarray, level: float = 0.95) -> float:
    """Half the width of the interval of an estimate, by Tukey's jackknife with Student's t.

    Args:
        left: the estimate without each of g groups in turn, shape (g,).
        level: coverage.

    References:
        Tukey (1958), "Bias and confidence in not-quite large samples", Annals of Mathematical
        Statistics 29.
    """
    groups = len(left)
    return t_half_width(float(np.std(left, ddof=1)), groups, level) * (groups - 1)


def around_mean(differences: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Both ends of the t-interval of a mean difference over seeds; infinite of fewer than two."""
    known = differences[np.isfinite(differences)]
    if len(known) < 2:
        return -np.inf, np.inf
    mean, half = known.mean(), t_half_width(known.std(ddof=1), len(known), level)
    return mean - half, mean + half


def over_seeds(table: pd.DataFrame, by: list[str], value: str = "value") -> pd.DataFrame:
    """Mean over seeds, half-width of its 95 % t-interval, and number of seeds, a row a group.

    Args:
        table: a tidy table with the columns `by`, `seed` and `value`; or one that this function has
            made, as tables are published, which stays as it is.
        by: the columns that say what is measured.
        value: the column of numbers.

    Returns:
        The columns `by`, then `mean`, `half_width` (NaN where there is one seed) and `seeds`.

    Raises:
        ValueError: no rows, a missing column, a value that is not finite, a seed twice.
    """
    made = ["mean", "half_width", "seeds"]
    if value not in table and set(made) <= set(table.columns):
        check(table, by, "mean")
        return table[[*by, *made]]
    check(table, [*by, "seed"], value)
    rows = [
        dict(zip(by, key, strict=True))
        | {"mean": v.mean(), "half_width": t_half_width(v.std(), len(v)), "seeds": len(v)}
        for key, v in table.groupby(by, sort=False)[value]
    ]
    return pd.DataFrame(rows)


def check(table: pd.DataFrame, keys: list[str], value: str) -> None:
    """Refuse a tidy table that is empty, lacks columns, or says a thing twice or not at all.

    Raises:
        ValueError: what is wrong, and in which row.
    """
    if missing := [column for column in [*keys, value] if column not in table]:
        raise ValueError(
            f"the table lacks the columns {', '.join(missing)}; it has {', '.join(table.columns)}"
        )
    if table.empty:
        raise ValueError(
            "the table has no rows, so there is nothing to show; does its figure list runs?"
        )
    for problem, bad in (
        ("a value that is not finite", ~np.isfinite(table[value].astype(float))),
        ("a second value for one run", table.duplicated(keys)),
    ):
        if bad.any():
            row = table.loc[bad, keys].iloc[0]
            raise ValueError(f"the table has {problem}: {', '.join(f'{k} {row[k]}' for k in keys)}")
