"""The folder of a training that has not ended: all it takes to go on after being killed."""

import json
import shutil
from pathlib import Path

from torch import Tensor

from ..io import safetensors
from ..runtime.log import log


class Unfinished:
    """State and checkpoints of a training until it ends.

    Args:
        folder: where they are kept.
        fingerprint: what must be the same for the state to be gone on with; JSON types.
    """

    def __init__(self, folder: str | Path, fingerprint: dict):
        self.folder = Path(folder)
        self.fingerprint = json.loads(json.dumps(fingerprint))  # tuples become lists
        self.state = self.folder / "state.safetensors"

    def checkpoint(self, epoch: int) -> Path:
        """Where the checkpoint of an epoch is kept."""
        return self.folder / f"epoch{epoch}.safetensors"

    def save(self, state: dict[str, Tensor], history: list[dict]) -> None:
        """Replace the state by that after `len(history)` epochs."""
        safetensors.save(self.state, state, {"fingerprint": self.fingerprint, "history": history})

    def load(self, epochs: tuple[int, ...]) -> tuple[dict[str, Tensor], list[dict]] | None:
        """Tensors and history to go on with; None, with the reason in the log, if there are none.

        Args:
            epochs: those of which there must be a checkpoint, as far as they are done.
        """
        if not self.state.exists():
            return None
        try:
            state, about = safetensors.load(self.state)
        except ValueError as error:
            log.warning("%s: starting over", error)
            return None
        done = len(about.get("history", ()))
        if about.get("fingerprint") != self.fingerprint:
            log.warning("%s is of another configuration: starting over", self.state)
        elif not all(self.checkpoint(epoch).exists() for epoch in epochs if epoch <= done):
            log.warning("%s lacks checkpoints: starting over", self.folder)
        else:
            log.info("going on after epoch %d", done)
            return state, about["history"]
        return None

    def remove(self) -> None:
        """Forget everything; the state first, so that half a folder is never gone on with."""
        self.state.unlink()
        shutil.rmtree(self.folder)
