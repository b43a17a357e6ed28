"""Which estimate of a divergence follows the separation of two laws, kernels' or a network's."""

import pandas as pd

from ..analyses.estimates_compared import ESTIMATORS
from . import layout, markup

HEADINGS = (
    *("Dimensions", "Codes", "Discriminator", "Kernels", "Difference"),
    *("Discriminator at s = 0", "Kernels at s = 0", "Rate, decay", "Steps", "Bandwidth"),
)


def separations_table(cells: pd.DataFrame, settings: int) -> tuple[list[markup.Table], str]:
    """A row a number of dimensions and of codes, the higher correlation in bold.

    Args:
        cells: what `analyses.estimates_compared.compare` gives.
        settings: how many a discriminator's was chosen from.

    Returns:
        The table, and a note that explains it.
    """
    shown = markup.Table("Correlation of estimated divergences with the separation", [*HEADINGS])
    for i, cell in enumerate(cells.itertuples()):
        shown.rows.append(
            [
                *(str(cell.dimensions), f"{cell.size:,}"),
                *(f"{value:.2f}" for value in (cell.discriminator, cell.kde)),
                layout.plus_minus(cell.difference, cell.half_width),
                *(f"{value:.3f}" for value in (cell.discriminator_at_0, cell.kde_at_0)),
                f"{cell.learning_rate:g}, {cell.weight_decay:g}",
                *(f"{cell.steps:.0f}", f"{cell.bandwidth:.3f}"),
            ]
        )
        if cell.higher:
            shown.bold.add((i, 2 + ESTIMATORS.index(cell.higher)))
    count = int(cells["trials"].max())
    best = cells["higher"].value_counts()
    verdict = ", ".join(
        f"{words} in {best.get(name, 0)}"
        for name, words in (("kde", "kernels are higher"), ("discriminator", "the discriminator"))
    )
    untold = best.get("", 0)
    return [shown], (
        f"Pearson's correlation within each trial, mean over {count} trials; the difference is of "
        "both on the same codes, with the half-width of its 95 % t-interval over trials, and "
        f"where that leaves out 0 the higher one is bold: {verdict} and neither in {untold} of "
        f"{len(cells)} cells. The true divergence, which does not rise in a line, has "
        f"{cells['true'].iloc[0]:.2f} itself, so that more is no better. Divergences at s = 0, of "
        "equal laws, are in bits. Learning rate and weight decay of the discriminator are the best "
        f"of {settings} at fresh codes of further "
        "trials; steps are until the loss of held-out codes was lowest, by the median."
    )
