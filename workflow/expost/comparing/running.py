"""The comparison itself: what is run, in how many processes, and what is to be known of it."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ..io import memory
from ..runtime import option_values, threads
from ..runtime.log import log
from ..samplers import ORIGINALS, build
from ..stats import checks
from . import codes_given, parts, remarks, side_by_side, suited
from .comparison import Comparison
from .one_run import Run

SHORT = 10.0  # seconds reckoned in all, below which processes of its own take longer to start


def compare(
    codes,
    test=None,
    *,
    samplers=None,
    seeds: int | Sequence[int] = 3,
    size: int | None = None,
    draws: int | None = None,
    progress: bool = True,
    processes: int | None = None,
) -> Comparison:
    """Fit samplers to codes, and measure how good their draws are, whether they copy, and the cost.

    Without `test`, each seed holds out a quarter of the codes, no two of the first four the same:
    rows are put into an order that a hash gives, cut into four. Draws are compared with half of
    what is held out; the other half is the control `held_out`, that no sampler should beat. The
    control `copy` shows fitted codes as new ones. With `test`, all codes are fitted to, and every
    seed halves the test codes anew: intervals are then of draws and test codes alone. Without it
    the seeds share codes that they fit to, which makes intervals somewhat too short (Nadeau &
    Bengio 2003, "Inference for the generalization error", Machine Learning 52).

    The same codes, seeds and names give the same scores, whatever the order of samplers and the
    number of processes. Of more than 10,000 codes a seed fits to so many, drawn at random, and
    compares 2,000 draws at most; the notes say so.

    Args:
        codes: (n, d), of at least 48 rows; arrays, tensors, data frames and lists of real numbers.
        test: codes of the same encoder that nothing was fitted to, (m >= 12, d).
        samplers: names, instances of `Sampler`, or {name: instance or name}; None for all that suit
            n and d, see `comparing.suited`.
        seeds: how many, from 0 on; or which ones.
        size: codes a fit; None for all that are not held out, 10,000 at most.
        draws: new codes; None for as many as half of those held out, 2,000 at most.
        progress: whether to say how far it is, see `runtime.progress`.
        processes: how many compute side by side, each with as many threads as `runtime.threads`
            says (one). None for as many as there are cores, or one where all of it takes seconds.

    Returns:
        The comparison: show it, ask `best()`, `plot()`, or a fitted sampler: `table["gmm"]`.

    Raises:
        TypeError: codes that are not real numbers, or samplers that are none.
        ValueError: too few codes, values that are not finite, columns that are constant or count
            the rows, test codes of another width or all among the codes, unknown samplers, or
            more than memory holds; says what to do.

    Example:
        >>> import expost
        >>> import numpy as np
        >>> codes = np.random.default_rng(0).standard_normal((200, 2))
        >>> table = expost.compare(codes, samplers=["gaussian", "empirical_beta"], seeds=2)
        >>> table.best().name
        'gaussian'
        >>> table["gaussian"].sample(3, rng=0).shape
        (3, 2)
    """
    seeds = _seeds(seeds)
    for name, value in (("size", size), ("draws", draws), ("processes", processes)):
        option_values.count(name, value, also=(None,))
    array = codes_given.read(codes)
    held_out = None if test is None else codes_given.read_test(test, codes, array.shape[1])
    n, d = array.shape
    n_test = None if test is None else len(held_out)
    size, draws, left, most_draws = parts.sizes(n, n_test, size, draws)
    chosen, notes = suited.chosen(samplers, size, d, draws)
    seconds = len(seeds) * sum(suited.reckoned(name, size, d, draws) for name in chosen)
    wanted = 8 * d * (size + 2 * draws) * (len(seeds) + 4) + 80 * draws**2
    memory.check(wanted, f"comparing samplers of {size} codes a fit", "set size or draws lower")
    much = remarks.of_sizes(n, left, size, draws, most_draws, d, wanted, seconds)
    for text in much:
        log.warning("%s", text)  # before it begins
    every = list(parts.split(array, held_out, seeds, size, draws))
    columns = codes_given.names(codes, d)
    checks.spread(np.concatenate([every[0].fitted, every[0].reference]), "a comparison", columns)
    notes += much + remarks.of_codes(columns, every, test is not None)
    log.info("comparing %s; about %.0f s of CPU", ", ".join(chosen), seconds)
    controls = {name: build(name) for name in ORIGINALS}
    everything = sorted(
        (chosen | controls).items(), key=lambda one: -suited.reckoned(one[0], size, d, draws)
    )  # so that no process waits in the end for another's long fit
    tasks = [
        (name, sampler, part, part is every[0] and name in chosen, threads.limited())
        for part in every
        for name, sampler in everything
    ]
    few = 1 if seconds < SHORT else None
    done = side_by_side.done(tasks, processes or few, progress)
    order = {name: place for place, name in enumerate([*chosen, *controls])}
    done = sorted(done, key=lambda one: (order[one.sampler], seeds.index(one.seed)))
    notes += remarks.of_runs(done, columns)
    first = every[0]
    looked_at = np.concatenate([first.fitted, first.reference, first.other])
    normal, said = remarks.of_normality(looked_at)
    found = _tidy(done), [*notes, said], _failures(done), _fits(done, chosen)
    return Comparison(*found, normality=normal)


def _seeds(seeds) -> list[int]:
    """Which seeds, each once."""
    if not isinstance(seeds, Iterable) or isinstance(seeds, str):
        return list(range(option_values.count("seeds", seeds)))
    found = [int(option_values.count("a seed", seed, least=0)) for seed in seeds]
    if not found or len(set(found)) < len(found):
        raise ValueError(f"got seeds {found}; wanted at least one, and none twice")
    return found


def _tidy(done: list[Run]) -> pd.DataFrame:
    rows = [
        (one.sampler, one.seed, metric, value)
        for one in done
        for metric, value in one.scores.items()
    ]
    return pd.DataFrame(rows, columns=["sampler", "seed", "metric", "value"])


def _failures(done: list[Run]) -> dict[str, str]:
    """Sampler -> why it failed first, and with which seed."""
    found = {}
    for one in done:
        if one.failure:
            found.setdefault(one.sampler, f"seed {one.seed}: {one.failure}")
    return found


def _fits(done: list[Run], chosen: dict) -> dict:
    """Sampler -> itself, unfitted, and what the first seed's fit has learned."""
    return {one.sampler: (chosen[one.sampler], one.state) for one in done if one.state is not None}
