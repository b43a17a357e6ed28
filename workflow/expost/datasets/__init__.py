"""Image datasets, one module a kind; `build` is the only way in."""

import inspect
from importlib import import_module

from .base import Dataset

# Kind in config.yaml = module here -> class. Imported on demand: a set that is not asked for
# costs nothing. A new kind is one file with a `Dataset` in it and one line here.
DATASETS = {
    "digits": "Digits",
    "fashion_mnist": "FashionMNIST",
    "folder": "Folder",
    "mnist": "MNIST",
    "npz": "Npz",
}


def build(kind: str, **options) -> Dataset:
    """The dataset of the given kind, with its options as in config.yaml.

    Raises:
        ValueError: there is no such kind, no such option of it, or an option it needs is missing.
    """
    if kind not in DATASETS:
        raise ValueError(f"unknown kind of dataset {kind!r}; known are {', '.join(DATASETS)}")
    dataset = getattr(import_module(f".{kind}", __name__), DATASETS[kind])
    known = inspect.signature(dataset).parameters
    for option in options:
        if option not in known:
            raise ValueError(
                f"dataset kind {kind!r} has no option {option!r}; "
                f"its options are {', '.join(known)}"
            )
    for option, parameter in known.items():
        if parameter.default is parameter.empty and option not in options:
            raise ValueError(f"dataset kind {kind!r} needs the option {option!r}")
    return dataset(**options)
