"""The table of how far codes are from normal ones, a row a set of codes."""

import pandas as pd

from ..figures import methods
from . import layout, markup

HEADINGS = (
    *("Codes of", "Seed", "Number", "Entropy below normal [nats]", "without outliers"),
    *("Outliers", "of normal codes", "Divergence [bits]", "of normal codes"),
)
AXES = ["dataset", "autoencoder", "epoch", "seed"]


def wide(numbers: pd.DataFrame) -> pd.DataFrame:
    """A row a set of codes, a column a metric, and the `reason` where these are unknown."""
    shown = numbers.pivot(index=AXES, columns="metric", values="value")
    order = numbers.drop_duplicates(AXES).set_index(AXES)
    return shown.reindex(order.index).assign(reason=order["reason"].fillna("")).reset_index()


def normality_table(table: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set; bold are gaps that chance does not explain.

    Args:
        table: what `wide` gives.
    """
    found, untold = [], []
    for dataset, rows in table.groupby("dataset", sort=False):
        shown = markup.Table(f"{dataset}: how normal codes are", list(HEADINGS))
        for i, row in enumerate(rows.to_dict("records")):
            name = methods.autoencoder_title(row["autoencoder"])
            if pd.isna(row["codes"]):
                blanks = [layout.NOT_RUN] * (len(HEADINGS) - 2)
                shown.rows.append([name, str(row["seed"]), *blanks])
                untold.append(f"Of {name} on {dataset} nothing is known: {row['reason']}")
                continue
            gaps = [(row[f"{of}gap"], row[f"{of}half_width"]) for of in ("", "trimmed_")]
            shown.rows.append(
                [
                    name,
                    str(row["seed"]),
                    f"{int(row['codes']):,}",
                    *(layout.plus_minus(*gap) for gap in gaps),
                    f"{int(row['outliers'])}",
                    f"{row['expected_outliers']:.1f}",
                    *(_bits(row[key]) for key in ("jsd", "normal_jsd")),
                ]
            )
            shown.bold |= {(i, 3 + j) for j, (gap, half) in enumerate(gaps) if abs(gap) > half}
        found.append(shown)
    note = (
        "Codes are whitened, and the entropy is compared with that of as many draws of N(0, I) by "
        "the same estimate: what lacks, with the half-width of its 95 % interval (a jackknife over "
        "ten groups of codes), bold where that leaves out 0. Outliers are as far out as 0.021 % of "
        "a normal law. The Jensen-Shannon divergence from N(0, I) is by kernels, which blur: of "
        f"normal codes it is below 0. {layout.NOT_RUN}: too few codes for so many dimensions."
    )
    return found, " ".join([note, *(f"{reason}." for reason in untold)])


def _bits(value: float) -> str:
    return layout.NOT_RUN if pd.isna(value) else f"{value:.3f}"
