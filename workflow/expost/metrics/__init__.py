"""How far generated images are from real and from training images, through `scoring.score`.

A metric is a module of this package, a function in it of the module's name, a constant `METRIC`
that says how it is shown and what it is called with, and its name below.
"""

from importlib import import_module

from .base import Metric

# In the order of tables and results.
NAMES = (
    "emd",
    "mmd",
    "one_nn",
    "precision",
    "recall",
    "density",
    "coverage",
    "prd_precision",
    "prd_recall",
    "inception_score",
    "fid_softmax",
    "frechet",
    "kid",
    "c_t",
    "c_t_authors",
    "authenticity",
    "nearest_training",
    "vendi",
    "held_out_likelihood",
    "likelihood_gap",
)
# What computing times are shown beside scores as, in the space `time`.
TIMES = {
    "fit": Metric(title="seconds to fit", best="lower", family="time"),
    "sample": Metric(title="seconds to draw", best="lower", family="time"),
}


def describe(name: str) -> Metric:
    """What is known of a metric, or of a computing time; of another measure, its name only."""
    if name in NAMES:
        return import_module(f".{name}", __name__).METRIC
    return TIMES.get(name) or Metric(title=name)


def takes(family: str, argument: str) -> bool:
    """Whether any metric of a family is called with an argument of that name."""
    about = map(describe, NAMES)
    return any(metric.family == family and argument in metric.given for metric in about)


def modules(family: str) -> list[str]:
    """The metrics of a family, as components of `study.code_identity`."""
    return [f"metrics/{name}" for name in NAMES if describe(name).family == family]
