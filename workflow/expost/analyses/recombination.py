"""The dependence of one group of images with the margins of another."""

import numpy as np

from ..io.real_arrays import real
from ..metrics.neighbours import nearest
from ..samplers.base import Sampler

PARTS = ("dependence_of", "recombined", "nearest", "margins_of")


def recombine(
    dependence: Sampler, margins: Sampler, codes: np.ndarray, draws: int, seed: int
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Draws of two samplers, and of the first with the margins of the second.

    Draw i of `dependence_of` and draw i of `recombined` are the same point of the copula (but of
    `independent`, which has none), so one shows what becomes of the other. Which codes were near
    already says whether the margins led anywhere new (EBCAE paper, Fig. 6).

    Args:
        dependence: fitted to the codes of one group.
        margins: of the same class, fitted to the codes of the other group.
        codes: those among which the nearest to each recombined draw is looked for, (n, d).
        draws: how many, of each part.
        seed: of all draws.

    Returns:
        The `PARTS`, (draws, d) each; `nearest` are codes of those given. And their rows, (draws,).

    Raises:
        TypeError, ValueError: see `Sampler.with_margins_of`.
    """
    codes = real(codes, "codes")
    both = dependence.with_margins_of(margins).sample(draws, seed)
    rows, _ = nearest(both, codes)
    parts = dependence.sample(draws, seed), both, codes[rows], margins.sample(draws, seed)
    return dict(zip(PARTS, parts, strict=True)), rows
