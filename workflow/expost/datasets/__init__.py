"""Image datasets, one module a kind; `build` is the only way in."""

from ..runtime import registry
from .base import Dataset

# Kind in config.yaml = module here -> class. Imported on demand: a set that is not asked for
# costs nothing. A new kind is one file with a `Dataset` in it and one line here.
DATASETS = {
    "celeba": "CelebA",
    "cifar10": "CIFAR10",
    "codes": "Codes",
    "digits": "Digits",
    "fashion_mnist": "FashionMNIST",
    "folder": "Folder",
    "mnist": "MNIST",
    "npz": "Npz",
    "svhn": "SVHN",
    "synthetic": "Synthetic",
    "vectors": "Vectors",
}


def build(kind: str, **options) -> Dataset:
    """The dataset of the given kind, with its options as in config.yaml.

    Raises:
        ValueError: there is no such kind, no such option of it, or an option it needs is missing.
    """
    return registry.build("kind of data set", DATASETS, __name__, kind, options)
