"""Fit a sampler to part of the codes and draw from it, the way the sample-size study does."""

import time
from dataclasses import dataclass

import numpy as np

from ..io.real_arrays import real
from ..runtime import registry
from ..runtime.log import log
from . import class_fits, likelihood
from .base import Sampler
from .controls import CONTROLS


@dataclass(frozen=True)
class Draws:
    """What came of a run.

    Attributes:
        codes: new codes, (n, d).
        rows: which of the given codes they are, (n,), for samplers that pick from those.
        fits: how many times the sampler was fitted.
        fit_seconds: time of one fit, the mean over all; imports not counted.
        sample_seconds: time of all drawing.
        log_densities: of codes held out and fitted, see `likelihood`; empty where not asked for.
    """

    codes: np.ndarray
    rows: np.ndarray | None
    fits: int
    fit_seconds: float
    sample_seconds: float
    log_densities: dict[str, np.ndarray]


def pooled(
    sampler: Sampler,
    codes: np.ndarray,
    size: int,
    draws: int,
    rng: np.random.Generator,
    held_out: np.ndarray | None = None,
) -> Draws:
    """Fit to `size` codes at a time and pool to `draws` new ones.

    With fewer codes than draws the fit is repeated on the next `size` codes, each fit giving as
    many draws as it had codes (EBCAE paper, section 3.2), so that small sizes are not judged on one
    lucky subset. With as many codes as draws, or more, there is one fit.

    Args:
        sampler: anything from `expost.samplers`.
        codes: all that may be used, (N, d), shuffled.
        size: how many codes a fit gets.
        draws: how many codes to draw in all.
        rng: used by fits and draws.
        held_out: none of them, (m, d): codes whose log-densities are wanted; None for none.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: `size` is larger than N.
    """
    codes = real(codes, "codes")
    if size > len(codes):
        raise ValueError(
            f"got size {size} with {len(codes)} codes to fit to; set size to {len(codes)} or fewer"
        )
    registry.preload(sampler.libraries)
    parts, rows, densities, fit_seconds, sample_seconds = [], [], [], 0.0, 0.0
    starts = range(0, draws, size)
    for start in starts:
        chosen = np.arange(start, start + size) % len(codes)  # on from where the last fit ended
        n = min(size, draws - start)
        started = time.perf_counter()
        sampler.fit(codes[chosen], rng, look=False)
        fitted = time.perf_counter()
        drawn, picked = near(sampler, n, rng)
        parts.append(drawn)
        if picked is not None:
            rows.append(chosen[picked])
        sample_seconds += time.perf_counter() - fitted
        fit_seconds += fitted - started
        sampler.look(codes[chosen])
        if held_out is not None:
            densities.append(likelihood.log_densities(sampler, held_out, codes[chosen]))
        log.info("fitted to %d codes, drew %d", size, n)
    return Draws(
        np.concatenate(parts),
        np.concatenate(rows) if rows else None,
        len(starts),
        fit_seconds / len(starts),
        sample_seconds,
        likelihood.over_fits(densities) if densities else {},
    )


def near(
    sampler: Sampler, n: int, rng: np.random.Generator, given: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray | None]:
    """`n` codes of a fitted sampler, (n, d), and which of the fitted ones they are, if they are.

    Args:
        sampler: fitted; of `kde`, `empirical_beta`, `reconstruction`, `copy` and `held_out` where
            rows are given.
        n: how many.
        rng: used for the draws.
        given: draw near these rows of the fitted codes only: numbers or a mask; None for all.

    Raises:
        TypeError: rows are given to a sampler that cannot draw near any.
        ValueError: they are none, or were not fitted.
    """
    if not hasattr(sampler, "sample_rows"):
        return sampler.sample(n, rng, given=given), None
    rows = sampler.sample_rows(n, rng, given=given)
    return sampler.codes_[rows], rows


def of_group(
    sampler: Sampler,
    codes: np.ndarray,
    n: int,
    rng: np.random.Generator,
    group: int | str,
    members: np.ndarray,
    alone: bool = False,
) -> tuple[np.ndarray, np.ndarray | None]:
    """`n` codes of a group, (n, d), and which of the fitted ones they are, if they are.

    A sampler that can draw near the group's codes does so; another is fitted again, to these codes.
    What picks fitted codes does that near these, whichever is wanted.

    Args:
        sampler: fitted to all codes.
        codes: those, (N, d).
        n: how many.
        rng: used for the fit and the draws.
        group: its name, for messages.
        members: which codes belong to it, a mask (N,).
        alone: whether it is fitted again though it could draw near codes.

    Raises:
        ValueError: the sampler cannot be fitted to the group's codes; says which group.
    """
    if hasattr(sampler, "sample_rows") or (targets(sampler) and not alone):
        return near(sampler, n, rng, members)
    with class_fits.named(group, int(members.sum())):
        sampler.fit(codes[members], rng)
    return near(sampler, n, rng)


def reaches_groups(sampler: Sampler) -> bool:
    """Whether `of_group` has draws of a group: of all but controls that do not show codes."""
    name = type(sampler).__module__.rpartition(".")[2]
    return targets(sampler) or name not in CONTROLS


def targets(sampler: Sampler) -> bool:
    """Whether `near` can give rows to the sampler."""
    return type(sampler)._sample_near is not Sampler._sample_near or hasattr(sampler, "sample_rows")
