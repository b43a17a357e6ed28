"""Fréchet distance of features of the usual widths, against SciPy's matrix square root.

Both sides start from the features. Of many rows most time goes into the covariances, which are
one matrix product on either side.
"""

from collections.abc import Iterator

from expost.metrics.frechet import frechet

from ..compare import Row, compare, rates, relative
from ..data import features
from ..plain import frechet as plain


def rows() -> Iterator[Row]:
    """As many images as are scored here, and as many as in other papers."""
    for n, width in ((2000, 512), (2000, 1000), (10_000, 512), (10_000, 1000), (10_000, 2048)):
        x, y = features(1, n, width), features(2, n, width)
        yield compare(
            f"Fréchet distance, {n:,} + {n:,}, d = {width:,}",
            ("SciPy `sqrtm`", lambda x=x, y=y: plain.frechet(x, y)),
            lambda x=x, y=y: frechet(x, y),
            relative,
            1e-6,
            floor=_floor(n, width),
            rounds=5 if width < 2048 else 3,
        )


def _floor(n: int, width: int) -> float:
    """Two symmetric products of the data; of width³ then 1/3 Cholesky, 1 L'SL, 4/3 tridiagonal."""
    return (2 * n * width**2 + 8 / 3 * width**3) / (rates()["dgemm"][0] * 1e9)
