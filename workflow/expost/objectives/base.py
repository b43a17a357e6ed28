"""What every training objective promises."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import torch
from torch import Tensor, nn

from .reconstruction import Reconstruction


@dataclass(frozen=True)
class Player:
    """One of those who take turns at every batch: what it moves, and what for.

    Attributes:
        name: appears in the history's column names, and in the config under `players`.
        parameters: what its optimiser changes; two players may share some.
        loss: from a batch, (n, *shape), and a random generator to named terms; their sum is
            minimised. It is called anew at each of the player's steps. Of an objective that is
            `labelled` it is given labels, int64 (n,), as well: -1 where they are not known.
        optimiser: what of the run's optimiser is other for this player: `{learning_rate: 0.005}`,
            say. With a `name` it replaces the run's altogether.
        steps: how often it moves at every batch.
        schedule: of its learning rate, in place of the run's; see `training.schedules`.
        prepare: from a batch to what the loss is given in its place, without derivatives: codes
            that none of the player's steps changes, say. It is called once a batch.
        after: is called after each of its steps, for a projection of what it moved, say.
        weights: of a term the option that it is multiplied by, where there is one: what to lower
            if the term is no longer finite.
    """

    name: str
    parameters: list[nn.Parameter]
    loss: Callable[..., dict[str, Tensor]]
    optimiser: dict = field(default_factory=dict)
    steps: int = 1
    schedule: dict | None = None
    prepare: Callable[[Tensor], Tensor] | None = None
    after: Callable[[], None] | None = None
    weights: dict[str, str] = field(default_factory=dict)

    def prepared(self, batch: Tensor) -> Tensor:
        """What its loss is given at every step of this batch; see `prepare`."""
        if self.prepare is None:
            return batch
        with torch.no_grad():
            return self.prepare(batch)


class Objective(nn.Module):
    """An autoencoder and the game its training plays.

    A subclass says who plays, and its constructor takes these three, `latent`, the length of a
    code, if it wants that, and then its own options, each with a default, which is all the config
    needs to know of them.

    What training needs and a trained model does not, a sample of codes that lags behind, say, is
    a buffer registered with `persistent=False`. It is kept out of checkpoints, and with the state
    that an interrupted training goes on from. Its shape may change on the way.

    Args:
        encoder: from data (n, *shape) to (n, outputs * latent).
        decoder: from codes (n, latent) to (n, *shape), before the output activation.
        reconstruction: the loss between data and what the decoder gives, and that activation.

    Attributes:
        outputs: how many numbers the encoder gives for each dimension of a code.
        labelled: how many training items' labels the players' losses want to be given.
        paced: whether what players do depends on how long the whole training is; then a state
            that was kept is gone on with by a training of the same length alone.
    """

    outputs: ClassVar[int] = 1
    labelled: int = 0
    paced: bool = False

    def __init__(self, encoder: nn.Module, decoder: nn.Module, reconstruction: Reconstruction):
        super().__init__()
        self.encoder, self.decoder, self.reconstruction = encoder, decoder, reconstruction

    @abstractmethod
    def players(self) -> list[Player]:
        """Who plays, in the order of their turns."""

    def encoding(self) -> nn.Sequential:
        """The trained network from data, (n, *shape), to codes, (n, latent).

        It shares its layers with the objective, and is built of those that `networks.export`
        knows: it is also what becomes an ONNX file.
        """
        return nn.Sequential(self.encoder)

    def decoding(self) -> nn.Sequential:
        """The trained network from codes, (n, latent), to data, (n, *shape); see `encoding`."""
        return nn.Sequential(self.decoder, self.reconstruction.activation())

    def encode(self, data: Tensor) -> Tensor:
        """Codes (n, latent) of data (n, *shape), images in [0, 1]."""
        return self.encoding()(data)

    def decode(self, codes: Tensor) -> Tensor:
        """Data (n, *shape), images in [0, 1], of codes (n, latent)."""
        return self.decoding()(codes)

    def begin(self, batches: int) -> None:
        """Be told, before every epoch, of how many batches the whole training is.

        Nothing is done unless a subclass does.
        """

    def look(self, batch: int, draw: Callable[[int], Iterator[Tensor]]) -> None:
        """Look at training data before a batch; nothing is done unless a subclass does.

        Args:
            batch: how many batches have been played, over all epochs.
            draw: gives that many data, chosen at random without repetition, in parts (m, *shape)
                of at most 1,001, as the encoder takes them.
        """

    def epoch_ended(self, means: dict[str, float]) -> dict[str, float]:
        """What the history is told of an epoch that has ended, beside losses; asked once of each.

        What is gathered for it need not be kept: an interrupted epoch is trained anew.

        Args:
            means: of every player's terms over the epoch, as `player_term`.
        """
        return {}

    def validation(self, data: Tensor) -> Tensor:
        """The reconstruction term of data held out, (n, *shape), without noise: one number.

        It is what schedules and `keep: best` go by.
        """
        return self.reconstruction(self.decoder(self.encode(data)), data)
