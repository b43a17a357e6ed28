"""Precision of generated samples, from the curve of precision and recall for distributions."""

from .base import Metric
from .prd_curve import Curve

METRIC = Metric(title="PRD precision", best="higher", family="prd", given=("curve",))

BETA = 1 / 8


def prd_precision(curve: Curve) -> float:
    """The largest F_1/8 of the curve, which weighs precision eight times as much as recall.

    How much of what is generated lies where real points are. 1 for equal laws, 0 for laws without a
    cluster in common. A generator that leaves out half of the real points but is right otherwise
    loses little: it has 0.985. Few points of equal laws differ between clusters by chance, and have
    less than 1: compare at one number of points, and with held-out data.

    Papers give F_8 and F_1/8 as one pair. Sajjadi et al. call F_8 recall and F_1/8 precision, as
    follows from F_beta's definition. Table 2 of Ghosh et al. prints "precision / recall" and names
    no beta. The program with which its authors scored prints F_8 first and F_1/8 second; if the
    table has that order, its first number, called precision, is `prd_recall` here, and its second
    is this. The text alone does not decide it.

    Args:
        curve: what `prd_curve.measure` gives for the two samples.

    Returns:
        A number in [0, 1].

    References:
        Sajjadi et al. (2018), "Assessing generative models via precision and recall", NeurIPS;
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR.
    """
    return curve.highest(BETA)
