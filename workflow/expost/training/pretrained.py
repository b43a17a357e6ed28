"""An autoencoder that was trained elsewhere, taken in as if a training here had left it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx

from ..io import files
from ..io.escaping import name_shown
from ..io.untrusted import named
from ..networks import border_graph, pretrained
from ..networks.border import Border
from ..networks.onnx_runtime import Network
from ..runtime.log import log
from .encode_decode import BATCH, encode

ADVICE = "export it again, set to evaluate, or correct the autoencoder's entry"
LEVEL = 1 / 255  # a level of grey, in units of the range
CLOSE = 1e-3  # of the spread: rounding, in float16 too


def take_in(
    sources: tuple[Path, Path],
    about: Border,
    clip: bool,
    data: np.ndarray,
    made: tuple[Path, Path],
) -> None:
    """Write an autoencoder's two files as trainings do, and try them on some data.

    Args:
        sources: its encoder and decoder, ONNX.
        about: what is said of them; the shape of the data is known.
        clip: whether values of the decoder beyond the range are cut off, and not refused.
        data: the first of the training part, uint8 images (n, c, h, w) or vectors (n, d).
        made: the files to write.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the files do not fit together, or to the data; or what they make of them is not
            finite, of another shape or range, or depends on chance or on the rest of the batch;
            names the file.
    """
    networks = adapted(sources, about, made)
    _try(sources, networks, about, clip, data[:BATCH])


def adapted(sources: tuple[Path, Path], about: Border, made: tuple[Path, Path]) -> list[Network]:
    """Write an autoencoder's two files as trainings do; arguments and errors are `take_in`'s."""
    fitted, networks = pretrained.fit(*sources, about), []
    for source, path, change in zip(
        sources, made, (border_graph.encoder, border_graph.decoder), strict=True
    ):
        with named(source, ADVICE, f"is no {change.__name__} that can be used"):
            model = onnx.load_model_from_string(source.read_bytes())
            content = change(model, fitted, about).SerializeToString(deterministic=True)
            with files.whole(path) as temporary:
                temporary.write_bytes(content)
            networks.append(Network(path))
    return networks


def _try(sources, networks, about, clip, data) -> None:
    with named(sources[0], ADVICE, "is no encoder of this data"):
        codes = _steady(lambda part: encode(networks[0], part), data)
    with named(sources[1], ADVICE, "is no decoder of these codes"):
        decoded = _steady(lambda part: networks[1](part)[0], codes)
        if decoded.shape != data.shape:
            raise ValueError(f"got {decoded.shape} of {len(data)} codes; wanted {data.shape}")
    if about.range is None:
        return
    low, high = about.range
    least, most = (low + (high - low) * float(end) for end in (decoded.min(), decoded.max()))
    if not clip and (decoded.min() < -LEVEL / 2 or decoded.max() > 1 + LEVEL / 2):
        raise ValueError(
            f"{name_shown(sources[1])} makes values from {least:g} to {most:g} of the codes of "
            f"{len(data)} training images; wanted the range [{low:g}, {high:g}]: correct `range`, "
            "or add `clip: true`, and what is beyond is cut off"
        )
    images = data / np.float32(255)
    error = np.square(decoded.clip(0, 1) - images).mean()
    if len(data) > 1 and error > np.square(images.mean(axis=0) - images).mean():
        log.warning(
            "of the first %d training images, %s and %s make something less like them than their "
            "mean is (values from %g to %g): are `range` and `layout` right?",
            *(len(data), *map(name_shown, sources), least, most),
        )


def _steady(compute: Callable, values: np.ndarray) -> np.ndarray:
    """What is made of values, if that is so again, and of each of the first of them alone."""
    made = compute(values)
    alone = np.concatenate([compute(values[i : i + 1]) for i in range(min(3, len(values)))])
    spread = max(float(made.std()), float(np.abs(made).mean()))
    for again, what in (
        (compute(values), "is something else each time"),
        (alone, "depends on what else is in the batch"),
    ):
        if (most := float(np.abs(made[: len(again)] - again).max())) > CLOSE * spread:
            raise ValueError(
                f"what it makes {what}, by up to {most:g} where the spread is {spread:g}: name an "
                "output without chance by `output`, or export it set to evaluate"
            )
    return made
