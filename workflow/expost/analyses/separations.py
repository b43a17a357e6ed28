"""What kernels and discriminators say of two normals that move apart, against what is true."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ..divergences import discriminators
from ..divergences.bandwidth import largest_divergence
from ..divergences.discriminator_settings import SETTINGS
from ..divergences.jensen_shannon import JensenShannon
from ..divergences.separated import separated, true_divergence
from ..divergences.targets import Mixture
from ..runtime import seeding
from ..runtime.progress import Progress
from .bandwidths import SIMULATED

COLUMNS = [
    *("dataset", "estimator", "dimensions", "size", "separation", "seed", "metric", "value"),
]
FRESH = 2000  # codes, and draws of the target, that both are asked about
TUNING = 2  # trials, beside those that are counted, that choose a discriminator's setting


def simulate(
    dimension: int,
    sizes: Iterable[int],
    trials: int,
    separations: Sequence[float],
    tuning: str = "many",
) -> pd.DataFrame:
    """Both estimates in all trials of one number of dimensions, and what is true.

    A trial has a sample of m codes of the law `separated(d, s)` for each separation s, from which a
    kernel density and a discriminator are made, and further codes of that law and draws of N(0, I)
    at which both are asked. Kernels have the bandwidth `largest_divergence(d, m)`. Discriminators
    have the setting, of those that `tuning` names, with the largest mean divergence at further
    codes in trials that are not counted: as what they say is a lower bound, the best for each d and
    m, by a choice that knows nothing of s.

    Args:
        dimension: d.
        sizes: numbers of codes m, at least 10 each.
        trials: how many of each m.
        separations: s >= 0.
        tuning: of `SETTINGS`.

    Returns:
        With the columns `COLUMNS`, of which `seed` is the number of the trial. The metrics are
        `jsd`, of every estimator and separation, in bits, and the `steps` until a discriminator was
        best; and, without a separation, `correlation` of a trial's estimates with s, by Pearson,
        `bandwidth`, `learning_rate` and `weight_decay`.
    """
    sizes, rows = list(sizes), []
    progress = Progress(len(sizes))
    true = [true_divergence(s) for s in separations]
    for done, size in enumerate(sizes, start=1):
        setting = _tuned(dimension, size, separations, tuning)
        found, about = _estimates(dimension, size, range(trials), separations, setting)
        found["true"] = np.tile(true, (trials, 1))
        cell = {"dimensions": dimension, "size": size}
        for name, bits in found.items():
            rows += [cell | row for row in _rows(name, bits, separations)]
        rows += [cell | row for row in about]
        progress(done)
    return pd.DataFrame(rows).assign(dataset=SIMULATED)[COLUMNS]


def sample(dimension: int, size: int, seed: int, separations) -> list[np.ndarray]:
    """Codes of a trial, more of the same law, and draws of N(0, I): each of shape (s, n, d)."""
    found = []
    for s in separations:
        rng = seeding.generator("separations", dimension, size, seed, s)
        law, normal = separated(dimension, s), Mixture.standard_normal(dimension)
        found.append([law.sample(size, rng), law.sample(FRESH, rng), normal.sample(FRESH, rng)])
    return [np.stack(part) for part in zip(*found, strict=True)]


def _tuned(dimension, size, separations, tuning):
    """The setting whose discriminators say most of codes that they have not seen."""
    trials = [sample(dimension, size, -1 - trial, separations) for trial in range(TUNING)]
    codes, fresh, drawn = map(np.concatenate, zip(*trials, strict=True))
    bits = []
    for setting in SETTINGS[tuning]:
        rng = seeding.generator("tuning of discriminators", dimension, size, *setting)
        bits.append(discriminators.train(codes, setting, rng).bits(fresh, drawn).mean())
    return SETTINGS[tuning][int(np.argmax(bits))]


def _estimates(dimension, size, trials, separations, setting):
    """Bits by either estimator, shape (trials, separations), and rows of how they came about."""
    samples = [sample(dimension, size, trial, separations) for trial in trials]
    codes, fresh, drawn = map(np.concatenate, zip(*samples, strict=True))
    rng = seeding.generator("bandwidth of separations", dimension, size)
    h, normal = largest_divergence(dimension, size, rng=rng), Mixture.standard_normal(dimension)
    of_kernels = [
        JensenShannon(one, normal, them, ours).at(h).bits
        for one, ours, them in zip(codes, fresh, drawn, strict=True)
    ]
    rng = seeding.generator("discriminators", dimension, size)
    networks = discriminators.train(codes, setting, rng)
    shape = len(trials), len(separations)
    steps = networks.steps.reshape(shape)
    about = []
    for i, seed in enumerate(trials):
        chosen = {"bandwidth": h} | setting._asdict()
        for name, value in chosen.items():
            estimator = "kde" if name == "bandwidth" else "discriminator"
            about.append({"estimator": estimator, "seed": seed, "metric": name, "value": value})
        about += [
            about[-1] | {"metric": "steps", "separation": s, "value": float(steps[i, j])}
            for j, s in enumerate(separations)
        ]
    bits = {"kde": np.array(of_kernels), "discriminator": networks.bits(fresh, drawn)}
    return {name: values.reshape(shape) for name, values in bits.items()}, about


def _rows(estimator, bits, separations):
    """A row an estimate, and of each trial its correlation with the separations."""
    for seed, values in enumerate(bits):
        yield from (
            {"estimator": estimator, "seed": seed, "metric": "jsd"} | {"separation": s, "value": v}
            for s, v in zip(separations, values, strict=True)
        )
        correlation = np.corrcoef(values, separations)[0, 1]
        yield {"estimator": estimator, "seed": seed, "metric": "correlation", "value": correlation}
