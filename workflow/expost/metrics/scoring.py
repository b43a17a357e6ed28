"""The metrics of one space, from one sweep over all distances and a search for the nearest."""

from collections.abc import Callable, Collection
from importlib import import_module

import numpy as np

from ..features.base import Features
from . import NAMES, describe
from .copying_search import search
from .pairwise_sweep import sweep

FAMILIES = ("two_sample", "classes", "moments", "copying")


def score(
    real: Features,
    generated: Features,
    training: Features | None = None,
    codes: bool = False,
    families: Collection[str] | None = None,
) -> dict[str, float]:
    """The metrics that the space of the features allows, of some families or of all.

    Distances exist in every space. The metrics that compare two samples by them all use the
    results of one `sweep` over the pairs of points; the metrics of copying all use one `search` of
    the training points. Either is computed only if a metric needs it. The Fréchet distance needs
    the features of a network: moments of pixels mean little, those of codes are what a normal law
    is fitted to. KID and the Vendi Score are of
    inner products, which mean little between pixels; those of codes get the unit that they lack,
    the standard deviation of the real ones over all coordinates, and an origin, the mean of the
    real codes for KID and of the generated ones for the Vendi Score (see `vendi`). The Inception
    Score and the softmax "FID" need a network that tells classes: attributes, of which an image
    may have several, are none.

    Args:
        real: features of n real images.
        generated: features of n generated images, from the same space. All metrics
            but the Inception Score and KID are biased by n: compare only scores of equal n.
        training: features of the images that the sampler was fitted to, any number of at least
            two, without probabilities if need be; None leaves the metrics of copying out.
        codes: whether the vectors are codes.
        families: which of `FAMILIES` to compute; None means all. A family that the space does not
            allow gives no metric, and is no error.

    Returns:
        Metric name -> value, in the order of `metrics.NAMES`.

    Raises:
        ValueError: an unknown family, too few rows, non-finite values, probabilities that are none,
            or two samples that are not of one size and space; says which side.
    """
    wanted = _wanted(families)
    _check("real", real)
    _check("generated", generated)
    if real.vectors.shape[1] != generated.vectors.shape[1] or _classes(real) != _classes(generated):
        raise ValueError(
            f"real features have (width, classes) {real.vectors.shape[1], _classes(real)}, "
            f"generated {generated.vectors.shape[1], _classes(generated)}; "
            "compute both in one space, from images of one shape"
        )
    if training is not None:
        _check("training", training)
        if training.vectors.shape[1] != real.vectors.shape[1]:
            raise ValueError(
                f"training features have width {training.vectors.shape[1]}, real ones "
                f"{real.vectors.shape[1]}; compute both in one space, from images of one shape"
            )
    needs = {name for arguments in wanted.values() for name in arguments}
    given = _points(real, generated, codes)
    if needs & {"pairs", "rg"}:
        pairs = sweep(real.vectors, generated.vectors, distances="rg" in needs)
        given |= {"pairs": pairs, "rg": pairs.rg}
    if "nearest" in needs and training is not None:
        given["nearest"] = search(training.vectors, real.vectors, generated.vectors)
    return {
        name: float(_function(name)(*map(given.get, arguments)))
        for name, arguments in wanted.items()
        if given.keys() >= set(arguments)
    }


def _wanted(families: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    """The metrics of these families, and what each is called with."""
    chosen = FAMILIES if families is None else families
    if isinstance(chosen, str) or (unknown := [f for f in chosen if f not in FAMILIES]):
        got = repr(chosen) if isinstance(chosen, str) else ", ".join(map(repr, unknown))
        raise ValueError(
            f"got the families of metrics {got}; wanted a list of some of {', '.join(FAMILIES)}"
        )
    about = {name: describe(name) for name in NAMES}
    return {name: metric.given for name, metric in about.items() if metric.family in chosen}


def _function(name: str) -> Callable[..., float]:
    return getattr(import_module(f".{name}", __package__), name)


def _points(real: Features, generated: Features, codes: bool) -> dict:
    """The arguments of metrics that take no computing: vectors, and probabilities of classes."""
    x, y, given = real.vectors, generated.vectors, {}
    if codes:
        given = _of_codes(x.astype(np.float64), y.astype(np.float64))
    elif real.probabilities is not None or real.attributes is not None:  # pixels are no features
        given = {"real_features": x, "generated_features": y}
        given |= {"real_points": x, "generated_points": y, "generated_directions": y}
    if real.probabilities is not None:
        given |= {
            "real_probabilities": real.probabilities,
            "generated_probabilities": generated.probabilities,
        }
    return given


def _of_codes(x: np.ndarray, y: np.ndarray) -> dict:
    """What KID and the Vendi Score are given for codes x, and generated ones y."""
    origin, unit = x.mean(axis=0), np.sqrt(x.var(axis=0).mean())
    varied = (y - y.mean(axis=0)) / unit
    return {
        "real_points": (x - origin) / unit,
        "generated_points": (y - origin) / unit,
        "generated_directions": np.insert(varied, 0, np.sqrt(y.shape[1]), axis=1),
    }


def _classes(features: Features) -> int:
    return 0 if features.probabilities is None else features.probabilities.shape[-1]


def _check(side: str, features: Features) -> None:
    """Refuse what no metric can use."""
    parts = {"vectors": features.vectors, "probabilities": features.probabilities}
    for part, array in parts.items():
        if array is None:
            continue
        name = f"{part} of the {side} images"
        if array.ndim != 2 or len(array) < 2:
            raise ValueError(f"{name} must have shape (n >= 2, width), got {array.shape}")
        if len(array) != len(features.vectors):
            raise ValueError(f"got {len(array)} {name}, wanted {len(features.vectors)}")
        if bad := int((~np.isfinite(array)).any(axis=1).sum()):
            raise ValueError(
                f"{bad} of {len(array)} {name} are not finite; look at the images they come from"
            )
    p = features.probabilities
    if p is not None and ((p < 0).any() or np.abs(p.sum(axis=1, dtype=float) - 1).max() > 1e-3):
        raise ValueError(
            f"probabilities of the {side} images must be >= 0 with rows that sum to 1, got values "
            f"from {p.min():.3g} to {p.max():.3g}; were these logits? apply the softmax"
        )
