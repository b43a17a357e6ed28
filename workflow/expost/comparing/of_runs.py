"""The choice of a sampler by scores and times that jobs of the pipeline have measured."""

from collections.abc import Iterable, Sequence

import pandas as pd

from ..figures import methods
from ..provenance import stamp
from ..samplers import ORIGINALS
from .choice import COPYING, choose

ONE = ["dataset", "autoencoder", "epoch", "size"]
NEEDED = {"emd", *COPYING}  # without them nothing is chosen
CLOCK = "s by the clock"  # while other jobs ran


def sentences(scores: pd.DataFrame, columns: Sequence[str], runs: Iterable, times) -> list[str]:
    """Which sampler to take and why: a sentence for each data set, autoencoder, epoch and size.

    The rule is that of `choice.choose`, with seconds by the clock. Samplers are called as tables
    call them.

    Args:
        scores: tidy scores of a figure; those in codes are looked at.
        columns: what names a run, as in `scores`.
        runs: of each the values of these.
        times: of each the file with the seconds that its fit and its draws took.
    """
    seconds = [
        dict(zip(columns, run, strict=True)) | {"metric": row["phase"], "value": row["seconds"]}
        for run, path in zip(runs, times, strict=True)
        for row in stamp.rows(path)
    ]
    found, timed = [], pd.DataFrame(seconds, columns=[*columns, "metric", "value"])
    of = scores[scores["space"] == "codes"].groupby(ONE, sort=False)
    for key, rows in of:
        if not set(rows["metric"]) >= NEEDED:
            continue
        whose = (timed[ONE] == list(key)).all(axis=1)
        frame = pd.concat([rows, timed[whose]])[["sampler", "seed", "metric", "value"]]
        label = {
            name: name if name in ORIGINALS else methods.method(key[1], name).label
            for name in rows["sampler"].unique()
        }
        frame = frame[frame["sampler"].isin(label)].assign(sampler=frame["sampler"].map(label))
        where = f"{key[0]}, " if scores["dataset"].nunique() > 1 else ""
        where += f"{key[3]} codes: " if len(of) > 1 else ""
        found.append(f"Which to take: {where}{choose(frame, clock=CLOCK)}")
    return found
