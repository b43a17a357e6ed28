"""The spaces in which images are compared: one a module, from `build`.

A module of a space says its title (`TITLE`), and of a published network where its weights are
(`WEIGHTS`). Either can be had without importing torch, which only computing features takes.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

import numpy as np

from ..io.remote_file import Remote
from ..runtime import registry
from .base import Features

# Name in config and results, and of the module -> class. Imported on demand.
FEATURES = {
    "pixels": "Pixels",
    "classifier": "Classifier",
    "resnet34": "ResNet34",
    "inception": "Inception",
}
NOT_FEATURES = ("pixels", "vectors", "codes", "time")  # spaces of scores that no network makes


def build(name: str, **options) -> Callable[[np.ndarray], Features]:
    """The space called `name`: a function of images, uint8 (n, c, h, w), that gives `Features`.

    Raises:
        ValueError: there is no such space, or it has no such option.
    """
    return registry.build("feature space", FEATURES, __name__, name, options)


def title(space: str) -> str:
    """The name of a space for people; a space that is not listed above keeps its own."""
    return import_module(f".{space}", __name__).TITLE if space in FEATURES else space


def weights(space: str) -> Remote | None:
    """The published weights of a space's network, None where it has none."""
    if space not in FEATURES:
        raise ValueError(f"unknown feature space {space!r}; known are {', '.join(FEATURES)}")
    return getattr(import_module(f".{space}", __name__), "WEIGHTS", None)


def of_networks(spaces: Iterable[str]) -> list[str]:
    """Those of some spaces whose vectors a network makes, in the same order."""
    return [space for space in spaces if space not in NOT_FEATURES]


def shown(spaces: Iterable[str]) -> str | None:
    """The feature space that stands for all: the first of a published network, else the first.

    Args:
        spaces: those that were scored, of any kind, in the order in which they were asked for.

    Returns:
        Its name, or None if no space is one of features.
    """
    scored = of_networks(spaces)
    published = [space for space in scored if _published(without_precision(space))]
    return next(iter(published or scored), None)


def place(space: str, listed: Sequence[str]) -> int:
    """Where a space stands in a table: after pixels and vectors, before codes, as it is listed."""
    order = ["pixels", "vectors", *listed]
    name = without_precision(space)
    return order.index(name) if name in order else len(order)


def without_precision(space: str) -> str:
    """The name of a space whose network may have computed in another precision than float32."""
    return space.removesuffix("_bfloat16")


def _published(space: str) -> bool:
    return space in FEATURES and weights(space) is not None
