"""Images to codes and codes to images, in batches."""

import numpy as np
import torch

from ..networks.autoencoder import to_unit
from ..objectives.base import Objective


@torch.inference_mode()
def encode(model: Objective, images: np.ndarray, batch: int = 1000) -> np.ndarray:
    """Codes, float32 (n, d), of images, uint8 (n, c, h, w), of the shape the model was made for."""
    device = next(model.parameters()).device
    parts = torch.from_numpy(images).split(batch)
    return np.concatenate([model.encode(to_unit(part.to(device))).cpu().numpy() for part in parts])


@torch.inference_mode()
def decode(model: Objective, codes: np.ndarray, batch: int = 1000) -> np.ndarray:
    """Images, uint8 (n, c, h, w), of codes (n, d)."""
    device = next(model.parameters()).device
    parts = torch.from_numpy(codes.astype(np.float32)).split(batch)
    decoded = [(model.decode(part.to(device)) * 255).round().byte().cpu() for part in parts]
    return torch.cat(decoded).numpy()
