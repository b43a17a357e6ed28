"""Samplers with other options, each under a name, and so a path, of its own."""

from typing import NamedTuple

from .. import samplers
from ..runtime import option_values
from . import sampler_checks


class Line(NamedTuple):
    """One option of one sampler, turned from value to value.

    Attributes:
        autoencoder: whose codes it is fitted to, as the figure writes it.
        sampler: the name whose option is turned.
        option: the knob.
        values: what it is set to, in the order of the study.
        names: the sampler's name at each of them: its own where it is set so.
    """

    autoencoder: str
    sampler: str
    option: str
    values: tuple
    names: tuple[str, ...]


def lines(knobs: dict, entries: dict, where: str) -> list[Line]:
    """The knobs of a figure that are given values.

    Args:
        knobs: method -> option of its sampler -> values.
        entries: sampler -> its options; one that is not there has its defaults.
        where: the figure, for messages.

    Raises:
        ValueError: no such sampler, option, or value of one; says where.
    """
    found = []
    for method, options in knobs.items():
        autoencoder, sampler = method.split("/")
        entry = entries.get(sampler, {})
        if entry.get("sampler", sampler) not in samplers.names():
            known = dict.fromkeys([*entries, *samplers.names()])
            raise ValueError(
                f"got unknown sampler {sampler!r} in the knobs of {where}; wanted one of "
                f"{', '.join(known)}{option_values.close(sampler, known)}"
            )
        own = sampler_checks.built(sampler, entry, where).get_params()
        for option, values in options.items():
            if option not in own:
                raise ValueError(
                    f"sampler {sampler!r} has no option {option!r} in the knobs of {where}; "
                    f"known are {', '.join(own) or 'none'}{option_values.close(option, own)}"
                )
            for value in values:
                changed = entry | {"sampler": entry.get("sampler", sampler), option: value}
                knob = f"the knob {method}: {option} of {where}"
                sampler_checks.built(sampler, changed, knob)
            names = tuple(
                sampler if value == own[option] else name_of(sampler, option, value)
                for value in values
            )
            found.append(Line(autoencoder, sampler, option, tuple(values), names))
    return [line for line in found if line.values]


def entries_of(sweeps: list[Line], entries: dict) -> dict:
    """The entries of all samplers that the knobs stand for: their sampler's but for one option."""
    found = {}
    for line in sweeps:
        entry = entries.get(line.sampler, {})
        entry = entry | {"sampler": entry.get("sampler", line.sampler)}
        for name, value in zip(line.names, line.values, strict=True):
            if name != line.sampler:
                found[name] = entry | {line.option: value}
    return found


def methods(sweeps: list[Line]) -> list[str]:
    """All methods that the knobs stand for, each sampler as it is configured first."""
    pairs = [
        f"{line.autoencoder}/{name}" for line in sweeps for name in (line.sampler, *line.names)
    ]
    return list(dict.fromkeys(pairs))


def name_of(turned: str, option: str, value) -> str:
    """The name of a sampler, or of an autoencoder, with one option of another value."""
    return f"{turned}-{option}-{'null' if value is None else value}"


def parts(name: str) -> tuple[str, str | None, str | None]:
    """What is turned, option and value in a name; without these, the name itself and None twice."""
    turned, *knob = name.split("-", 2)
    return (turned, *knob) if len(knob) == 2 else (name, None, None)
