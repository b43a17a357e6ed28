"""Data to codes and codes to data, in batches, by networks that are functions of arrays.

These are `networks.onnx_runtime.Network` on a CPU, and `training.on_gpu.Network` on a GPU: the
pinned ONNX runtime computes on CPUs alone, and PyTorch, which is there for training, needs no
second set of CUDA libraries. On a GPU its start is a second of a job that has thousands of images.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from ..io.real_arrays import real
from ..networks.unit_pixels import unit
from ..runtime import device as devices
from ..runtime.log import log

Network = Callable[[np.ndarray], list[np.ndarray]]
BATCH = 50  # larger ones leave the cache, and are no faster


def network(
    part: str, onnx: str | Path, checkpoint: str | Path | None = None, device: str = "auto"
) -> Network:
    """The encoder or the decoder of a trained autoencoder, where it computes fastest.

    Args:
        part: "encoder" or "decoder".
        onnx: its file, as training wrote it, `epoch{n}.encoder.onnx` say, or anybody else.
        checkpoint: the file beside it that holds both, `epoch{n}.safetensors`, which is read on a
            GPU alone; nothing where there is none, and then the ONNX file is run on the CPU.
        device: "auto", "cpu" or "cuda".

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or the device is unknown or not there.
    """
    if checkpoint and devices.is_gpu(device):
        from . import on_gpu

        return on_gpu.Network(checkpoint, part, device)
    from ..networks import onnx_runtime

    return onnx_runtime.Network(onnx)


def encode(encoder: Network, data: np.ndarray, batch: int = BATCH) -> np.ndarray:
    """Codes, float32 (n, latent).

    Args:
        encoder: of `network`.
        data: uint8 images (n, c, h, w) or float vectors (n, d), of the shape it was made for.
        batch: how many at once; changes the result by no more than rounding.

    Raises:
        TypeError: the data are not real numbers.
        ValueError: the data are of another shape, or not all finite, or the encoder gives no codes,
            or some that are not finite.
    """
    parts = [
        encoder(unit(part) if part.dtype == np.uint8 else part.astype(np.float32))[0]
        for part in _parts(data, "data", batch)
    ]
    if parts[0].ndim != 2:
        raise ValueError(f"got codes of shape {parts[0].shape} of an encoder; wanted (n, latent)")
    return _finite(np.concatenate(parts), "the encoder")


def decode(decoder: Network, codes: np.ndarray, batch: int = BATCH) -> np.ndarray:
    """What codes stand for: uint8 images (n, c, h, w), or float32 vectors (n, d).

    Pixels are rounded to the nearest of 0 / 255, 1 / 255, ..., 1; the log says how many are beyond.

    Args:
        decoder: of `network`; gives images in [0, 1].
        codes: shape (n, latent).
        batch: how many at once; changes the result by no more than rounding.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: the codes are of another size, or not all finite, or the decoder gives neither
            images nor vectors, or numbers that are not finite, which are no shade of grey.
    """
    parts, beyond = [], 0
    for part in _parts(codes, "codes", batch):
        made = decoder(part.astype(np.float32))[0]
        if made.ndim not in (2, 4):
            raise ValueError(f"got {made.shape} of a decoder; wanted (n, c, h, w) or (n, d)")
        _finite(made, "the decoder")
        if made.ndim == 4:
            made *= 255
            beyond += np.count_nonzero((made < -0.5) | (made > 255.5))
            made = np.rint(made, out=made).clip(0, 255).astype(np.uint8)
        parts.append(made)
    if beyond:
        log.info("%d values of %d images were beyond black or white, and cut", beyond, len(codes))
    return np.concatenate(parts)


def _finite(made, what):
    """What a network makes, unless some of it is no number."""
    if bad := np.count_nonzero(~np.isfinite(made)):
        raise ValueError(
            f"{bad} of {made.size} numbers that {what} made are not finite; look at how it was "
            "trained, with too high a learning rate, say"
        )
    return made


def _parts(values, what, batch):
    array = real(values, what)
    if not len(array):
        raise ValueError(f"got an array of shape {array.shape}; wanted at least one row")
    if array.dtype.kind == "f" and (bad := np.count_nonzero(~np.isfinite(array))):
        raise ValueError(f"{bad} of {array.size} {what} are not finite; leave out their rows")
    return (array[start : start + batch] for start in range(0, len(array), batch))
