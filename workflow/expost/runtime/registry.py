"""Components by the names that config and paths give them: one file and one registry line each."""

import inspect
from collections.abc import Iterable
from importlib import import_module

from . import extras, option_values


def build(kind: str, registry: dict[str, str], package: str, name: str, options: dict):
    """The component called `name`, made with its options.

    Args:
        kind: what the components are called in errors.
        registry: name, which is its module's too -> class. Modules are imported on demand, so a
            job pays only for what it uses.
        package: where the modules are.
        name: a key of `registry`.
        options: arguments of the class's constructor.

    Raises:
        ValueError: no such component or option, or an option it needs is missing.
        ModuleNotFoundError: it needs a package that is not installed.
    """
    if not isinstance(name, str) or name not in registry:
        like = option_values.close(name, registry)
        raise ValueError(f"unknown {kind} {name!r}; known are {', '.join(registry)}{like}")
    component = find(kind, registry, package, name)
    known = inspect.signature(component).parameters
    if unknown := [option for option in options if option not in known]:
        raise ValueError(
            f"{kind} {name!r} has no option {', '.join(map(repr, unknown))}; "
            + (f"known are {', '.join(known)}" if known else "it has none")
            + option_values.close(unknown[0], known)
        )
    for option, parameter in known.items():
        if parameter.default is parameter.empty and option not in options:
            raise ValueError(f"{kind} {name!r} needs the option {option!r}")
    return component(**options)


def preload(modules: Iterable[str]) -> None:
    """Import modules that would be imported later, when it is too late for a clock or a limit."""
    for module in modules:
        import_module(module)


def find(kind: str, registry: dict[str, str], package: str, name: str) -> type:
    """The class of the component called `name`; arguments and errors are those of `build`."""
    try:
        return getattr(import_module(f".{name}", package), registry[name])
    except ModuleNotFoundError as error:
        raise extras.needed(f"{kind} {name!r}", error.name) from None
