"""The metrics of one space, from one sweep over all distances and a search for the nearest."""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import NamedTuple

import numpy as np

from ..features.base import Features
from . import NAMES, describe, one_space, prd_curve
from .copying_search import Known, search
from .pairwise_sweep import sweep
from .points import held, in_one_unit

FAMILIES = ("two_sample", "classes", "moments", "copying", "c_t_authors", "prd", "likelihood")


class Measured(NamedTuple):
    """What `score` gives, and the curve behind the family `prd`, None where that is not scored."""

    scores: dict[str, float]
    curve: prd_curve.Curve | None


def score(
    real: Features,
    generated: Features,
    training: Features | None = None,
    codes: bool = False,
    families: Collection[str] | None = None,
    log_densities: Mapping[str, np.ndarray] | None = None,
    data: bool = False,
) -> dict[str, float]:
    """The metrics that the space of the features allows, of some families or of all.

    Distances exist in every space. The metrics that compare two samples by them all use the results
    of one `sweep` over the pairs of points; the metrics of copying all use one `search` of the
    training points. Either is computed only if a metric needs it. The Fréchet distance needs the
    features of a network, or data that are vectors themselves: moments of pixels mean little, those
    of codes are what a normal law is fitted to. KID and the Vendi Score are of inner products,
    which mean little between pixels; those of codes get the unit that they lack, the standard
    deviation of the real ones over all coordinates, and an origin, the mean of the real codes for
    KID and of the generated ones for the Vendi Score (see `vendi`). Precision and recall for
    distributions (`prd`) are of clusters, which mean little in pixels too. The Inception Score and
    the softmax "FID" need a network that tells classes: attributes, of which an image may have
    several, are none.

    Args:
        real: features of n real images, in arrays of any real type, or in what
            `real_arrays.real` makes such of.
        generated: features of n generated images, from the same space. All metrics
            but the Inception Score and KID are biased by n: compare only scores of equal n.
        training: features of the images that the sampler was fitted to, any number of at least
            two, without probabilities if need be; None leaves the metrics of copying out.
        codes: whether the vectors are codes.
        families: which of `FAMILIES` to compute; None means all. A family that the space does not
            allow gives no metric, and is no error.
        log_densities: of codes under the sampler's law, `held_out_log_density` and
            `fitted_log_density`, shape (m,) each; None leaves the metrics of likelihood out.
        data: whether the vectors are the data themselves, and no pixels of images.

    Returns:
        Metric name -> value, in the order of `metrics.NAMES`.

    Raises:
        TypeError: these are no `Features`, or not of real numbers; says which side.
        ValueError: an unknown family, too few rows, non-finite values, probabilities that are none,
            or two samples that are not of one size and space; says which side. Or a score that
            float64 does not hold.
    """
    return measure(real, generated, training, codes, families, log_densities, data).scores


def measure(
    real: Features,
    generated: Features,
    training: Features | None = None,
    codes: bool = False,
    families: Collection[str] | None = None,
    log_densities: Mapping[str, np.ndarray] | None = None,
    data: bool = False,
    known: Known | None = None,
) -> Measured:
    """What `score` gives, which says what it takes and raises, with the curve behind some of it.

    What `copying_search.of_both` gives of training and real vectors can be handed in as `known`.
    """
    wanted = _wanted(families)
    what = "codes" if codes else "images"
    real, generated, training = one_space.same(real, generated, training, what)
    needs = {name for arguments in wanted.values() for name in arguments}
    given = _points(real, generated, codes) | dict(log_densities or {})
    if data:
        given |= {"real_features": real.vectors, "generated_features": generated.vectors}
    if needs & {"pairs", "rg"}:
        pairs = sweep(real.vectors, generated.vectors, distances="rg" in needs)
        given |= {"pairs": pairs, "rg": pairs.rg}
    if "nearest" in needs and training is not None:
        given["nearest"] = search(training.vectors, real.vectors, generated.vectors, known)
    if "curve" in needs and "real_points" in given:
        given["curve"] = prd_curve.measure(given["real_points"], given["generated_points"])
    scores = {
        name: held(_function(name)(*map(given.get, arguments)), describe(name).title)
        for name, arguments in wanted.items()
        if given.keys() >= set(arguments)
    }
    return Measured(scores, given.get("curve"))


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
        given = _of_codes(x, y)
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
    (x, y), _ = in_one_unit(x, y)
    first = x[0].astype(np.float64)
    x, y = x - first, y - first  # means of codes far from the origin would lose digits
    origin, unit = x.mean(axis=0), np.sqrt(x.var(axis=0).mean())
    if unit == 0:
        raise ValueError("all real codes are equal and give the others no unit; check the encoder")
    varied = (y - y.mean(axis=0)) / unit
    return {
        "real_points": (x - origin) / unit,
        "generated_points": (y - origin) / unit,
        "generated_directions": np.insert(varied, 0, np.sqrt(y.shape[1]), axis=1),
    }
