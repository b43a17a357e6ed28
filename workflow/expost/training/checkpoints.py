"""Trained objectives as files that hold all it takes to rebuild them."""

from pathlib import Path

import torch
from torch import nn

from .. import objectives
from ..io import safetensors


def save(path: str | Path, weights: dict[str, torch.Tensor], about: dict) -> None:
    """Write the weights of a trained objective with all it takes to rebuild it.

    Args:
        path: a `.safetensors` file.
        weights: the objective's `state_dict()`.
        about: `objective`, `shape`, `latent` and what else `objectives.of` takes.
    """
    safetensors.save(path, weights, about)


def load(path: str | Path, device: torch.device | str = "cpu") -> nn.Module:
    """The trained objective in `path`, ready to encode and decode.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated or no checkpoint.
    """
    state, about = safetensors.load(path)
    try:
        with torch.device("meta"):  # where networks of any size take no memory
            wanted = objectives.of(about).state_dict()
        if {k: v.shape for k, v in state.items()} != {k: v.shape for k, v in wanted.items()}:
            raise ValueError("its weights are those of another network")
        with torch.random.fork_rng(devices=[]):  # first weights would move global random numbers
            objective = objectives.of(about)
        objective.load_state_dict(state)
    except KeyError as error:
        raise ValueError(f"{path} is no checkpoint: it does not say its {error}") from error
    except Exception as error:  # odd sizes lead torch into any
        raise ValueError(f"{path} is no checkpoint ({error}); train again") from error
    return objective.to(device).eval()
