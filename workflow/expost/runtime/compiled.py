"""Compiled parts of SciPy without their packages, whose import takes a third of a second."""

import sys
from functools import cache
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def functions(public: str, inside: str) -> ModuleType:
    """A module with the functions of a public one: the compiled one in which they are.

    The public one itself where it is imported already, and where there is no such compiled one or
    it cannot be loaded alone, as its name is the package's own affair.

    Args:
        public: such as `scipy.linalg.lapack`.
        inside: the compiled one, such as `scipy.linalg._flapack`.

    Raises:
        ModuleNotFoundError: there is no such package.
    """
    if public in sys.modules:
        return import_module(public)
    return _alone(inside) or import_module(public)


@cache
def _alone(name: str) -> ModuleType | None:
    """A compiled module, loaded for this one use: its package knows nothing of it."""
    top, *folders, base = name.split(".")
    found = find_spec(top)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent.joinpath(*folders)
    places = (folder / f"{base}{suffix}" for suffix in EXTENSION_SUFFIXES)
    if (path := next(filter(Path.is_file, places), None)) is None:
        return None
    spec = spec_from_file_location(name, path)
    try:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
    except ImportError:
        return None
    if sys.modules.get(name) is module:  # as some of them see to themselves
        del sys.modules[name]
    return module
