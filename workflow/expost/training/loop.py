"""The one training loop: players take turns, and every epoch can be gone on from."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..networks import export
from ..runtime.log import log
from ..runtime.progress import Progress
from . import checkpoints, divergence, given, in_common, passes, some_labels, state, turns
from . import settings as all_settings
from .resume import Kept


class Training:
    """A training that survives being killed, and that can be given more epochs later.

    After every epoch its whole state goes to `folder`; made again with the same arguments it goes
    on from there. First weights, shuffling and noise are seeded by identity and epoch, so nothing
    else has to be remembered, and the checkpoints have the same bytes as an undisturbed run's.

    Args:
        settings: as `settings.resolve` takes them.
        shape: of an item of the data: (c, h, w) of images, (d,) of vectors.
        identity: names the run; seeds everything random.
        folder: where state and checkpoints are kept, also when the training has ended.
        device: where to compute.
        origin: digests of what else the result depends on, such as the data; a state of other
            origin is not gone on with.

    Raises:
        ValueError: the settings are wrong, or name players or optimisers that there are not.
        MemoryError: there is too little for such networks.
    """

    def __init__(
        self,
        settings: dict,
        shape: Sequence[int],
        identity: tuple,
        folder: str | Path,
        device: torch.device,
        origin: Sequence[str] = (),
    ):
        settings = all_settings.resolve(settings)
        self.settings, self.identity, self.device = settings, identity, device
        self.about = {key: settings[key] for key in all_settings.OF_NETWORKS} | {
            "shape": list(shape)
        }
        with given.memory_for(settings):
            self.objective = in_common.untrained(self.about, identity)
            self.objective.to(device, memory_format=torch.channels_last)  # faster convolutions
        self.turns = turns.of(self.objective.players(), settings)
        self.last = max(settings["epochs"])
        self.history: list[dict] = []
        self.best: state.Tensors = {}  # weights, where `keep` is "best"
        paced = turns.paced(self.objective, self.turns)
        fingerprint = in_common.fingerprint(settings, shape, device, origin, paced)
        self.kept = Kept(folder, fingerprint | {"identity": list(identity)})
        if found := self.kept.load(settings["epochs"]):
            tensors, self.history = found
            self.best = state.restore(tensors, self.objective, self.turns)

    def run(
        self,
        data: np.ndarray,
        held_out: np.ndarray | None = None,
        labels: np.ndarray | None = None,
    ) -> None:
        """Train until the last listed epoch.

        Args:
            data: to train on, uint8 images (n, c, h, w) or float32 vectors (n, d).
            held_out: as many of the training part as the setting `validation` says, to look at.
            labels: classes 0, 1, ... of the data, (n,), where the objective wants some.

        Raises:
            TypeError: the data are no real numbers.
            ValueError: the data, those held out or labels are not as this training wants them.
            MemoryError: there is too little; says what is large.
            FloatingPointError: a loss is no longer finite; says which, and what to lower.
        """
        data = given.checked(data)
        held_out = data[:0] if held_out is None else given.checked(held_out, "held-out data")
        self._check(data, held_out)
        known = some_labels.chosen(self, len(data), labels)
        train, test = (torch.from_numpy(part).to(self.device) for part in (data, held_out))
        steps = passes.steps(len(train), self.settings["batch"])
        progress = Progress(self.last * steps, len(self.history) * steps)
        for epoch in range(len(self.history) + 1, self.last + 1):
            started, loss = time.perf_counter(), None
            losses = [past["validation"] for past in self.history if "validation" in past]
            rates = {turn: turn.pace(losses, epoch, self.last) for turn in self.turns}
            with given.memory_for(self.settings):
                told = passes.epoch(self, epoch, train, progress, known)
            speed = len(train) / (time.perf_counter() - started)
            if len(test):
                loss = passes.validation(self.objective, test)
                divergence.check_held_out(epoch, loss, set(self.turns))
            if self.settings["keep"] == "best" and loss < min(losses, default=np.inf):
                self.best = {k: v.clone() for k, v in self.objective.state_dict().items()}
            self.history.append(in_common.row(epoch, told, rates, speed, loss))
            log.info("  ".join(f"{key} {value:.6g}" for key, value in self.history[-1].items()))
            if epoch in self.settings["epochs"]:
                weights = self.best or self.objective.state_dict()
                checkpoints.save(self.kept.checkpoint(epoch), weights, self.about)
                self.kept.add(epoch)
            self.kept.save(state.gather(self.objective, self.turns, self.best), self.history)

    def finish(
        self,
        checkpoint: Sequence[str | Path],
        history: str | Path,
        encoder: Sequence[str | Path] = (),
        decoder: Sequence[str | Path] = (),
    ) -> None:
        """Put the checkpoints, their networks and the history where they belong.

        Args:
            checkpoint: one path for each of the settings' epochs, the first epoch first.
            history: a csv file, a row an epoch: the mean of every loss term over the data (and
                over the player's steps), the rate of each player whose rate changes, the
                validation loss where there is one, and the speed in items per second.
            encoder: paths of the ONNX files of the encoders, if wanted, as many.
            decoder: the same of the decoders.

        Raises:
            FileNotFoundError: a checkpoint that was kept has been removed since.
        """
        for epoch, path in zip(self.settings["epochs"], checkpoint, strict=True):
            self.kept.put(epoch, Path(path))
        for source, *paths in zip(checkpoint, encoder, decoder, strict=bool(encoder or decoder)):
            export.save_autoencoder(*paths, checkpoints.load(source), self.about["shape"])
        in_common.write_history(history, self.history[: self.last])

    def _check(self, data, held_out):
        shape = tuple(self.about["shape"])
        if data.shape[1:] != shape or held_out.shape[1:] != shape or len(data) < 2:
            raise ValueError(
                f"got training data {data.shape} and held-out {held_out.shape}; wanted (n, "
                f"{', '.join(map(str, shape))}) of both, as this training was made for, and at "
                "least 2 to train on"
            )
        if len(held_out) != (wanted := self.settings["validation"]):
            raise ValueError(
                f"got {len(held_out)} held-out items, wanted {wanted} as the setting `validation` "
                "says; take them by `row_choice.validation`"
            )
