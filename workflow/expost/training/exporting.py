"""A trained autoencoder of PyTorch modules as the two ONNX files that studies take."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import nn

from ..io import files, memory
from ..io.escaping import check_braces
from ..networks.border import LAYOUTS, Border, check_range
from ..networks.onnx_runtime import Network
from ..networks.pretrained import fit
from ..runtime.option_values import count
from . import tracing
from .pretrained import adapted

NAMES = ("encoder.onnx", "decoder.onnx")
BATCHES = (1, 3)  # that are tried
CLOSE = {torch.float16: 1e-2}  # of the largest number; others round finer
USUAL = 1e-4


def export(
    encoder: nn.Module,
    decoder: nn.Module,
    shape: tuple[int, ...],
    folder: str | Path = ".",
    *,
    range: tuple[float, float] = (0, 1),
) -> str:
    """Write an autoencoder as `encoder.onnx` and `decoder.onnx`, and try them against PyTorch.

    Both are set to evaluate meanwhile, and are afterwards as they were. ONNX runtime must make of
    random images the codes that the encoder makes, and of these what the decoder makes, one and
    three at once, within 1e-4 of the largest number (1e-2 in float16). It has no convolutions in
    float64: export those as `module.float()`. Of what is refused nothing is written, and earlier
    files stay.

    Args:
        encoder: from (n, *shape) to codes, (n, ...) of any shape; one output.
        decoder: from such codes to (n, *shape).
        shape: of an image, (c, h, w), or a vector, (d,).
        folder: where the files go; made if it is not there.
        range: what black and white are, to the encoder and of the decoder; of vectors of no effect.

    Returns:
        An entry for the `autoencoders` of a study or of `overrides`, in YAML, with the shape of a
        code as a comment.

    Raises:
        TypeError: they are no modules, or give no single tensor of real numbers.
        ValueError: shape or range cannot be; the modules cannot take what they are given, give
            another shape than said or numbers that are not finite, or depend on chance; or ONNX
            cannot say what they do, so that the files would compute something else.

    Example:
        >>> import tempfile
        >>> from torch import nn
        >>> from expost import export
        >>> encoder = nn.Sequential(nn.Flatten(), nn.Linear(64, 8))
        >>> decoder = nn.Sequential(nn.Linear(8, 64), nn.Sigmoid(), nn.Unflatten(1, (1, 8, 8)))
        >>> entry = export(encoder, decoder, (1, 8, 8), tempfile.mkdtemp())
        >>> entry.splitlines()[1].partition(":")[0].strip()
        'mine'
    """
    for name, module in (("encoder", encoder), ("decoder", decoder)):
        if not isinstance(module, nn.Module):
            raise TypeError(f"got {type(module).__name__} for the {name}; wanted a torch.nn.Module")
    shape = _sides(shape)
    images = len(shape) == 3
    low, high = check_range(range) if images else (0, 1)
    paths = [Path(folder, name) for name in NAMES]
    check_braces(*(path.resolve() for path in paths))
    border = Border(shape, (low, high) if images else None, LAYOUTS[0] if images else None)
    units = np.random.default_rng(0).random((max(BATCHES), *shape), dtype=np.float32)
    with _made_elsewhere() as made, tracing.evaluating(encoder, decoder), torch.no_grad():
        data = units * np.float32(high - low) + np.float32(low)
        codes = tracing.made(encoder, data, "encoder")
        decoded = tracing.made(decoder, codes, "decoder")
        if decoded.shape != data.shape:
            raise ValueError(
                f"got {decoded.shape} of the decoder; wanted {data.shape}, as the encoder is given"
            )
        written, changed = ([Path(made, part, name) for name in NAMES] for part in ("", "adapted"))
        tracing.write(encoder, data, written[0], "encoder")
        tracing.write(decoder, codes, written[1], "decoder")
        latent = fit(*written, border).latent
        networks = adapted(written, border, changed)
        flat = codes.reshape(len(codes), -1)
        wanted = (decoded - np.float32(low)) / np.float32(high - low)
        _compare(NAMES[0], networks[0], units, flat, encoder)
        _compare(NAMES[1], networks[1], flat, wanted, decoder)
        for source, path in zip(written, paths, strict=True):
            with files.whole(path) as temporary:
                shutil.copyfile(source, temporary)
    said = {"encoder": str(paths[0].resolve()), "decoder": str(paths[1].resolve())}
    said |= {"range": [low, high], "layout": border.layout} if images else {}
    entry = ", ".join(f"{key}: {json.dumps(value)}" for key, value in said.items())
    return f"autoencoders:\n  mine: {{{entry}}} # a code has the shape {latent}\n"


def _sides(shape) -> tuple[int, ...]:
    """The shape of an item, which must be that of an image or a vector."""
    if np.ndim(shape) != 1 or len(shape) not in (1, 3):
        raise ValueError(f"got the shape {shape!r}; wanted (c, h, w) of an image, (d,) of a vector")
    sides = tuple(int(count("a side of the shape", side)) for side in shape)
    size = 16 * max(BATCHES) * prod(sides)
    memory.check(size, f"trying items of the shape {sides}", "correct the shape")
    return sides


@contextmanager
def _made_elsewhere() -> Iterator[str]:
    """A folder that goes with all in it, and is not named where something is refused."""
    with TemporaryDirectory() as made:
        try:
            yield made
        except ValueError as error:
            raise ValueError(str(error).replace(f"{made}/", "").replace("adapted/", "")) from error


def _compare(name: str, network: Network, x: np.ndarray, wanted: np.ndarray, module) -> None:
    """Refuse a file that computes something else than its module did."""
    bound = CLOSE.get(tracing.given(module, x).dtype, USUAL) * max(1, float(np.abs(wanted).max()))
    for rows in BATCHES:
        if (most := float(np.abs(network(x[:rows])[0] - wanted[:rows]).max())) > bound:
            raise ValueError(
                f"{name} makes of {rows} at once something else than PyTorch, by up to {most:g} "
                f"(wanted {bound:g} at most); write the module without Python that looks at values "
                "or at the number of rows, or export it another way"
            )
