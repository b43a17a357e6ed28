"""Which samplers are compared: those that suit the number of codes and dimensions, or those named.

What is compared by default are all samplers of the registry that are no control, nor in
`OF_TRAININGS`, but those that

- want more codes, or more dimensions, than there are (`Sampler.check_shape`);
- need a package that is not installed;
- are in `ASKED_FOR`;
- would take more than `MOST_SECONDS` of a core for a fit, by what `reckoned` says.

Each that is left out is a sentence of the table's notes. What is asked for by name is compared
however long it takes.
"""

import re
from collections.abc import Iterable, Mapping

from .. import samplers as registry
from ..runtime import extras
from ..samplers.base import Sampler
from . import remarks

MOST_SECONDS = 60.0
ASKED_FOR = {  # name -> why it is compared only where it is asked for
    "second_vae": "flow_matching takes as long and was better wherever both were measured"
}
OF_TRAININGS = ("shrunk_prior",)  # laws that a training asks for, which say nothing of other codes
NAME = re.compile(r"\w[\w.+-]*")


def chosen(samplers, n: int, d: int, draws: int) -> tuple[dict[str, Sampler], list[str]]:
    """The samplers to compare, unfitted, by name, and what is to be known of those left out.

    Args:
        samplers: None for all that suit; or names, instances, or {name: instance or name}.
        n: codes a fit.
        d: dimensions.
        draws: new codes.

    Raises:
        TypeError: something that is no sampler.
        ValueError: none, an unknown name, or one name twice.
        ModuleNotFoundError: one that is asked for needs a package that is not installed.
    """
    if samplers is None:
        return _suited(n, d, draws)
    if isinstance(samplers, str | Sampler) or not isinstance(samplers, Iterable):
        samplers = [samplers]
    pairs = list(samplers.items() if isinstance(samplers, Mapping) else map(_named, samplers))
    if not pairs:
        raise ValueError("got no samplers to compare; wanted at least one, or None for all")
    found = {}
    for name, one in pairs:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise ValueError(f"got the name {name!r} of a sampler; wanted letters, digits, . + - _")
        if name in registry.ORIGINALS:
            raise ValueError(f"{name!r} stands in every comparison, as a control; leave it out")
        if name in found:
            raise ValueError(
                f"got two samplers called {name!r}; give each a name: {{'a': ..., 'b': ...}}"
            )
        found[name] = _built(one)
        extras.check(f"sampler {name!r}", found[name].libraries)
    return found, []


def reckoned(name: str, n: int, d: int, draws: int) -> float:
    """About how many seconds of a core a fit, its draws and their densities take.

    Laws of growth with constants measured on x86-64 with AVX-512 at 1,500 to 8,000 codes of 16 to
    256 dimensions; off by a factor of two or three elsewhere. What is not known here, a sampler of
    somebody's own for one, counts as nothing.

    Args:
        name: of a sampler of the registry.
        n: codes a fit.
        d: dimensions.
        draws: new codes, and as many densities of each of two kinds.
    """
    trees = min(15, d - 1)
    pairs = trees * (2 * d - trees - 1) / 2
    kernels = 5.5e-9 * n * draws * d
    return {
        "gaussian": 2e-9 * n * d**2,
        "independent": kernels,
        "shrunk_prior": kernels,
        "kde": 1.5e-8 * n**2 * (1 + d / 300),
        "gmm": 2e-8 * n * d * (d + 100),
        "vine": 6e-6 * pairs * n,
        "empirical_beta": kernels,
        "real_nvp": 3e-3 * n,
        "second_vae": 5 + 6e-3 * n + 0.1 * d,
        "flow_matching": 4 + 1.5e-3 * n + 0.3 * d + 1e-4 * draws * d,
    }.get(name, 0.0)


def _suited(n: int, d: int, draws: int) -> tuple[dict[str, Sampler], list[str]]:
    found, notes = {}, []
    for name in registry.names():
        if name in registry.CONTROLS or name in OF_TRAININGS:
            continue
        sampler = registry.build(name)
        try:
            sampler.check_shape(n, d)
        except ValueError as error:
            notes.append(f"{name} is left out: {error}.")
            continue
        if lacking := extras.missing(sampler.libraries):
            text = f"{name} is left out, as it needs the package {lacking}; install that."
            notes.append(remarks.Caveat(text, remarks.MISSING, f"{name} ({lacking})"))
        elif name in ASKED_FOR:
            notes.append(
                f"{name} is left out, as {ASKED_FOR[name]}; samplers=['{name}', ...] compares it "
                "all the same."
            )
        elif (seconds := reckoned(name, n, d, draws)) > MOST_SECONDS:
            text = (
                f"{name} is left out, as a fit to {n} codes of {d} dimensions would take about "
                f"{seconds:.0f} s; samplers=['{name}', ...] compares it all the same."
            )
            notes.append(remarks.Caveat(text, remarks.SLOW, f"{name} ({seconds:.0f} s a fit)"))
        else:
            found[name] = sampler
    if not found:
        raise ValueError(f"no sampler suits {n} codes of {d} dimensions: {' '.join(notes)}")
    return found, notes


def _named(one) -> tuple[str, object]:
    """A sampler with the name it is registered by, or with that of its class."""
    if isinstance(one, str):
        return one, one
    known = {class_name: name for name, class_name in registry.SAMPLERS.items()}
    kind = type(one).__name__
    return known.get(kind, kind), one


def _built(one) -> Sampler:
    if isinstance(one, str):
        return registry.build(one)
    if not isinstance(one, Sampler):
        hint = ", with its brackets" if isinstance(one, type) else ""
        raise TypeError(
            f"got {one!r} for a sampler; wanted a name, or an instance{hint}, of a subclass of "
            "expost.Sampler"
        )
    return one
