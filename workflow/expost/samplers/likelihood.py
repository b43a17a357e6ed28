"""Log-densities under a fitted sampler, of codes that it was fitted to and of others."""

import numpy as np

from ..datasets import row_choice
from ..runtime.log import log
from .base import Sampler

# Names that metrics are given them by.
HELD_OUT, FITTED = "held_out_log_density", "fitted_log_density"


def log_densities(
    sampler: Sampler, held_out: np.ndarray, fitted: np.ndarray
) -> dict[str, np.ndarray]:
    """Of held-out codes and of as many fitted ones; nothing, and a warning, where there are none.

    Args:
        sampler: fitted; one without a density gives nothing.
        held_out: codes that it was not fitted to, (m, d).
        fitted: those that it was, in random order, of which the first m are looked at.

    Returns:
        `HELD_OUT`, (m,), and `FITTED`, at most as many; or nothing, also where the fitted law has
        no density, as a normal law on a plane, or one of 0 at a code.
    """
    if type(sampler)._score_samples is Sampler._score_samples:
        return {}
    try:
        found = {
            HELD_OUT: sampler.score_samples(held_out),
            FITTED: sampler.score_samples(fitted[: len(held_out)]),
        }
    except (TypeError, ValueError) as error:
        log.warning("no likelihood is scored, as %s", error)
        return {}
    if nowhere := sum((~np.isfinite(values)).sum() for values in found.values()):
        said = "no likelihood is scored, as %d codes have no finite log-density under %r"
        log.warning(said, nowhere, sampler)
        return {}
    return found


def over_fits(found: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Of several fits: the mean for each held-out code, and all fitted ones, each of its own fit.

    Nothing where any of the fits has nothing.
    """
    if not all(found):
        return {}
    return {
        HELD_OUT: np.mean([one[HELD_OUT] for one in found], axis=0),
        FITTED: np.concatenate([one[FITTED] for one in found]),
    }


def judged(
    dataset: str, seed: int, codes: dict[str, np.ndarray], draws: int, validation: int
) -> np.ndarray:
    """Codes that no sampler but controls is fitted to, at most `draws` of them, (m, d).

    They are of validation images, or of the test images of the reference where a training holds
    none out.

    Args:
        dataset: its name.
        seed: of the run.
        codes: of the parts `train` and `test`, (n, d) each.
        draws: how many codes the run draws.
        validation: how many of the training images the training held out.

    Raises:
        ValueError: as `row_choice.validation` and `row_choice.reference`.
    """
    if not validation:
        test = codes["test"]
        return test[row_choice.reference(dataset, seed, len(test), draws)]
    train = codes["train"]
    return train[row_choice.validation(dataset, seed, len(train), validation)[:draws]]
