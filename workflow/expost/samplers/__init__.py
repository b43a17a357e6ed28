"""Samplers of latent codes: fit one to codes of shape (n, d), draw new ones.

A sampler is one module of this package and one line below; its name in the config and in
`results/` is the module's. Classes are imported when first asked for, so that a job pays
for torch or pyvinecopulib only if its sampler needs them.

    from expost.samplers import EmpiricalBetaCopula
    new = EmpiricalBetaCopula().fit(codes, rng=0).sample(1000, rng=1)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ..runtime import registry
from .controls import CONTROLS, OF_IMAGES, ORIGINALS
from .wrappers import WRAPPERS

if TYPE_CHECKING:
    from .base import Sampler

SAMPLERS = {
    "gaussian": "Gaussian",
    "independent": "Independent",
    "kde": "KDE",
    "gmm": "GMM",
    "vine": "Vine",
    "empirical_beta": "EmpiricalBetaCopula",
    "real_nvp": "RealNVP",
    "flow_matching": "FlowMatching",
    "second_vae": "SecondVAE",
    "prior": "Prior",
    "shrunk_prior": "ShrunkPrior",
    "reconstruction": "Reconstruction",
    "interpolation": "Interpolation",
    "copy": "Copy",
    "held_out": "HeldOut",
}
__all__ = [
    "CONTROLS",
    "OF_IMAGES",
    "ORIGINALS",
    "SAMPLERS",
    "WRAPPERS",
    "Sampler",
    "build",
    "load",
    "names",
    *SAMPLERS.values(),
    *WRAPPERS.values(),
]


def names() -> list[str]:
    """The names of all samplers, as the config writes them."""
    return list(SAMPLERS)


def build(name: str, /, *, sampler: str | None = None, **options) -> "Sampler":
    """The sampler called `name`, not yet fitted.

    Args:
        name: one of `names()`, or any if `sampler` is.
        sampler: what `name` is another name for.
        options: the arguments of its class.

    Raises:
        ValueError: no such sampler, or it has no such option.
    """
    return registry.build("sampler", SAMPLERS, __name__, sampler or name, options)


def load(path) -> "Sampler":
    """The fitted sampler that `Sampler.save` wrote to `path`, of whatever class it was."""
    from . import saving  # here, as it costs the import of numpy

    def build_any(name, **options):
        return registry.build("sampler", SAMPLERS | WRAPPERS, __name__, name, options)

    return saving.read(path, build_any)


def __getattr__(attribute):
    if attribute == "Sampler":
        return import_module(".base", __name__).Sampler
    for known in (SAMPLERS, WRAPPERS):
        for name, class_name in known.items():
            if class_name == attribute:
                return registry.find("sampler", known, __name__, name)
    raise AttributeError(f"module {__name__!r} has no attribute {attribute!r}")
