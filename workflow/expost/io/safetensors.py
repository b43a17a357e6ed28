"""Named tensors and what they are, in one safetensors file."""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from .files import whole


def save(path: str | Path, tensors: dict[str, Tensor], about: dict) -> None:
    """Write tensors to `path` (.safetensors), whole or not at all; same content, same bytes.

    Args:
        path: the file.
        tensors: by name; stored from the CPU, contiguous.
        about: whatever else is needed to use them, of JSON types.

    Raises:
        OSError: it cannot be written; says which file and why.
    """
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    with whole(path) as temporary:  # one metadata key: several are written in any order
        try:
            save_file(tensors, temporary, {"about": json.dumps(about)})
        except SafetensorError as error:  # as it calls all that goes wrong, a full disk, say
            raise OSError(str(error)) from error


def load(path: str | Path) -> tuple[dict[str, Tensor], dict]:
    """The tensors in `path`, on the CPU, and what they are.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or was not written by `save`.
    """
    try:
        with safe_open(path, framework="pt") as file:
            about = json.loads((file.metadata() or {})["about"])
            if not isinstance(about, dict):
                raise ValueError(f"it is about a {type(about).__name__}")
            return {name: file.get_tensor(name) for name in file.keys()}, about  # noqa: SIM118
    except FileNotFoundError:
        raise
    except Exception as error:  # safetensors, torch and json each have their own
        raise ValueError(f"{path} is truncated or not a file of expost ({error})") from error
