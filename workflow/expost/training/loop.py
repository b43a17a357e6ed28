"""The one training loop: players take turns, and every epoch can be gone on from."""

import csv
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .. import objectives
from ..io.files import whole
from ..networks import autoencoder
from ..runtime.log import log
from ..runtime.progress import Progress
from ..runtime.seeding import seed
from . import checkpoints
from .resume import Unfinished


@dataclass(frozen=True)
class Settings:
    """How long and how fast; the defaults are the EBCAE paper's for MNIST.

    Attributes:
        epochs: after which epochs to keep a checkpoint; the last one ends the training.
        batch: images per step.
        learning_rate: Adam's.
        weight_decay: Adam's, an L2 penalty on all parameters.
    """

    epochs: tuple[int, ...]
    batch: int = 128
    learning_rate: float = 1e-3
    weight_decay: float = 1e-3


class Training:
    """A training that survives being killed.

    After every epoch its whole state goes to `folder`; made again with the same arguments it goes
    on from there. First weights, shuffling and noise are seeded by identity and epoch, so nothing
    else has to be remembered, and the checkpoints have the same bytes as an undisturbed run's.

    Args:
        about: the objective's name and options, the images' shape, the latent size and, where it
            is not the default, the architecture: what `checkpoints.load` rebuilds it from.
        settings: see `Settings`.
        identity: names the run; seeds everything random.
        folder: where state and checkpoints are kept until `finish`.
        device: where to compute.
        origin: digests of what else the result depends on, such as the images; a state of other
            origin is not gone on with.
    """

    def __init__(
        self,
        about: dict,
        settings: Settings,
        identity: tuple,
        folder: Path,
        device: torch.device,
        origin: Sequence[str] = (),
    ):
        self.about, self.settings, self.identity, self.device = about, settings, identity, device
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed(*identity, "weights"))
            self.objective = objectives.of(about)
        self.objective.to(device, memory_format=torch.channels_last)  # faster convolutions
        self.players = self.objective.players()
        self.optimizers = [
            torch.optim.Adam(
                player.parameters,
                settings.learning_rate * player.pace,
                weight_decay=settings.weight_decay,
                fused=True,
            )
            for player in self.players
        ]
        self.history: list[dict] = []
        fingerprint = about | asdict(settings)
        fingerprint |= {"identity": identity, "device": device.type, "origin": list(origin)}
        self.unfinished = Unfinished(folder, fingerprint)
        if state := self.unfinished.load(settings.epochs):
            self._restore(*state)

    def run(self, images: np.ndarray, held_out: np.ndarray) -> None:
        """Train until the last listed epoch.

        Args:
            images: training images, uint8 (n, c, h, w).
            held_out: images that are only looked at, for the validation loss.

        Raises:
            FloatingPointError: the loss is no longer finite.
        """
        train, test = (torch.from_numpy(part).to(self.device) for part in (images, held_out))
        steps, last = -(-len(train) // self.settings.batch), max(self.settings.epochs)
        progress = Progress(last * steps, len(self.history) * steps)
        for epoch in range(len(self.history) + 1, last + 1):
            started = time.perf_counter()
            row = {"epoch": epoch, **self._epoch(epoch, train, progress)}
            speed = len(train) / (time.perf_counter() - started)
            row["validation"] = self._validate(test)
            if not np.isfinite(list(row.values())).all():
                raise FloatingPointError(
                    f"training diverged in epoch {epoch} ({row}); "
                    f"try a learning_rate below {self.settings.learning_rate}"
                )
            self.history.append(row | {"images_per_second": round(speed, 1)})
            log.info("  ".join(f"{key} {value:.6g}" for key, value in self.history[-1].items()))
            if epoch in self.settings.epochs:
                checkpoints.save(self.unfinished.checkpoint(epoch), self.objective, self.about)
            self.unfinished.save(self._state(), self.history)

    def finish(self, checkpoints: list[Path], history: Path) -> None:
        """Put the checkpoints and the history where they belong, and tidy up.

        Args:
            checkpoints: one path for each of the settings' epochs, in their order.
            history: a csv file, a row an epoch: the mean of every loss term over the training
                images, the validation loss, and the speed in images per second.

        Raises:
            FileNotFoundError: a checkpoint that was kept has been removed since.
        """
        kept = map(self.unfinished.checkpoint, self.settings.epochs)
        if lost := [str(path) for path in kept if not path.exists()]:
            raise FileNotFoundError(
                f"{', '.join(lost)} went while this training ran: something else removed it; "
                "run the same command, which starts over"
            )
        for epoch, path in zip(self.settings.epochs, checkpoints, strict=True):
            with whole(path) as temporary:
                shutil.copyfile(self.unfinished.checkpoint(epoch), temporary)
        with whole(history) as temporary, open(temporary, "w", newline="") as file:
            writer = csv.DictWriter(file, list(self.history[0]))
            writer.writeheader()
            writer.writerows(self.history)
        self.unfinished.remove()

    def _epoch(self, epoch: int, train: Tensor, progress: Progress) -> dict[str, float]:
        """One pass over the images; the mean of every term over them."""
        self.objective.train()
        shuffle = torch.Generator().manual_seed(seed(*self.identity, "shuffle", epoch))
        noise = torch.Generator(self.device).manual_seed(seed(*self.identity, "noise", epoch))
        batches = torch.randperm(len(train), generator=shuffle).split(self.settings.batch)
        sums: dict[str, Tensor] = {}
        for index, rows in enumerate(batches):
            images = autoencoder.to_unit(train[rows.to(self.device)])
            for player, optimizer in zip(self.players, self.optimizers, strict=True):
                terms = player.loss(images, noise)
                optimizer.zero_grad()
                sum(terms.values()).backward(inputs=player.parameters)
                optimizer.step()
                for name, value in terms.items():
                    key = f"{player.name}_{name}"
                    sums[key] = sums.get(key, 0) + value.detach().double() * len(rows)
            progress((epoch - 1) * len(batches) + index + 1, f"epoch {epoch}")
        return {key: float(value) / len(train) for key, value in sums.items()}

    @torch.inference_mode()
    def _validate(self, test: Tensor) -> float:
        """The validation loss, averaged over the held-out images."""
        self.objective.eval()
        losses = [
            float(self.objective.validation(autoencoder.to_unit(part))) * len(part)
            for part in test.split(1000)
        ]
        return sum(losses) / len(test)

    def _state(self) -> dict[str, Tensor]:
        """Weights, buffers and what the optimisers remember, by unique names."""
        state = {f"model/{name}": value for name, value in self.objective.state_dict().items()}
        for player, optimizer in zip(self.players, self.optimizers, strict=True):
            for index, slot in optimizer.state_dict()["state"].items():
                state |= {f"{player.name}/{index}/{key}": value for key, value in slot.items()}
        return state

    def _restore(self, state: dict[str, Tensor], history: list[dict]) -> None:
        self.history = history
        model = [name for name in state if name.startswith("model/")]
        self.objective.load_state_dict({name.removeprefix("model/"): state[name] for name in model})
        for player, optimizer in zip(self.players, self.optimizers, strict=True):
            slots: dict[int, dict] = {index: {} for index in range(len(player.parameters))}
            for name in state:
                owner, index, *key = name.split("/")
                if owner == player.name:
                    slots[int(index)][key[0]] = _like(player.parameters[int(index)], state[name])
            optimizer.load_state_dict(optimizer.state_dict() | {"state": slots})


def _like(parameter: Tensor, value: Tensor) -> Tensor:
    """The value with the parameter's strides; the fused Adam walks both in the order of memory."""
    return torch.empty_like(parameter).copy_(value) if value.shape == parameter.shape else value
