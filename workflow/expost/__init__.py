"""Samplers of latent codes, the autoencoders they turn into generators, metrics to compare them.

Sub-packages and public names are imported when first asked for, so that `import expost` takes no
time and nobody pays for PyTorch who has codes only.

    >>> import numpy as np
    >>> import expost
    >>> codes = np.random.default_rng(0).standard_normal((50, 3))
    >>> expost.EmpiricalBetaCopula().fit(codes, rng=0).sample(4, rng=1).shape
    (4, 3)
"""

from importlib import import_module
from pkgutil import iter_modules

__version__ = "0.1.0"

_HOMES = {  # public name -> where it is; classes of samplers and metrics stand in their registries
    "Sampler": "samplers",
    "PerClass": "samplers",
    "load": "samplers",
    "Features": "features.base",
    "export": "training.exporting",
    "score": "metrics.scoring",
    "jsd": "divergences.jensen_shannon",
    "optimal_bandwidth": "divergences.bandwidth",
    "entropy": "divergences.entropy",
    "normality": "divergences.normality",
    "compare": "comparing",
    "Comparison": "comparing",
}


def __getattr__(name):
    if name == "__all__":
        return ["__version__", *_packages(), *_HOMES, *_samplers(), *_metrics()]
    if name in _packages():
        return import_module(f".{name}", __name__)
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    if not name.startswith("_"):
        if name in _samplers():
            return getattr(import_module(".samplers", __name__), name)
        if name in _metrics():
            return getattr(import_module(f".metrics.{name}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *__getattr__("__all__")})


def _packages() -> list[str]:
    return [module.name for module in iter_modules(__path__)]


def _samplers() -> list[str]:
    return list(import_module(".samplers", __name__).SAMPLERS.values())


def _metrics() -> list[str]:
    return list(import_module(".metrics", __name__).NAMES)
