"""Objectives of one kind as one: their weights have a leading axis, and they play at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.func import functional_call, vmap

from ..objectives.base import Objective, Player


class Stacked(nn.Module):
    """Copies of an objective, each with weights of its own, that know nothing of each other.

    A small network's step costs what Python and PyTorch do around it; here that is paid once for
    all. Every product of a batch and a matrix is one of stacks of both. Noise is drawn for each
    copy, from one generator.

    Args:
        copies: objectives of the same options and shapes; the first one's methods are used.

    Raises:
        ValueError: an objective has buffers, running means say, or wants labels; of these there
            would have to be one for each copy, which is not provided for.
    """

    def __init__(self, copies: Sequence[Objective]):
        super().__init__()
        first = copies[0]
        if first.labelled or any(True for _ in first.buffers()):
            raise ValueError(
                "got an objective that wants labels, or with buffers, such as those of batch "
                "normalisation; wanted one without either, or trainings one by one"
            )
        object.__setattr__(self, "lent", _Lent(first))  # whose weights are none of these
        self.names = [name for name, _ in self.lent.named_parameters()]
        every = zip(*(copy.parameters() for copy in copies), strict=True)
        self.stacks = nn.ParameterList(torch.stack(part).detach() for part in every)

    @property
    def objective(self) -> Objective:
        """The first of them, whose own weights make no difference."""
        return self.lent.objective

    def players(self) -> list[Player]:
        """Those of the objective, each of whom moves the weights of all copies.

        Their losses take a batch for each copy, (copies, n, *shape), and give every term's values,
        (copies,).
        """
        own = {
            id(p): stack for p, stack in zip(self.objective.parameters(), self.stacks, strict=True)
        }
        return [
            replace(
                player,
                parameters=[own[id(parameter)] for parameter in player.parameters],
                loss=self._of_all(player.loss),
                prepare=player.prepare and self._of_all(player.prepare),
                after=player.after and self._after(player.after),
            )
            for player in self.objective.players()
        ]

    def copy(self, place: int) -> Objective:
        """The objective with the weights of one of the copies; the next one takes its place."""
        with torch.no_grad():
            for parameter, stack in zip(self.objective.parameters(), self.stacks, strict=True):
                parameter.copy_(stack[place])
        return self.objective

    def _of_all(self, method: Callable) -> Callable:
        def of_one(weights, data, *generator):
            return functional_call(self.lent, weights, (method, data, *generator))

        def of_all(data: Tensor, *generator: torch.Generator):
            dims = (0, 0, *(None for _ in generator))
            each = vmap(of_one, in_dims=dims, randomness="different")
            return each(self._by_name(), data, *generator)

        return of_all

    def _after(self, after: Callable) -> Callable:
        return lambda: functional_call(self.lent, self._by_name(), (after,))

    def _by_name(self) -> dict[str, Tensor]:
        return dict(zip(self.names, self.stacks, strict=True))


class _Lent(nn.Module):
    """An objective whose methods `torch.func.functional_call` calls with other weights."""

    def __init__(self, objective: Objective):
        super().__init__()
        self.objective = objective

    def forward(self, method: Callable, *arguments):
        """What the method gives."""
        return method(*arguments)
