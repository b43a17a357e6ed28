"""Losses that are no longer finite: which term was first, and what to lower."""

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from .turns import Turn

Terms = Mapping[tuple[Turn, str], Sequence[Tensor]]


def check(epoch: int, terms: Terms, objective: nn.Module) -> None:
    """Refuse to go on where a term of a loss was not finite.

    Args:
        epoch: its number.
        terms: of each player's turn and each of its terms, the value at every batch.
        objective: whose options are the terms' weights.

    Raises:
        FloatingPointError: says in which epoch and batch the first such value was, of which
            terms, and what to lower.
    """
    first = {key: _first(values) for key, values in terms.items()}
    batches = [batch for batch in first.values() if batch is not None]
    if not batches:
        return
    bad = [key for key, batch in first.items() if batch == min(batches)]
    values = [f"{name} of {turn.name} is {terms[turn, name][min(batches)]:g}" for turn, name in bad]
    weights = [found for turn, name in bad if (found := _weight(objective, turn, name))]
    lower = rates({turn for turn, _ in terms})
    first_turn = next(iter(terms))[0]
    if epoch == 1 and min(batches) == 0 and bad[0][0] is first_turn and first_turn.steps == 1:
        lower = "smaller numbers in data and options (no weight had moved yet)"
    raise FloatingPointError(
        f"training diverged in epoch {epoch}, batch {min(batches) + 1}: {', '.join(values)}; try "
        + " or ".join([lower, *dict.fromkeys(weights)])
    )


def check_held_out(epoch: int, loss: float, turns: set[Turn]) -> None:
    """Refuse to go on where the loss of what is held out is not finite.

    Raises:
        FloatingPointError: says in which epoch, and what to lower.
    """
    if not math.isfinite(loss):
        raise FloatingPointError(
            f"training diverged in epoch {epoch}: the loss of what is held out is {loss}; try "
            f"{rates(turns)}"
        )


def rates(turns: set[Turn]) -> str:
    """What the learning rates of some players are to be lowered below."""
    found = sorted((turn.name, turn.optimizer.param_groups[0]["lr"]) for turn in turns)
    return "a learning_rate below " + " or ".join(f"{rate} ({name})" for name, rate in found)


def _first(values):
    """The place of the first value that is not finite, if any."""
    bad = ~torch.stack(list(values)).isfinite()
    return int(bad.int().argmax()) if bad.any() else None


def _weight(objective, turn, name):
    """The option that a term is multiplied by, where it can be lowered."""
    option = turn.player.weights.get(name)
    value = getattr(objective, option) if option else 0
    return f"options.{option} below {value}" if value else None
