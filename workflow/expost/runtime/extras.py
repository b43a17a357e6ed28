"""Packages that are not needed for most things, and how to get them."""

from collections.abc import Iterable
from importlib.util import find_spec

EXTRAS = {  # package -> the extra of expost that brings it, as pyproject.toml has them
    **{"pyvinecopulib": "vine", "zuko": "flow", "torch": "flow", "onnx": "networks"},
    **{"onnxruntime": "networks", "torchvision": "networks", "safetensors": "networks"},
    **{"matplotlib": "figures", "seaborn": "figures", "pyarrow": "parquet"},
}
FIGURES = ("matplotlib", "seaborn")  # the latter has their styles


def missing(modules: Iterable[str]) -> str | None:
    """The first package of these modules that is not installed."""
    packages = (module.partition(".")[0] for module in modules)
    return next((package for package in packages if find_spec(package) is None), None)


def check(what: str, modules: Iterable[str]) -> None:
    """Refuse to begin what would end for want of a package.

    Raises:
        ModuleNotFoundError: as `needed` makes it.
    """
    if (package := missing(modules)) is not None:
        raise needed(what, package)


def needed(what: str, package: str | None) -> ModuleNotFoundError:
    """The error that says what needs a package, and how to install it."""
    extra = EXTRAS.get(package, "all")
    return ModuleNotFoundError(
        f"{what} needs the package {package}; install it, or expost with it: pip install "
        f"'.[{extra}]' in its folder",
        name=package,
    )
