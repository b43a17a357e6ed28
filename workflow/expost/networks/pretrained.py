"""An autoencoder that was trained elsewhere, as two ONNX files: whether they fit together.

Nothing here runs a network or reads its weights.
"""

from dataclasses import dataclass
from math import prod
from pathlib import Path

from ..io import onnx_shapes
from ..io.escaping import name_shown
from ..io.onnx_shapes import Value
from . import agreement
from .agreement import check_item, check_type, listed, shown
from .border import Border

MOST_ROWS = 4096  # at once; memory is taken for all of them


@dataclass(frozen=True)
class Side:
    """One of the two files: what it takes and gives.

    Attributes:
        input, output: names of what goes in and of what counts of what comes out.
        takes, gives: what they are.
    """

    input: str
    takes: Value
    output: str
    gives: Value

    @property
    def rows(self) -> int | None:
        """So many items at once it takes, and no other number; None where it takes any."""
        return self.takes.shape[0]


@dataclass(frozen=True)
class Fitted:
    """Both files, and the shape of a code between them, as the decoder takes it."""

    encoder: Side
    decoder: Side
    latent: tuple[int, ...]

    @property
    def length(self) -> int:
        """Of a code that is flattened."""
        return prod(self.latent)


def fit(encoder: str | Path, decoder: str | Path, border: Border) -> Fitted:
    """Look whether two files are an autoencoder of some data, by their heads.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: a file is no ONNX, keeps weights elsewhere, has operations that are not ONNX's;
            or has other inputs, outputs or shapes than the border, the data and the other file
            want; says which file, what it has and what is wanted.
    """
    one, other = _side(encoder, border.output), _side(decoder)
    for path, value, what in ((encoder, one.takes, "takes"), (decoder, other.gives, "gives")):
        check_item(path, value, what, border)
    check_type(encoder, "gives codes of", one.gives)
    check_type(decoder, "takes codes of", other.takes)
    return Fitted(
        one, other, agreement.latent(encoder, one.gives, decoder, other.takes, border.latent)
    )


def _side(path: str | Path, output: str | None = None) -> Side:
    heads = onnx_shapes.read(path)
    if len(heads.inputs) != 1:
        raise ValueError(
            f"{name_shown(path)} has the inputs {listed(heads.inputs)}; wanted one: export the "
            "network with all else inside it"
        )
    if output is None and len(heads.outputs) != 1:
        raise ValueError(
            f"{name_shown(path)} has the outputs {listed(heads.outputs)}; wanted one: name an "
            "encoder's that is the code, as in `output: mean`, or export a decoder with one"
        )
    if output is not None and output not in heads.outputs:
        raise ValueError(
            f"got output {output!r}, but {name_shown(path)} has {listed(heads.outputs)}"
        )
    ((name, takes),) = heads.inputs.items()
    result = next(iter(heads.outputs)) if output is None else output
    for value, what in ((takes, "takes"), (heads.outputs[result], "gives")):
        if value.type is None or (value.shape is not None and len(value.shape) < 2):
            raise ValueError(
                f"{name_shown(path)} {what} {shown(value)}; wanted an array of one of "
                f"{', '.join(onnx_shapes.TYPES.values())} with a row an item"
            )
    if takes.shape is not None and (takes.shape[0] or 1) > MOST_ROWS:
        raise ValueError(
            f"{name_shown(path)} takes {takes.shape[0]} items at once; wanted {MOST_ROWS} at most: "
            "export it for any number of them"
        )
    if takes.shape is None:
        raise ValueError(
            f"{name_shown(path)} does not say which shape its input has; export it with one"
        )
    return Side(name, takes, result, heads.outputs[result])
