"""All that a training remembers between two epochs, as named tensors and back."""

import torch
from torch import Tensor, nn

from .turns import Turn

Tensors = dict[str, Tensor]


def gather(objective: nn.Module, turns: list[Turn], best: Tensors) -> Tensors:
    """Weights, buffers, what the optimisers remember, and the best weights, by unique names."""
    unsaved = _unsaved(objective)
    state = _below("model", objective.state_dict()) | _below("unsaved", unsaved)
    state |= _below("best", best)
    for turn in turns:
        for index, slots in turn.optimizer.state_dict()["state"].items():
            kept = {key: value for key, value in slots.items() if value is not None}
            state |= _below(f"player/{turn.name}/{index}", kept)
    return state


def restore(state: Tensors, objective: nn.Module, turns: list[Turn]) -> Tensors:
    """Put back what `gather` took; the best weights are returned.

    Args:
        state: of an objective and turns made with the same arguments.
        objective: its weights and buffers are replaced.
        turns: their optimisers' memories are.
    """
    objective.load_state_dict(_inside("model", state))
    place = next(objective.parameters()).device
    for name, value in _inside("unsaved", state).items():
        path, _, leaf = name.rpartition(".")
        setattr(objective.get_submodule(path), leaf, value.to(place))
    for turn in turns:
        slots: dict[int, Tensors] = {}
        for name, value in _inside(f"player/{turn.name}", state).items():
            index, _, key = name.partition("/")
            parameter = turn.player.parameters[int(index)]
            slots.setdefault(int(index), {})[key] = _like(parameter, value)
        turn.optimizer.load_state_dict(turn.optimizer.state_dict() | {"state": slots})
    return _inside("best", state)


def _unsaved(objective: nn.Module) -> Tensors:
    """The buffers that are no part of a checkpoint."""
    saved = objective.state_dict().keys()
    return {name: value for name, value in objective.named_buffers() if name not in saved}


def _below(prefix: str, tensors: Tensors) -> Tensors:
    return {f"{prefix}/{name}": value for name, value in tensors.items()}


def _inside(prefix: str, state: Tensors) -> Tensors:
    start = f"{prefix}/"
    return {name.removeprefix(start): state[name] for name in state if name.startswith(start)}


def _like(parameter: Tensor, value: Tensor) -> Tensor:
    """The value with the parameter's strides; the fused Adam walks both in the order of memory."""
    return torch.empty_like(parameter).copy_(value) if value.shape == parameter.shape else value
