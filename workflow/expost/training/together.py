"""Trainings that differ in their seeds alone, in one process: small networks, many of them."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..io import safetensors
from ..networks import export
from ..runtime.log import log
from ..runtime.progress import Progress
from . import checkpoints, given, in_common, passes, passes_together, state, turns
from . import settings as all_settings
from .resume import Kept
from .stacked import Stacked


class Together:
    """Trainings of the same settings that are played side by side, each by its own seeds.

    As `loop.Training`, it goes on after being killed, to the same bytes, and can be given more
    epochs. First weights and the order of data are those of trainings one by one; noise is not.

    Args:
        settings: as `settings.resolve` takes them; nothing can be held out.
        shape: of an item of the data.
        identities: name the trainings; they seed everything random.
        folder: where the state of all is kept.
        device: where to compute.
        origin: as of `loop.Training`.

    Raises:
        ValueError: the settings are wrong, or hold out data, or the objective cannot be stacked.
    """

    def __init__(
        self,
        settings: dict,
        shape: Sequence[int],
        identities: Sequence[tuple],
        folder: str | Path,
        device: torch.device,
        origin: Sequence[str] = (),
    ):
        settings = all_settings.resolve(settings)
        if settings["validation"]:
            raise ValueError(
                f"got `validation: {settings['validation']}` of trainings that go together; "
                "wanted 0, as none of them looks at held-out data"
            )
        self.settings, self.identities, self.device = settings, identities, device
        about = {key: settings[key] for key in all_settings.OF_NETWORKS}
        self.about = about | {"shape": list(shape)}
        self.last = max(settings["epochs"])
        with given.memory_for(settings):
            self.stacked = Stacked([in_common.untrained(self.about, one) for one in identities])
            self.stacked.to(device)
        self.turns = turns.of(self.stacked.players(), settings)
        self.history: list[list[dict]] = []  # of each epoch, a row each
        paced = turns.paced(self.stacked.objective, self.turns)
        fingerprint = in_common.fingerprint(settings, shape, device, origin, paced)
        self.kept = Kept(folder, fingerprint | {"identities": list(map(list, identities))})
        if found := self.kept.load(settings["epochs"]):
            tensors, self.history = found
            state.restore(tensors, self.stacked, self.turns)

    def run(self, data: np.ndarray) -> None:
        """Train until the last of the settings' epochs.

        Args:
            data: to train on, uint8 images (n, c, h, w) or float32 vectors (n, d), for all.

        Raises:
            TypeError: the data are no real numbers.
            ValueError: the data have another shape or type, or are not all finite.
            MemoryError: there is too little; says what is large.
            FloatingPointError: a loss is no longer finite; says which, and what to lower.
        """
        data = given.checked(data)
        if data.shape[1:] != tuple(self.about["shape"]) or len(data) < 2:
            raise ValueError(
                f"got training data {data.shape}; wanted (n, {self.about['shape']}), at least 2"
            )
        train = torch.from_numpy(data).to(self.device)
        steps = passes.steps(len(train), self.settings["batch"])
        progress = Progress(self.last * steps, len(self.history) * steps)
        for epoch in range(len(self.history) + 1, self.last + 1):
            started = time.perf_counter()
            rates = {turn: turn.pace([], epoch, self.last) for turn in self.turns}
            with given.memory_for(self.settings):
                means = passes_together.epoch(self, epoch, train, progress)
            speed = len(train) * len(self.identities) / (time.perf_counter() - started)
            told = [
                each | self.stacked.copy(place).epoch_ended(each)
                for place, each in enumerate(means)
            ]
            self.history.append([in_common.row(epoch, one, rates, speed) for one in told])
            log.info("epoch %d of %d trainings, %.0f items a second", epoch, len(told), speed)
            if epoch in self.settings["epochs"]:
                checkpoints.save(self.kept.checkpoint(epoch), self.stacked.state_dict(), self.about)
                self.kept.add(epoch)
            self.kept.save(state.gather(self.stacked, self.turns, {}), self.history)

    def finish(self, made: Sequence[dict[str, str | Path]]) -> None:
        """Put what the last epoch left where it belongs.

        Args:
            made: of each training the paths of its `checkpoint`, `history`, `encoder` and
                `decoder`, as of `loop.Training.finish`.
        """
        weights, _ = safetensors.load(self.kept.checkpoint(self.last))
        self.stacked.load_state_dict(weights)
        for place, paths in enumerate(made):
            objective = self.stacked.copy(place)
            checkpoints.save(paths["checkpoint"], objective.state_dict(), self.about)
            trained = checkpoints.load(paths["checkpoint"])
            shape = self.about["shape"]
            export.save_autoencoder(paths["encoder"], paths["decoder"], trained, shape)
            rows = [rows[place] for rows in self.history[: self.last]]
            in_common.write_history(paths["history"], rows)
