"""What must be true of a sampler's options before anything is run for it."""

from .. import samplers
from ..samplers.base import Sampler
from . import definitions


def built(name: str, entry: dict, where: str) -> Sampler:
    """The sampler of an entry.

    Raises:
        ValueError: there is no such sampler or option, or a value that cannot be; says where.
    """
    if name in samplers.names() and entry.get("sampler", name) != name:
        raise ValueError(
            f"got the sampler {entry['sampler']!r} for the entry {name!r}, which is another one's "
            f"name, in {where}; give the entry a name of its own"
        )
    try:
        return samplers.build(name, **entry)
    except ValueError as error:
        raise ValueError(f"{error} ({name!r} in {where})") from None


def check(study: dict, name: str) -> None:
    """Refuse entries of samplers that cannot be made, on whatever data set.

    Raises:
        ValueError: see `built`.
    """
    for sampler, entry in study.get("samplers", {}).items():
        for dataset in (None, *entry.get("on", {})):
            on = "" if dataset is None else f", on data set {dataset!r}"
            options = definitions.samplers(study, dataset)[sampler]
            built(sampler, options, f"`samplers` of study {name!r}{on}")


def fit_all(runs: list, plan, where: str) -> None:
    """Refuse runs whose sampler cannot be fitted to as few codes as they have, or as short ones.

    Args:
        runs: of a figure.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    with_sampler = (run for run in runs if hasattr(run, "sampler"))
    for run in dict.fromkeys(run._replace(epoch=0, seed=0) for run in with_sampler):
        latent = plan.training(run.dataset, run.autoencoder)["latent"]
        there = f"{where}, on data set {run.dataset!r}"
        fits(run.sampler, plan.sampler(run), run.size, latent, there)


def fits(name: str, entry: dict, size: int, latent: int, where: str) -> None:
    """Refuse a sampler that cannot be fitted to `size` codes of length `latent`.

    Raises:
        ValueError: what was got, what was wanted.
    """
    sampler = built(name, entry, where)
    try:
        sampler.check_shape(size, latent)
    except ValueError as error:
        raise ValueError(f"{error} ({name!r} in {where})") from None


def steady(sampler: Sampler) -> tuple[str, ...]:
    """Along which axes what a control shows stays the same."""
    if sampler.shows == "originals":
        return ("epoch", "size")
    picks = hasattr(sampler, "sample_rows") or sampler.source != "train"
    return ("size",) if picks else ()
