"""How many components a Gaussian mixture has, by BIC or by the likelihood of held-out codes."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...runtime.log import log
from . import mixtures

RULES = ("bic", "held_out")
TRIED = (*range(1, 11), 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64)
PATIENCE = 3  # candidates in a row that are no better, after which no larger ones are tried
STARTS = 3  # of k-means for each: a poor one would speak for more components
FOLDS = 5
MOST = 10_000  # codes to choose by


class Choice(NamedTuple):
    """What was tried, and chosen.

    Attributes:
        components: the number chosen.
        tried: numbers of components, shape (k,).
        criteria: of each, shape (k,): BIC over the number of codes, or the mean held-out
            log-density.
        mixture: the fit to all codes with that number, if there is one already.
    """

    components: int
    tried: np.ndarray
    criteria: np.ndarray
    mixture: object | None


def fewest(rule: str) -> tuple[int, str]:
    """The fewest codes that a rule can choose by, and what for."""
    return (2, "a fit") if rule == "bic" else (FOLDS, f"{FOLDS}-fold cross-validation")


def choose(codes: np.ndarray, rule: str, seed: int, rng: np.random.Generator, **options) -> Choice:
    """The number of components, of 1 to 10, 12, 14, 16, 20, ..., 64.

    `bic` takes the number k with the least

        BIC / n = -2 mean log f(zᵢ) + p log n / n,   p = k - 1 + k d + k d (d + 1) / 2

    of the fit to all codes. `held_out` takes the least number whose codes' held-out log-density, by
    five folds, is on average no more than a standard error of the difference below the best one's.

    Numbers are tried in ascending order, until three in a row are no better than the best, or the
    codes have less than two numbers for each parameter. Each is fitted from three starts of k-means
    and the best one counts. Of more than 10,000 codes a random part chooses.

    Args:
        codes: shape (n, d).
        rule: one of `RULES`.
        seed: of k-means.
        rng: of the part and of the folds.
        options: of `mixtures.fit`.

    References:
        Schwarz (1978), "Estimating the dimension of a model", Annals of Statistics 6.
        Breiman, Friedman, Olshen & Stone (1984), "Classification and regression trees", section
        3.4.3 (the standard error).
    """
    n = len(codes)
    part = codes if n <= MOST else codes[rng.permutation(n)[:MOST]]
    search = _by_bic if rule == "bic" else _by_held_out
    found = search(part, lambda x, k: _fit(x, k, seed, options), rng)
    log.info(
        "gmm: %d components by %s, of those tried, %d to %d",
        *(found.components, rule, found.tried[0], found.tried[-1]),
    )
    if found.components == TRIED[-1]:
        log.warning("gmm: %d components, the most that are tried, are the best", TRIED[-1])
    return found if n <= MOST else found._replace(mixture=None)


def _by_bic(codes, fit: Callable, rng) -> Choice:
    fits, criteria = [], []
    for k in _candidates(*codes.shape):
        fits.append(fit(codes, k))
        criteria.append(fits[-1].bic(codes) / len(codes))
        if len(criteria) - int(np.argmin(criteria)) > PATIENCE:
            break
    best = int(np.argmin(criteria))
    tried = np.array(TRIED[: len(fits)])
    return Choice(int(tried[best]), tried, np.array(criteria), fits[best])


def _by_held_out(codes, fit: Callable, rng) -> Choice:
    n, d = codes.shape
    folds = np.array_split(rng.permutation(n), FOLDS)
    candidates, densities = _candidates(n - len(folds[0]), d), []  # of each of them, (n,)
    for k in candidates:
        held_out = np.empty(n)
        for fold in folds:
            held_out[fold] = fit(np.delete(codes, fold, axis=0), k).score_samples(codes[fold])
        densities.append(held_out)
        means = np.mean(densities, axis=1)
        if len(means) - int(means.argmax()) > PATIENCE:
            break
    below = densities[int(means.argmax())] - np.array(densities)  # (k, n)
    error = below.std(axis=1) / np.sqrt(n)
    least = int(np.argmax(below.mean(axis=1) <= error))
    tried = np.array(TRIED[: len(means)])
    return Choice(int(tried[least]), tried, means, None)


def _candidates(n: int, d: int) -> list[int]:
    """Those with at most half as many parameters as n codes in d dimensions have numbers."""
    each = 1 + d + d * (d + 1) // 2
    return [k for k in TRIED if k == 1 or 2 * k * each <= n * d]


def _fit(codes, components, seed, options):
    return mixtures.fit_quietly(codes, components, seed, n_init=STARTS, **options)[0]
