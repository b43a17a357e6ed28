"""PyTorch's optimisers by name, their options checked by name; read without importing torch."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..runtime import eager, option_values, signatures

if TYPE_CHECKING:
    import torch

# These want what is not here: a function to call again, sparse gradients, matrices alone.
LEFT_OUT = ("LBFGS", "SparseAdam", "Muon")
FUSED = ("Adam", "AdamW")  # one pass over all weights instead of one for each
# Of options' numbers, as `option_values.number` takes them: those that PyTorch refuses others of.
BOUNDS = {
    "weight_decay": {"least": 0},
    "eps": {"least": 0},
    "momentum": {"least": 0},
    "momentum_decay": {"least": 0},
    "alpha": {"least": 0},
    "lambd": {"least": 0},
    "lr_decay": {"least": 0},
    "initial_accumulator_value": {"least": 0},
    "betas": {"least": 0, "below": 1},
    "rho": {"least": 0, "most": 1},
    "beta2_decay": {"most": 0},
    "d": {"least": 1},
    "etas": {"above": 0},
}


def merged(first: dict, change: dict) -> dict:
    """An optimiser with single options changed; one that has a name replaces it altogether.

    Raises:
        ValueError: it is no mapping.
    """
    if not isinstance(change, dict):
        raise ValueError(
            f"got optimiser {change!r}; wanted a mapping, as {{name: Adam, learning_rate: 0.001}}"
        )
    return dict(change) if "name" in change else first | change


def check(optimiser: dict) -> None:
    """Refuse an optimiser that PyTorch does not have, and options or values it does not take.

    Where PyTorch is not installed, as it need not be where jobs are only planned, nothing is said.

    Args:
        optimiser: `name`, a class of `torch.optim`; `learning_rate`, which PyTorch calls `lr`;
            and any other options of that class.

    Raises:
        ValueError: what was got, what is known.
    """
    name = optimiser.get("name")
    if not isinstance(name, str) or not name.isidentifier() or name in LEFT_OUT:
        raise ValueError(
            f"got optimiser {name!r}; wanted the name of one in torch.optim, such as Adam, and "
            f"none of {', '.join(LEFT_OUT)}"
        )
    option_values.number("learning_rate", optimiser.get("learning_rate", 1.0), above=0)
    if (folder := _folder()) is None:
        return
    files = _files(folder)
    if (file := files.get(name)) is None:
        like = option_values.close(name, files)
        raise ValueError(
            f"got unknown optimiser {name!r}; wanted one of torch.optim: Adam, say{like}"
        )
    known = set(signatures.of_constructor(file, name)) - {"params", "lr"} | {"learning_rate"}
    if unknown := sorted(set(optimiser) - known - {"name"}):
        raise ValueError(
            f"optimiser {name!r} got unknown option {', '.join(unknown)}; it takes "
            f"{', '.join(sorted(known))}{option_values.close(unknown[0], known)}"
        )
    signatures.check_types(file, name, _as_torch_calls(optimiser), "optimiser.", BOUNDS)
    _check_pairs(optimiser)


def _check_pairs(optimiser: dict) -> None:
    """Refuse numbers that each are right, and not together."""
    low, high = optimiser.get("etas", (0.5, 1.2))
    if not low < 1 < high:
        raise ValueError(f"got optimiser.etas {[low, high]}; wanted one below 1 and one above")
    if optimiser.get("nesterov") and not optimiser.get("momentum") and optimiser["name"] == "SGD":
        raise ValueError("got optimiser.nesterov without momentum; set `momentum: 0.9`, say")
    if optimiser.get("nesterov") and optimiser.get("dampening"):
        raise ValueError("got optimiser.nesterov with dampening; wanted one of the two")


def _as_torch_calls(optimiser: dict) -> dict:
    """The options alone, with the learning rate under PyTorch's name."""
    return {
        "lr" if key == "learning_rate" else key: _floats(value)
        for key, value in optimiser.items()
        if key != "name"
    }


def _floats(value):
    """Of a list its whole numbers as floats, on which PyTorch insists; all else as it is."""
    if not isinstance(value, list):
        return value
    return [float(part) if type(part) is int else part for part in value]


@cache
def _files(folder: Path) -> dict[str, Path]:
    """The optimisers that there are, but those left out -> where each is defined."""
    found = {}
    for file in sorted(folder.glob("*.py")):
        names = re.findall(r"^class (\w+)\((?:Optimizer|Adam)\)", file.read_text(), re.MULTILINE)
        found |= {name: file for name in names if name not in LEFT_OUT}
    return found


def _folder() -> Path | None:
    """Where the source of torch.optim is, if PyTorch is installed."""
    if (found := find_spec("torch")) is None:
        return None
    return Path(found.origin).parent / "optim"


def build(optimiser: dict, parameters: Iterable) -> "torch.optim.Optimizer":
    """The optimiser of some parameters.

    Args:
        optimiser: as `check` takes it.
        parameters: what it changes.

    Raises:
        ValueError: see `check`; or an option has a value that PyTorch refuses.
    """
    check(optimiser)
    options = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in _as_torch_calls(optimiser).items()
    }
    if optimiser["name"] in FUSED and not {"foreach", "differentiable"} & options.keys():
        options = {"fused": True} | options
    return eager.optimiser(optimiser["name"])(parameters, **options)
