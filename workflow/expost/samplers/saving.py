"""Fitted samplers as files of arrays, without pickles."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ..io.escaping import name_shown
from ..io.files import load_npz, save_npz
from ..io.untrusted import named

WANTED = "wanted a file written by Sampler.save"


def write(path: str | Path, recipe: dict, state: dict[str, np.ndarray]) -> None:
    """Write what makes a fitted sampler again to `path` (.npz), whole or not at all.

    Args:
        path: where to; `~` is the home folder.
        recipe: `sampler`, its name as `samplers.build` takes it, and `options`, the arguments of
            its class, of which some may be samplers that have a recipe.
        state: its fitted attributes: arrays, numbers or strings.

    Raises:
        TypeError: an option or an attribute is of another type.
        ValueError: `path` does not end in .npz.
        OSError: it cannot be written; an earlier file there is left as it was.
    """
    if Path(path).suffix.lower() != ".npz":
        raise ValueError(f"wanted a path that ends in .npz for a sampler, got {str(path)!r}")
    if objects := [key for key, value in state.items() if np.asarray(value).dtype.hasobject]:
        raise TypeError(
            f"got objects in {', '.join(objects)}, which only a pickle could keep; fitted "
            "attributes must be arrays, numbers or strings, and what _prepare makes has no last _"
        )
    path = Path(path).expanduser()
    save_npz(path, sampler=np.array(json.dumps(recipe, default=_plain)), **state)


def _plain(option):
    if isinstance(option, np.generic):
        return option.item()
    if hasattr(option, "recipe"):
        return option.recipe()
    raise TypeError(f"options must be numbers, strings or lists of these, got {option!r}")


def _made(recipe, build):
    options = {
        key: _made(option, build) if isinstance(option, dict) else option
        for key, option in recipe["options"].items()
    }
    return build(recipe["sampler"], **options)


def read(path: str | Path, build: Callable):
    """The fitted sampler in `path`.

    Args:
        path: a file that `write` wrote.
        build: makes a sampler of a name and options.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is broken, is a folder, or holds no fitted sampler.
    """
    path = Path(path).expanduser()
    if path.is_dir():
        there = ", ".join(sorted(one.name for one in path.glob("*.npz"))[:8])
        found = f"; in it are {there}" if there else ""
        raise ValueError(f"{name_shown(path)} is a folder; {WANTED}{found}")
    state = load_npz(path)
    if "sampler" not in state:
        raise ValueError(f"{path} holds no sampler; {WANTED}")
    with named(path, WANTED):
        head = json.loads(state.pop("sampler").item())
        sampler = _made(head, build)
    foreign = [name for name in state if name.startswith("_") or not name.endswith("_")]
    if foreign or "n_features_in_" not in state:
        raise ValueError(f"{path} holds no fitted sampler; {WANTED}")
    with named(path, WANTED):
        sampler.restore(state)
    return sampler
