"""One sampler with one seed: fitted, drawn from, scored, and timed by the CPU's clock."""

import copy
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..features.base import Features
from ..io.escaping import in_one_line
from ..metrics.scoring import score
from ..runtime import registry, threads
from ..runtime.log import log
from ..runtime.seeding import generator
from ..samplers import likelihood
from ..samplers.base import Sampler
from .parts import Parts

# In the order of tables.
METRICS = (
    *("emd", "mmd", "coverage", "density", "held_out_likelihood"),
    *("c_t", "authenticity", "nearest_training"),
)
COSTS = ("fit", "sample")
FAMILIES = ("two_sample", "copying", "likelihood")


@dataclass
class Run:
    """What came of it.

    Attributes:
        sampler: its name.
        seed: which.
        scores: metric -> value, and seconds of CPU of `COSTS`; none where it failed.
        warned: what the log warned of meanwhile.
        failure: why it failed, "" where it did not.
        state: what the fit has learned, None where that was not wanted.
    """

    sampler: str
    seed: int
    scores: dict[str, float] = field(default_factory=dict)
    warned: list[str] = field(default_factory=list)
    failure: str = ""
    state: dict | None = None


def run(name: str, sampler: Sampler, parts: Parts, keep: bool, limit: int = 1) -> Run:
    """Fit a sampler to the codes of a seed, draw as many as are held out, and score them.

    Whatever goes wrong in it is its own row, and no other's.

    Args:
        name: of the sampler, on which its random numbers depend.
        sampler: as it is; a copy is fitted.
        parts: the codes; of a control whose `source` is `held_out`, the other held-out ones.
        keep: whether what was fitted is wanted.
        limit: threads to compute with, of a process of its own.
    """
    found = Run(name, parts.seed)
    if limit > 1:
        threads.limit(limit)
    with _heard(found.warned), threads.held():  # scores would round otherwise with more threads
        try:
            registry.preload(sampler.libraries)  # their import is no cost of a fit
            _measure(found, copy.deepcopy(sampler), parts, keep)
        except Exception as error:  # of a sampler, perhaps somebody's own: any at all
            text = in_one_line(f"{type(error).__name__}: {error}")
            found.failure, found.scores = text, {}
    return found


def _measure(found: Run, sampler: Sampler, parts: Parts, keep: bool) -> None:
    codes = parts.other if sampler.source == "held_out" else parts.fitted
    rng = generator("compare", found.sampler, parts.seed)
    began = time.process_time()
    sampler.fit(codes, rng, look=False)
    fitted = time.process_time()
    draws = sampler.sample(len(parts.reference), rng)
    seconds = fitted - began, time.process_time() - fitted
    sampler.look(codes)
    scores = score(
        Features(parts.reference),
        Features(draws),
        Features(parts.fitted),
        codes=True,
        families=FAMILIES,
        log_densities=likelihood.log_densities(sampler, parts.reference, codes),
    )
    found.scores = {metric: scores[metric] for metric in METRICS if metric in scores}
    found.scores |= dict(zip(COSTS, seconds, strict=True))
    if keep:
        found.state = {key: value for key, value in vars(sampler).items() if key.endswith("_")}


@contextmanager
def _heard(warned: list[str]) -> Iterator[None]:
    """Keep what the library's log warns of, in place of showing it, and draw no bars inside one."""
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warned.append(record.getMessage())
    level, *before = log.level, log.propagate, log.handlers
    log.setLevel(logging.INFO)  # a computation that could say how far it is draws no bar
    log.propagate, log.handlers = False, [handler]
    try:
        yield
    finally:
        log.setLevel(level)
        log.propagate, log.handlers = before
