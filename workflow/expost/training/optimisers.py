"""PyTorch's optimisers by name, their options checked by name; read without importing torch."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..runtime import signatures

if TYPE_CHECKING:
    import torch

# These want what no loss here gives: a function to call again, or sparse gradients.
LEFT_OUT = ("LBFGS", "SparseAdam")
FUSED = ("Adam", "AdamW")  # one pass over all weights instead of one for each


def merged(first: dict, change: dict) -> dict:
    """An optimiser with single options changed; one that has a name replaces it altogether."""
    return dict(change) if "name" in change else first | change


def check(optimiser: dict) -> None:
    """Refuse an optimiser that PyTorch does not have, or an option that this one does not take.

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
    rate = optimiser.get("learning_rate", 1.0)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not rate > 0:
        raise ValueError(f"got learning_rate {rate!r}; wanted a number above 0, 0.001 say")
    if (folder := _folder()) is None:
        return
    for file in (folder / f"{name.lower()}.py", folder / f"_{name.lower()}.py"):
        if file.is_file():
            break
    else:
        raise ValueError(f"got unknown optimiser {name!r}; wanted one of torch.optim: Adam, say")
    known = set(signatures.of_constructor(file, name)) - {"params", "lr"} | {"learning_rate"}
    if unknown := sorted(set(optimiser) - known - {"name"}):
        raise ValueError(
            f"optimiser {name!r} got unknown option {', '.join(unknown)}; it takes "
            f"{', '.join(sorted(known))}"
        )


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
    import torch

    check(optimiser)
    options = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in optimiser.items()
        if key not in ("name", "learning_rate")
    }
    if "learning_rate" in optimiser:
        options["lr"] = optimiser["learning_rate"]
    if optimiser["name"] in FUSED:
        options = {"fused": True} | options
    return getattr(torch.optim, optimiser["name"])(parameters, **options)
