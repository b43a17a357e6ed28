"""The folder that a training goes on from, whether it was killed or gets more epochs later."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import torch
from torch import Tensor

from ..io import safetensors
from ..io.files import sha256, whole
from ..runtime import job
from ..runtime.log import log


class Kept:
    """State after the last finished epoch, and the checkpoints made so far.

    They stay when the training has ended: Snakemake deletes a job's outputs before it runs it
    again, and a list of epochs that has become longer asks for nothing but the epochs it lacks.

    Args:
        folder: where they are kept; no output of a job.
        fingerprint: what must be the same for the state to be gone on with, which the list of
            epochs need not; JSON types.
    """

    def __init__(self, folder: str | Path, fingerprint: dict):
        self.folder = Path(folder)
        self.fingerprint = json.loads(json.dumps(fingerprint))  # tuples become lists
        self.state = self.folder / "state.safetensors"
        self.digests: dict[str, str] = {}  # epoch -> SHA-256 of its checkpoint

    def checkpoint(self, epoch: int) -> Path:
        """Where the checkpoint of an epoch is kept."""
        return self.folder / f"epoch{epoch}.safetensors"

    def add(self, epoch: int) -> None:
        """Take note of a checkpoint that has been written."""
        self.digests[str(epoch)] = sha256(self.checkpoint(epoch))

    def save(self, state: dict[str, Tensor], history: list[dict]) -> None:
        """Replace the state by that after `len(history)` epochs."""
        about = {"fingerprint": self.fingerprint, "history": history, "checkpoints": self.digests}
        about["digest"] = _digest(state)
        safetensors.save(self.state, state, about)

    def load(self, epochs: list[int]) -> tuple[dict[str, Tensor], list[dict]] | None:
        """Tensors and history to go on with; None, with the reason in the log, if there are none.

        Args:
            epochs: those of which there must be a checkpoint, as far as they are done.
        """
        if not self.state.exists():
            return None
        try:
            state, about = safetensors.load(self.state)
            if about["digest"] != _digest(state):
                raise ValueError("it is not as it was written")
            history, digests = about["history"], dict(about["checkpoints"])
            same = about["fingerprint"] == self.fingerprint
            past = [epoch for epoch in epochs if epoch <= len(history)]
            lost = [epoch for epoch in past if self._lost(epoch, digests)]
        except (ValueError, KeyError, TypeError) as error:
            log.warning("%s cannot be gone on with (%s): starting over", self.state, error)
        else:
            if not same:
                log.warning("%s is of another configuration: starting over", self.state)
            elif lost:
                log.warning(
                    "%s has no checkpoint of epoch %s, which is past: starting over",
                    self.folder,
                    ", ".join(map(str, lost)),
                )
            else:
                log.info("going on after epoch %d", len(history))
                self.digests = digests
                return state, history
        self._clear()
        return None

    def put(self, epoch: int, path: Path) -> None:
        """Give the checkpoint of an epoch its name among the results, of the same file if can be.

        Raises:
            FileNotFoundError: it has been removed since.
        """
        kept = self.checkpoint(epoch)
        if not kept.exists():
            raise FileNotFoundError(
                f"{kept} went while this training ran: something else removed it; run the same "
                "command, which starts over"
            )
        with whole(path) as temporary:
            try:
                os.link(kept, temporary)
            except OSError:  # another disk, or one without hard links
                shutil.copyfile(kept, temporary)

    def _lost(self, epoch, digests):
        path = self.checkpoint(epoch)
        return not path.is_file() or sha256(path) != digests.get(str(epoch))

    def _clear(self) -> None:
        """Forget everything; the state first, so that half a folder is never gone on with."""
        job.give_way()
        self.state.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def _digest(state: dict[str, Tensor]) -> str:
    """The SHA-256 of tensors and their names."""
    digest = hashlib.sha256()
    for name in sorted(state):
        digest.update(name.encode())
        digest.update(state[name].detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()
