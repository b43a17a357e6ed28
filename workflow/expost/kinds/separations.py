"""Two normals that move apart, and how far they are by kernels and by tuned discriminators.

Options: `dimensions`, `codes` and `trials` that are simulated; `separation`, up to which the two
normals move apart in steps of 1; `tuning`, whether a discriminator's setting is the best of `few`
or of `many`.
"""

import pandas as pd

from ..analyses import estimates_compared
from ..divergences.discriminator_settings import SETTINGS
from ..figures import separations
from ..study.kinds import COUNTS, Choice, Kind, Page
from ..tables import separations_table

CATEGORY = "6 Does it agree with the paper?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Codes are drawn from two normal laws that are s apart and whitened together, so that "
        "their mean and covariance never tell (top), and their Jensen-Shannon divergence from "
        "N(0, I) is estimated by a density of normal kernels, and by a network that was tuned and "
        "trained to tell them from draws of it, both asked at fresh codes (middle: means and 95 % "
        "t-intervals over {trials} trials, and the true values). Kernels blur and are below the "
        "truth everywhere, which does not matter to a training as long as they rise. Below, how "
        "closely estimates follow s: Pearson's correlation within a trial, mean over trials, bold "
        "where the difference of the two has a 95 % t-interval over trials without 0.",
    ),
    table=Page(
        CATEGORY,
        "How closely the estimated divergence of two normal laws, s apart and whitened, follows s: "
        "by a density of kernels of the codes, and by a network that is trained on the same codes "
        "to tell them from N(0, I). Estimates of equal laws, at s = 0, should be 0.",
    ),
    of="simulations",
    numbers="simulations",
    capabilities=(),
    options={
        **{"dimensions": COUNTS, "codes": COUNTS, "trials": 20, "separation": 6},
        "tuning": Choice(("many", "few")),
    },
)


def draw(given: dict, about: dict):
    """Samples, curves, and the grid of correlations."""
    return separations.figure(pd.read_csv(given["numbers"][0]))


def tabulate(given: dict, about: dict):
    """Correlations of both, their difference, and how they came about."""
    cells = estimates_compared.compare(pd.read_csv(given["numbers"][0]))
    return cells, *separations_table.separations_table(cells, len(SETTINGS[about["tuning"]]))
