"""What codes of the objective `gen` are to follow, and what that asks of the data."""

import numpy as np

from ..divergences import bandwidth as bandwidths
from ..divergences.targets import Mixture
from ..runtime.seeding import generator

# Defaults of the options that are read here.
SAMPLE, TARGET, COMPONENTS, RADIUS, SPREAD = 10_000, "normal", 10, 4.0, 0.4


def target(
    latent: int,
    *,
    target: str = TARGET,
    components: int = COMPONENTS,
    radius: float = RADIUS,
    spread: float = SPREAD,
) -> Mixture:
    """The law that codes are to follow.

        normal    N(0, I)
        mixture   1/k sum_j N(mu_j, spread^2 I),
                  mu_j = radius (cos(2 pi j / k), sin(2 pi j / k), 0, ..., 0),  j = 0 ... k - 1

    Args:
        latent: d, length of a code; at least 2 for a mixture.
        target: "normal" or "mixture".
        components: k, of a mixture.
        radius: of the circle of its means.
        spread: standard deviation of a component in each dimension.

    Raises:
        ValueError: a circle wants two dimensions.
    """
    if target == "normal":
        return Mixture.standard_normal(latent)
    if latent < 2:
        raise ValueError(
            f"got target 'mixture', whose means are on a circle, with latent {latent}; wanted "
            "latent 2 or more"
        )
    angles = 2 * np.pi * np.arange(components) / components
    means = np.zeros((components, latent))
    means[:, :2] = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return Mixture(means, spread)


def of_options(latent: int, options: dict) -> Mixture:
    """The same, of options of the objective as far as they are given."""
    law = ("target", "components", "radius", "spread")
    return target(latent, **{key: options[key] for key in law if key in options})


def moments(law: Mixture) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of a law, of each dimension, shape (d,) each."""
    mean = law.weights @ law.means
    return mean, law.weights @ (law.spreads**2 + (law.means - mean) ** 2)


def bandwidth(latent: int, sample: int, law: Mixture) -> float:
    """The best bandwidth of a kernel density of `sample` codes that follow the law.

    It is found from draws of its own, and so is the same for all trainings of that size.

    Raises:
        ValueError: so many dimensions want more codes; says how many.
    """
    rng = generator("bandwidth", latent, sample, len(law.means))
    return bandwidths.optimal_bandwidth(latent, sample, law, rng=rng)


def kernels(options: dict) -> int | None:
    """How many kernels the law of the codes has its bandwidth of; None of a mixture."""
    return options["sample"] if options["target"] == "normal" else None


def check(latent: int, items: int | None, classes: int | None, options: dict) -> None:
    """Refuse data that the options do not fit, and codes too long for the kernel density.

    Args:
        latent: length of a code.
        items: to train on; None where that is not known yet.
        classes: of the data; 0 where there are no labels, None where that is not known yet.
        options: of the objective, all of them.

    Raises:
        ValueError: what was got, what was wanted.
    """
    sample, labelled = options["sample"], options["labelled"]
    if options["target"] == "normal":
        try:
            bandwidths.check_size(latent, sample, items)
        except ValueError as error:
            raise ValueError(f"options.sample {sample}: {error}") from None
        return
    components = options["components"]
    of_options(latent, options)
    fewest = components * bandwidths.fewest_codes(latent)
    if sample < fewest:
        raise ValueError(
            f"got options.sample {sample:,} for a mixture of {components} components in {latent} "
            f"dimensions, whose kernels would be as wide as a component; wanted {fewest:,} or "
            "more, fewer components or a smaller latent"
        )
    if items is not None and max(sample, labelled) > items:
        name, got = ("sample", sample) if sample > items else ("labelled", labelled)
        raise ValueError(
            f"got options.{name} {got:,}, and {items:,} items to train on; wanted {items:,} or "
            "fewer, or more training data"
        )
    if labelled and classes == 0:
        raise ValueError(
            f"got options.labelled {labelled:,}, and data without labels; leave it out, so that "
            "components find items of their own, or give the data labels"
        )
    if labelled and classes not in (None, components):
        raise ValueError(
            f"got options.labelled {labelled:,} of {classes} classes for a mixture of {components} "
            f"components; wanted one each: set components to {classes}, or leave labelled out"
        )
