"""How normal codes are: a summary beside that of as many normal codes."""

from typing import NamedTuple

import numpy as np

from ..runtime import threads
from ..runtime.log import log
from ..runtime.option_values import count
from ..stats import checks, intervals
from .bandwidth import fewest_codes, optimal_bandwidth
from .entropy import entropy
from .jensen_shannon import JensenShannon
from .targets import Mixture
from .whitening import outliers, outlying, whitened

GROUPS = 10  # of codes, each left out once for the interval
POINTS = 2000  # held-out codes and draws at most, for the divergence


class Gap(NamedTuple):
    """By how much the entropy of codes is below that of normal ones.

    Attributes:
        entropy: of the codes, whitened, in nats.
        normal_entropy: of normal codes by the same estimate, mean over the references.
        gap: normal_entropy - entropy. It is 0 for normal codes; for others their Kullback-Leibler
            divergence from the normal law of the same mean and covariance, but for what the
            estimate blurs. Where its kernels are wide, in many dimensions, that may be so much that
            the gap is below 0: it tells codes from normal ones whichever sign it has.
        half_width: of the 95 % interval of the gap.
    """

    entropy: float
    normal_entropy: float
    gap: float
    half_width: float


class Normality(NamedTuple):
    """What `normality` gives.

    Attributes:
        codes: how many were looked at, n.
        dimensions: d.
        all: the gap of all codes.
        trimmed: the gap of the codes that are no outliers, whitened anew.
        outliers: how many codes are too far out for a normal law (`whitening.outliers`).
        expected_outliers: how many of n normal codes are.
        jsd: Jensen-Shannon divergence of the whitened codes from N(0, I) in bits: the kernel
            density of one half, at codes of the other; None where so few carry no bandwidth.
        normal_jsd: that of normal codes, mean over the references, which is below 0; or None.
        bandwidth: of the divergence's kernels; or None.
    """

    codes: int
    dimensions: int
    all: Gap
    trimmed: Gap
    outliers: int
    expected_outliers: float
    jsd: float | None
    normal_jsd: float | None
    bandwidth: float | None


def normality(codes: np.ndarray, *, references: int = 5, most: int = 10_000, rng=None) -> Normality:
    """How far codes are from the normal law of their own mean and covariance.

    Estimates by kernel densities depend on n and d, and so do those of the references, samples of
    N(0, I) of as many codes: what counts is the difference. The interval of a gap is Tukey's
    jackknife over ten groups of codes, whitened anew without each, with Student's t, and holds the
    luck of the references, too. Of 448 samples of four laws 97 % had the mean in their interval;
    those of normal codes are up to twice as wide as they have to be.

    Args:
        codes: shape (n, d), whatever `io.real_arrays.real` can read, n at least 2 (d + 10).
        references: how many samples of N(0, I), at least 2.
        most: of more codes, so many are looked at, chosen at random; time grows with their square:
            for 10,000 it is a quarter of a minute of one thread.
        rng: None, a seed or a `numpy.random.Generator`.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: too few codes, values that are not finite, or columns that cannot be whitened;
            says which.

    References:
        Tukey (1958), "Bias and confidence in not-quite large samples", Annals of Mathematical
        Statistics 29; Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks",
        section 5.

    Example:
        >>> import numpy as np
        >>> from expost import normality
        >>> codes = np.random.default_rng(0).standard_normal((500, 2))
        >>> normal, bent = (normality(x, rng=0).all for x in (codes, codes**2))
        >>> abs(normal.gap) < normal.half_width, bent.gap > bent.half_width
        (True, True)
    """
    count("references", references, least=2)
    codes = checks.finite(checks.real(codes, "(n, d)"))
    (n, d), rng = codes.shape, np.random.default_rng(rng)
    checks.enough(n, 2 * (d + GROUPS), f"halves and groups in {d} dimensions", "normality")
    n = min(n, count("most", most, least=2 * (d + GROUPS)))
    codes = whitened(codes[rng.permutation(len(codes))[:n]])
    others = [whitened(rng.standard_normal((n, d))) for _ in range(references)]
    far = outliers(codes)
    with threads.held():
        every = trimmed = _gap(codes, others)
        if far.any():
            trimmed = _gap(codes[~far], [other[~outliers(other)] for other in others])
        divergences = _divergences(codes, others, rng)
    return Normality(n, d, every, trimmed, int(far.sum()), n * outlying(), *divergences)


def _gap(codes, references):
    """Of codes and references, which are whitened here."""
    codes = whitened(codes)
    found, first = entropy(codes), entropy(whitened(references[0]))
    rest = [entropy(whitened(other), first.bandwidth).nats for other in references[1:]]
    normal = np.array([first.nats, *rest])
    parts = intervals.without_each(codes, GROUPS)
    left = [entropy(whitened(part), found.bandwidth).nats for part in parts]
    half_width = np.hypot(
        intervals.jackknife_half_width(np.array(left)),
        intervals.t_half_width(float(np.std(normal, ddof=1)), len(normal)),
    )
    mean = float(normal.mean())
    return Gap(found.nats, mean, mean - found.nats, float(half_width))


def _divergences(codes, references, rng):
    """The JSD of codes, that of references, and the bandwidth; or None of each."""
    (n, d), half = codes.shape, len(codes) // 2
    if half < fewest_codes(d):
        log.warning(
            "normality: no Jensen-Shannon divergence, as half of %d codes carry no bandwidth below "
            "1 in %d dimensions; %d codes do",
            *(n, d, 2 * fewest_codes(d)),
        )
        return None, None, None
    bandwidth, target = optimal_bandwidth(d, half, rng=rng), Mixture.standard_normal(d)

    def jsd(points):  # in a random order
        drawn = target.sample(POINTS, rng)
        held_out = points[half : half + POINTS]
        return JensenShannon(points[:half], target, drawn, held_out).at(bandwidth).bits

    return jsd(codes), float(np.mean([jsd(other) for other in references])), bandwidth
