"""A trained autoencoder of PyTorch modules as the two ONNX files that studies take."""

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import nn

from ..io import files
from ..networks.border import LAYOUTS, Border
from ..networks.onnx_runtime import Network
from ..networks.pretrained import fit
from .pretrained import adapted

BATCHES = (1, 3)  # that are tried
CLOSE = {torch.float16: 1e-2, torch.bfloat16: 1e-2}  # of the largest number; others round finer
USUAL = 1e-4
OPSET = 18  # version of ONNX's operations


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
    float64: export those as `module.float()`.

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
        TypeError: they are no modules, or give no single tensor.
        ValueError: they give another shape than said, depend on chance, or ONNX cannot say what
            they do, so that the files would compute something else.

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
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "encoder.onnx", folder / "decoder.onnx"
    images = len(shape) == 3
    border = Border(tuple(shape), range if images else None, LAYOUTS[0] if images else None)
    units = np.random.default_rng(0).random((max(BATCHES), *shape), dtype=np.float32)
    low, high = range if images else (0, 1)
    with _evaluating(encoder, decoder), torch.no_grad():
        data = units * np.float32(high - low) + np.float32(low)
        codes = _made(encoder, data, "encoder")
        decoded = _made(decoder, codes, "decoder")
        if decoded.shape != data.shape:
            raise ValueError(
                f"got {decoded.shape} of the decoder; wanted {data.shape}, as the encoder is given"
            )
        for module, x, path in ((encoder, data, paths[0]), (decoder, codes, paths[1])):
            _write(module, _given(module, x[:2]), path)
    latent = fit(*paths, border).latent
    with TemporaryDirectory() as made:
        networks = adapted(paths, border, (Path(made, "e"), Path(made, "d")))
        flat = codes.reshape(len(codes), -1)
        wanted = (decoded - np.float32(low)) / np.float32(high - low)
        _compare(paths[0], networks[0], units, flat, encoder)
        _compare(paths[1], networks[1], flat, wanted, decoder)
    said = {"encoder": str(paths[0].resolve()), "decoder": str(paths[1].resolve())}
    said |= {"range": list(range), "layout": border.layout} if images else {}
    entry = ", ".join(f"{key}: {json.dumps(value)}" for key, value in said.items())
    return f"autoencoders:\n  mine: {{{entry}}} # a code has the shape {latent}\n"


@contextmanager
def _evaluating(*modules: nn.Module) -> Iterator[None]:
    """All modules in evaluation, and afterwards each of their parts as it was."""
    parts = [part for module in modules for part in module.modules()]
    before = [part.training for part in parts]
    for module in modules:
        module.eval()
    try:
        yield
    finally:
        for part, training in zip(parts, before, strict=True):
            part.training = training


def _given(module: nn.Module, values: np.ndarray) -> torch.Tensor:
    """Values where a module computes, in its numbers."""
    first = next(module.parameters(), torch.zeros(()))
    return torch.from_numpy(values).to(first.device, first.dtype)


def _made(module: nn.Module, values: np.ndarray, name: str) -> np.ndarray:
    """What a module makes of values, float32, if it is the same a second time."""
    made, again = module(_given(module, values)), module(_given(module, values))
    if not isinstance(made, torch.Tensor):
        raise TypeError(
            f"got {type(made).__name__} of the {name}; wanted a tensor: of a mean and a variance, "
            "say, wrap it in a module that returns the mean"
        )
    if not torch.equal(made, again):
        raise ValueError(
            f"the {name} makes something else each time; export one without chance, as of the mean"
        )
    if made.ndim < 2 or len(made) != len(values):
        raise ValueError(f"got {tuple(made.shape)} of the {name}; wanted ({len(values)}, ...)")
    return made.float().cpu().numpy()


def _write(module: nn.Module, x: torch.Tensor, path: Path) -> None:
    """By tracing: PyTorch's other exporter wants more packages."""
    with warnings.catch_warnings(), files.whole(path) as temporary:
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            *(module, (x,), temporary),
            dynamo=False,
            opset_version=OPSET,
            input_names=["x"],
            output_names=["y"],
            dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
        )


def _compare(path: Path, network: Network, x: np.ndarray, wanted: np.ndarray, module) -> None:
    """Refuse a file that computes something else than its module did."""
    bound = CLOSE.get(_given(module, x).dtype, USUAL) * max(1, float(np.abs(wanted).max()))
    for rows in BATCHES:
        if (most := float(np.abs(network(x[:rows])[0] - wanted[:rows]).max())) > bound:
            raise ValueError(
                f"{path} makes of {rows} at once something else than PyTorch, by up to {most:g} "
                f"(wanted {bound:g} at most); write the module without Python that looks at values "
                "or at the number of rows, or export it another way"
            )
