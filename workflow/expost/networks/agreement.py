"""Whether the shapes of two ONNX files agree with the data, and with one another."""

from collections.abc import Iterable
from dataclasses import replace
from math import prod
from pathlib import Path

from ..io.escaping import name_shown
from ..io.onnx_shapes import Value
from ..io.untrusted import some
from .border import LAYOUTS, Border

PIXELS = [0, 255]  # the range of uint8
LONGEST = 40  # letters of a name in a message
Shape = tuple[int | None, ...]


def check_item(path: str | Path, value: Value, what: str, border: Border) -> None:
    """Refuse an input or output that cannot be the data, as they are or flat.

    Args:
        path: of the file.
        value: its input or output.
        what: it does with it, `takes` or `gives`.
        border: what is said of the data; of an unknown shape, nothing is asked.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if value.type == "uint8" and border.range not in (None, (0, 255)):
        low, high = border.range
        raise ValueError(
            f"{name_shown(path)} {what} uint8, whose range is {PIXELS}; got range [{low:g}, "
            f"{high:g}]: write `range: {PIXELS}`"
        )
    if border.item is None or value.shape is None:
        return  # the job sees
    if any(_agree(form, value.shape[1:]) for form in border.forms):
        return
    other = [layout for layout in LAYOUTS if border.layout not in (None, layout)]
    turned = [one for one in other if _agree(replace(border, layout=one).item, value.shape[1:])]
    hint = f"write `layout: {turned[0]}`" if turned else "give the data set another `size`, or "
    hint += "" if turned else "take an autoencoder of such data"
    wanted = " or ".join(_sides(form) for form in border.forms)
    raise ValueError(
        f"{name_shown(path)} {what} {shown(value)}; wanted {wanted}, as the data set has "
        f"{'images' if border.layout else 'vectors'} of {'x'.join(map(str, border.shape))}: {hint}"
    )


def check_type(path: str | Path, what: str, value: Value) -> None:
    """Refuse codes of whole numbers; arguments and errors are as of `check_item`."""
    if value.type == "uint8":
        raise ValueError(f"{name_shown(path)} {what} uint8; wanted numbers with a point")


def latent(encoder, gives: Value, decoder, takes: Value, said: Shape | None) -> tuple[int, ...]:
    """The shape of a code, by what the encoder gives, what the decoder takes, and the entry.

    Sides of 1 make no difference, and either file may have codes flat.

    Raises:
        ValueError: the three do not agree, or none of them says it.
    """
    one, other = (None if value.shape is None else value.shape[1:] for value in (gives, takes))
    known = [shape for shape in (other, said, one) if shape is not None and None not in shape]
    if other is not None and len(other) > 1:
        known = [shape for shape in known if len(shape) == len(other)]
    whole = next(iter(known), None)
    if whole is None:
        raise ValueError(
            f"neither {name_shown(encoder)}, which gives codes of {shown(gives)}, nor "
            f"{name_shown(decoder)}, which takes {shown(takes)}, says the shape of a code; add it "
            "to the entry, as in `latent: [8, 4, 4]`, or export them with it"
        )
    for path, what, value in ((encoder, "gives", gives), (decoder, "takes", takes)):
        if value.shape is not None and not _alike(whole, value.shape[1:]):
            raise ValueError(
                f"{name_shown(path)} {what} codes of {shown(value)}; wanted {_sides(whole)}, as "
                f"{'the entry says' if whole == said else 'the other file has'}: take two files of "
                "one autoencoder"
            )
    if said is not None and not _alike(whole, said):
        raise ValueError(
            f"got `latent: {[*said]}`, but {name_shown(encoder)} and {name_shown(decoder)} have "
            f"codes of {_sides(whole)}; correct it or leave it out"
        )
    return whole


def _alike(wanted: Shape, got: Shape) -> bool:
    """Whether two shapes are of the same codes: sides of 1 aside, or flat."""
    flat = len(wanted) == 1 or len(got) == 1  # as many numbers in the same order
    if flat and (None in got or prod(got) == prod(wanted)):
        return True
    return _agree([side for side in wanted if side != 1], [side for side in got if side != 1])


def _agree(wanted, got) -> bool:
    """Whether sides that are known are the wanted ones."""
    same = len(wanted) == len(got)
    return same and all(g in (None, w) for w, g in zip(wanted, got, strict=True))


def shown(value: Value) -> str:
    """An input or output as messages name it."""
    if value.type is None:
        return "of another type"
    return value.type if value.shape is None else f"{value.type} {_sides(value.shape[1:])}"


def _sides(shape: Shape) -> str:
    return f"(n, {', '.join('any' if side is None else str(side) for side in shape)})"


def listed(names: Iterable[str]) -> str:
    """Names from a file, not too many and not too long."""
    return some([name_shown(name)[:LONGEST] for name in names]) or "none"
