"""Players with their optimisers, steps and rates, as a training's settings have them."""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..objectives.base import Objective, Player
from . import optimisers, schedules


class Turn:
    """What one player does at every batch.

    Args:
        player: of the objective, with its own defaults.
        settings: of the training; what is said of this player there comes before these.
    """

    def __init__(self, player: Player, settings: dict):
        said = settings["players"].get(player.name, {})
        own = optimisers.merged(settings["optimiser"], player.optimiser)
        chosen = optimisers.merged(own, said.get("optimiser", {}))
        schedule = said.get("schedule", player.schedule or settings["schedule"])
        schedules.check(schedule, settings["validation"])
        self.player, self.name = player, player.name
        self.steps = said.get("steps", player.steps)
        self.optimizer = optimisers.build(chosen, player.parameters)
        self.schedule, self.varies = schedules.build(schedule), schedule["kind"] != "constant"
        self.first = self.optimizer.param_groups[0]["lr"]

    def pace(self, losses: Sequence[float], epoch: int, last: int) -> float:
        """Set the rate for an epoch of so many, after these validation losses, and tell it."""
        rate = self.schedule.rate(self.first, losses, epoch, last)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        return rate

    def play(self, data: Tensor, noise: torch.Generator, *labels: Tensor) -> dict[str, Tensor]:
        """Move as often as this player does: each term of the loss, summed over the steps."""
        sums: dict[str, Tensor] = {}
        given = self.player.prepared(data)
        for _ in range(self.steps):
            terms = self.player.loss(given, noise, *labels)
            self.optimizer.zero_grad()
            sum(terms.values()).sum().backward(inputs=self.player.parameters)
            self.optimizer.step()
            if self.player.after is not None:
                with torch.no_grad():
                    self.player.after()
            for name, value in terms.items():
                sums[name] = sums.get(name, 0) + value.detach().double()
        return sums


def paced(objective: Objective, turns: Sequence[Turn]) -> bool:
    """Whether something depends on how long the whole training is."""
    return objective.paced or any(turn.schedule.paced for turn in turns)


def of(players: list[Player], settings: dict) -> list[Turn]:
    """The turns of all players, in their order.

    Raises:
        ValueError: the settings speak of a player whom the objective does not have, or of an
            optimiser, an option or a schedule that cannot be.
    """
    names = [player.name for player in players]
    if unknown := sorted(set(settings["players"]) - set(names)):
        raise ValueError(
            f"got settings of the player {', '.join(unknown)}; the objective "
            f"{settings['objective']!r} has {', '.join(names)}"
        )
    return [Turn(player, settings) for player in players]
