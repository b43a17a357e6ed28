"""The table of how well scores tell the images of a class from all others."""

import pandas as pd

from ..analyses.novelty import CHANCE, SCORES
from ..datasets import image_groups
from ..figures import methods
from ..stats import intervals
from . import layout, markup

OVER = ["dataset", "autoencoder"]
KEYS = [*OVER, "group", "score", "metric"]
ALL = "all classes"
HEADINGS = {
    "reconstruction": "reconstruction",
    "in_manifold": "in manifold",
    "full": "full",
    "gmm": "GMM of codes",
    "kde": "KDE of codes",
    CHANCE: "chance",
}
TITLES = {"auc": "area under the ROC curve ↑", "average_precision": "average precision ↑"}


def summarise(found: pd.DataFrame) -> pd.DataFrame:
    """Mean, half-width of the 95 % t-interval and number of seeds, by class and over all classes.

    Args:
        found: the columns of `analyses.novelty`, a row a seed; groups are text.

    Raises:
        ValueError: see `intervals.over_seeds`.
    """
    by_class = intervals.over_seeds(found, KEYS)
    pooled = found.groupby([*OVER, "score", "metric", "seed"], sort=False)["value"].mean()
    over_classes = intervals.over_seeds(pooled.reset_index().assign(group=ALL), KEYS)
    return pd.concat([by_class, over_classes], ignore_index=True)


def novelty_tables(means: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set, autoencoder and measure: a row a class, a column a score.

    Args:
        means: what `summarise` gives.

    Returns:
        The tables, and a note that explains them.
    """
    tables = []
    for (dataset, autoencoder), rows in means.groupby(OVER, sort=False):
        for metric, words in TITLES.items():
            title = f"{dataset}, {methods.autoencoder_title(autoencoder)}: {words}"
            table = markup.Table(title, ["Trained on", *(HEADINGS[s] for s in (*SCORES, CHANCE))])
            numbers = rows[rows["metric"] == metric].set_index(["group", "score"])
            groups = rows["group"].unique()
            for group in groups:
                label = group if group == ALL else image_groups.label(group)
                table.rows.append([label, *layout.cells(numbers, [(group, s) for s in HEADINGS])])
            table.rule = len(groups) - 1
            tables.append(table)
    note = (
        f"{layout.over_seeds(means)} The area is how likely an image of the class is found more "
        "likely than one of another; the average precision is that of the class among the images "
        "found most likely, which by chance is the share of the class. In manifold: the density "
        "of the code by its law, divided by how much the decoder stretches space there; full: "
        "times the density of the error, a normal law with the variance of held-out images. Below "
        "the line: means over classes."
    )
    return tables, note
