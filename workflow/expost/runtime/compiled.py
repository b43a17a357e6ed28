"""Compiled parts of a package without the rest of it, whose import takes half a second."""

import sys
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def module(name: str) -> ModuleType:
    """A compiled module, such as `scipy.optimize._lsap`, where only its functions are wanted.

    It is the module that the package has itself, if it is imported later or was already.

    Args:
        name: with the packages that it is in. Of these none is imported, and it must want none.

    Raises:
        ModuleNotFoundError: there is none.
    """
    package, _, _ = name.rpartition(".")
    if name in sys.modules or package in sys.modules or (path := _file(name)) is None:
        return import_module(name)
    spec = spec_from_file_location(name, path)
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return sys.modules.setdefault(name, loaded)


def _file(name: str) -> Path | None:
    """Where a module lies, if it is a compiled one."""
    top, *inside, base = name.split(".")
    if (found := find_spec(top)) is None:
        return None
    folder = Path(found.origin).parent.joinpath(*inside)
    places = (folder / f"{base}{suffix}" for suffix in EXTENSION_SUFFIXES)
    return next((place for place in places if place.is_file()), None)
