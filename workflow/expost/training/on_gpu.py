"""Trained networks on a GPU, by PyTorch."""

from pathlib import Path

import numpy as np
import torch

from ..runtime.device import pick
from . import checkpoints


class Network:
    """One network of a checkpoint as a function of arrays, as `networks.onnx_runtime.Network`.

    Args:
        checkpoint: what training wrote.
        part: "encoder" or "decoder".
        device: as `runtime.device.pick` takes it.
    """

    def __init__(self, checkpoint: str | Path, part: str, device: str = "auto"):
        self.device = pick(device)
        objective = checkpoints.load(checkpoint, self.device)
        network = objective.encoding() if part == "encoder" else objective.decoding()
        self.network = network.to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def __call__(self, data: np.ndarray) -> list[np.ndarray]:
        """The output, of `data`, float32 (n, *shape)."""
        return [self.network(torch.from_numpy(data).to(self.device)).cpu().numpy()]
