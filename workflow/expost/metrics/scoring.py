"""Every metric of one space, from one sweep over all distances and a search for the nearest."""

from importlib import import_module

import numpy as np

from ..features.base import Features
from . import METRICS
from .nearest import search
from .pairs import sweep


def score(
    real: Features, generated: Features, training: Features | None = None
) -> dict[str, float]:
    """Every metric that the space of the features allows.

    Those of distances exist in every space and share one `sweep`, those of copying one `search`
    of the training points. The Fréchet distance, KID and the Vendi Score need the features of a
    network: moments of pixels mean little, those of codes are what a normal law is fitted to, and
    inner products want an origin and a unit, which codes have as training left them. The Inception
    Score and the softmax "FID" need a network that tells classes: attributes, of which an image
    may have several, are none.

    Args:
        real: features of n real images.
        generated: features of n generated images, from the same space. All metrics
            but the Inception Score and KID are biased by n: compare only scores of equal n.
        training: features of the images that the sampler was fitted to, any number of at least
            two, without probabilities if need be; None leaves the metrics of copying out.

    Returns:
        Metric name -> value.

    Raises:
        ValueError: too few rows, non-finite values, probabilities that are none,
            or two samples that are not of one size and space; says which side.
    """
    _check("real", real)
    _check("generated", generated)
    if real.vectors.shape[1] != generated.vectors.shape[1] or _classes(real) != _classes(generated):
        raise ValueError(
            f"real features have (width, classes) {real.vectors.shape[1], _classes(real)}, "
            f"generated {generated.vectors.shape[1], _classes(generated)}; "
            "compute both in one space, from images of one shape"
        )
    given = _given(real, generated)
    if training is not None:
        _check("training", training)
        if training.vectors.shape[1] != real.vectors.shape[1]:
            raise ValueError(
                f"training features have width {training.vectors.shape[1]}, real ones "
                f"{real.vectors.shape[1]}; compute both in one space, from images of one shape"
            )
        given["nearest"] = search(training.vectors, real.vectors, generated.vectors)
    return {
        name: float(getattr(import_module(f".{name}", __package__), name)(*map(given.get, needs)))
        for name, needs in METRICS.items()
        if given.keys() >= set(needs)
    }


def _given(real: Features, generated: Features) -> dict:
    pairs = sweep(real.vectors, generated.vectors)
    given = {"pairs": pairs, "rg": pairs.rg}
    if real.probabilities is not None or real.attributes is not None:  # pixels are no features
        given |= {"real_features": real.vectors, "generated_features": generated.vectors}
    if real.probabilities is not None:
        given |= {
            "real_probabilities": real.probabilities,
            "generated_probabilities": generated.probabilities,
        }
    return given


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
