"""A comparison as a table of text: means and intervals, the best in bold, controls below."""

from html import escape
from itertools import zip_longest
from textwrap import wrap

import numpy as np
import pandas as pd

from ..metrics import describe
from ..metrics.base import ARROWS, LOSSES
from ..samplers import ORIGINALS
from ..stats import intervals
from ..tables import layout, markup
from ..tables.leaders import leaders
from .one_run import COSTS, METRICS

TITLE = "Samplers of codes"
HEADING = 10  # letters that lines of headings have at least
CONTROLS = "Below the line: controls."
STYLE = (  # headings break into lines, so that the table is no wider than a laptop's screen
    ".expost{font-size:13px}.expost .wide{overflow-x:auto}"
    ".expost table{border-collapse:collapse}.expost th,.expost td{padding:.2em .45em;"
    "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".expost th{white-space:normal;vertical-align:bottom}.expost li{max-width:60em}"
    ".expost th:first-child,.expost td:first-child{text-align:left}"
    ".expost .rule td{border-top:1px solid currentColor}.expost p{max-width:60em}"
)


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """Means and 95 % t-intervals over seeds, and how far behind the best sampler.

    Args:
        frame: tidy, with the columns sampler, seed, metric and value.

    Returns:
        A row a sampler and metric: `mean`, its interval's `half_width`, the number of `seeds`;
        `behind`, the mean difference of its loss from that of the best sampler in this metric,
        taken seed by seed, and `behind_half_width`. A loss is smallest where the metric is best;
        intervals are NaN of one seed, and what is behind of a metric that is best nowhere.
    """
    means = intervals.over_seeds(frame, ["sampler", "metric"])
    behind = pd.concat(map(_behind, by_seed(frame, means["metric"].unique()).items()))
    return means.merge(behind, how="left", on=["sampler", "metric"])


def by_seed(frame: pd.DataFrame, metrics) -> dict[str, pd.DataFrame]:
    """Metric -> its values, a row a sampler and a column a seed; NaN where there is none."""
    names = list(dict.fromkeys(frame["sampler"]))
    wide = {
        m: rows.pivot(index="sampler", columns="seed", values="value")
        for m, rows in frame.groupby("metric")
    }
    return {metric: wide[metric].reindex(names) for metric in metrics}


def _behind(measured: tuple[str, pd.DataFrame]) -> pd.DataFrame:
    metric, values = measured
    best = describe(metric).best
    rivals = [name for name in values.index if name not in ORIGINALS]
    found = pd.DataFrame({"sampler": values.index, "metric": metric})
    found[["behind", "behind_half_width"]] = np.nan
    if best not in LOSSES or not rivals:
        return found
    losses = LOSSES[best](values)
    gaps = losses - losses.loc[losses.loc[rivals].mean(axis=1).idxmin()]
    found["behind"] = gaps.mean(axis=1).to_numpy()
    found["behind_half_width"] = [
        intervals.t_half_width(row.std(), int(row.count())) for _, row in gaps.iterrows()
    ]
    return found


def table(frame: pd.DataFrame, failures: dict[str, str]) -> markup.Table:
    """The table: samplers above the controls; bold is the best, and what cannot be told from it.

    Args:
        frame: as `summary` takes it.
        failures: sampler -> why; its row is there even if nothing of it was scored.
    """
    found = [*dict.fromkeys([*frame["sampler"], *failures])]
    rivals = [name for name in found if name not in ORIGINALS]
    names = rivals + [name for name in found if name in ORIGINALS]
    text = markup.Table(TITLE, ["sampler"], [[name] for name in names], rule=len(rivals))
    if frame.empty:
        return text
    measured = by_seed(frame, [m for m in (*METRICS, *COSTS) if m in set(frame["metric"])])
    means = intervals.over_seeds(frame, ["sampler", "metric"]).set_index(["sampler", "metric"])
    for j, (metric, values) in enumerate(measured.items(), start=1):
        about = describe(metric)
        text.columns.append(about.heading)
        for row, name in zip(text.rows, names, strict=True):
            known = (name, metric) in means.index
            row.append(
                (_seconds if metric in COSTS else layout.plus_minus)(
                    *means.loc[(name, metric), ["mean", "half_width"]]
                )
                if known
                else layout.NOT_RUN
            )
        leading = leaders(values.reindex(rivals), about.best)
        text.bold |= {(i, j) for i in leading}
    return text


def note(frame: pd.DataFrame) -> str:
    """What the numbers of the table and its bold mean."""
    if frame.empty:
        return "Nothing was scored."
    means = intervals.over_seeds(frame, ["sampler", "metric"])
    said = layout.over_seeds(means)
    if (means["seeds"] == 1).all():
        return f"{said} Nothing is bold, as one seed cannot tell samplers apart. {CONTROLS}"
    return (
        f"{said} Bold: the best sampler, and those that the 95 % t-interval of the difference, "
        "taken seed by seed, cannot tell from it. A column without bold is one where no sampler "
        f"can be told from the best, or which is best nowhere. {CONTROLS}"
    )


def plain(text: markup.Table) -> str:
    """The table for a terminal; headings break into lines, so that rows seldom do."""
    wide = [max(HEADING, *map(len, cells)) for cells in zip(*text.rows, strict=True)]
    heads = [
        wrap(_kept(head), width, break_long_words=False, break_on_hyphens=False)[::-1]
        for head, width in zip(text.columns, wide, strict=True)
    ]  # the last lines of all side by side
    lines = [*zip_longest(*heads, fillvalue="")][::-1]
    frame = pd.DataFrame([*lines, *text.rows]).to_string(index=False, header=False)
    return "\n".join(line.rstrip() for line in frame.replace("\xa0", " ").splitlines())


def _kept(head: str) -> str:
    """A heading whose arrow stays with its last word where lines break."""
    arrow = next((arrow for arrow in ARROWS.values() if head.endswith(arrow)), "")
    return head.removesuffix(arrow) + arrow.replace(" ", "\xa0")


def html(frame: pd.DataFrame, failures: dict[str, str], verdict: str, notes: list[str]) -> str:
    """What a notebook shows: the verdict, the table, what it means, and the notes."""
    body = markup.within([table(frame, failures)], note(frame))
    for arrow in ARROWS.values():  # which stay with their words where headings break
        body = body.replace(f"{arrow}<", f"{arrow.replace(' ', '&nbsp;')}<")
    items = "".join(f"<li>{escape(text)}</li>" for text in notes)
    return (
        f"<div class='expost'><style>{STYLE}</style>\n<p><b>{escape(verdict)}</b></p>\n"
        f"<div class='wide'>{body}</div>\n" + (f"<ul>{items}</ul>\n" if notes else "") + "</div>"
    )


def _seconds(mean: float, half: float) -> str:
    """Of the CPU, to a millisecond: what is less is not worth the width of the table."""
    if mean < 0.0005:
        return "< 0.001"
    if np.isnan(half):
        return layout.significant(mean)
    places = min(layout.decimals(half, 2), 3)
    return f"{mean:.{places}f} ± {half:.{places}f}"
