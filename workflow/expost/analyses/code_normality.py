"""How normal codes are, as numbers of a table and as a sentence."""

import numpy as np

from ..divergences.normality import GROUPS, Normality, normality
from ..runtime.log import log

MEASURES = ("gap", "half_width", "trimmed_gap", "trimmed_half_width", "outliers")
MEASURES += ("expected_outliers", "jsd", "normal_jsd", "codes")


def records(codes: np.ndarray, most: int, rng: np.random.Generator) -> list[dict]:
    """What `divergences.normality` finds, a record of `metric` and `value` each.

    Args:
        codes: shape (n, d).
        most: how many are looked at; more if so few say nothing of so many dimensions.
        rng: chooses these, and draws normal ones.

    Returns:
        Of codes of which nothing can be told, NaN, and in each record the `reason`, else "".
    """
    try:
        found = normality(codes, most=max(most, fewest(codes.shape[1])), rng=rng)
    except ValueError as error:
        log.warning("%s", error)
        return [{"metric": m, "value": np.nan, "reason": str(error)} for m in MEASURES]
    values = zip(MEASURES, _values(found), strict=True)
    return [{"metric": metric, "value": value, "reason": ""} for metric, value in values]


def fewest(dimensions: int) -> int:
    """How many codes of so many dimensions say anything."""
    return 2 * (dimensions + GROUPS)


def sentence(found: Normality) -> str:
    """The same in words."""
    gap, trimmed = found.all, found.trimmed
    text = (
        f"How normal they are: the entropy of {found.codes:,} codes, whitened, is {gap.gap:.3f} ± "
        f"{gap.half_width:.3f} nats below that of as many normal ones"
    )
    far = f"{found.outliers} of them are outliers (of normal ones {found.expected_outliers:.1f})"
    if found.outliers:
        far += f", without which it is {trimmed.gap:.3f} ± {trimmed.half_width:.3f}"
    text += f"; {far}"
    if found.jsd is not None:
        text += (
            f"; their Jensen-Shannon divergence from N(0, I) is {found.jsd:.3f} bits, that of "
            f"normal ones {found.normal_jsd:.3f}"
        )
    verdict = "no further from normal than chance" if _is_within(found) else "not normal"
    return f"{text}. So these codes are {verdict}."


def _is_within(found: Normality) -> bool:
    """Whether neither gap leaves out 0; of few codes that may be want of them."""
    return all(abs(gap.gap) <= gap.half_width for gap in (found.all, found.trimmed))


def _values(found: Normality):
    gaps = (found.all.gap, found.all.half_width, found.trimmed.gap, found.trimmed.half_width)
    divergences = (np.nan if x is None else x for x in (found.jsd, found.normal_jsd))
    return *gaps, float(found.outliers), found.expected_outliers, *divergences, float(found.codes)
