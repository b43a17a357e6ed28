"""What a paper says of its trainings, data set by data set, and what ours have otherwise."""

from collections.abc import Iterable, Mapping

from ..runtime import option_values
from ..training import settings
from .paper_places import on

NUMBERS = ("epochs", "images", "size")  # beside the settings of a training


def check(said: Mapping, datasets: Iterable[str], where: str) -> None:
    """Refuse settings that no training has, and data sets that the paper has no numbers of.

    Args:
        said: see `on`.
        datasets: of which the paper has numbers.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    datasets, places = list(datasets), said.get("on", {})
    known = (*settings.DEFAULTS, *NUMBERS)
    if not isinstance(places, Mapping) or not all(isinstance(v, Mapping) for v in places.values()):
        raise ValueError(f"got `on: {places!r}` in {where}; wanted data sets, each with a mapping")
    if unknown := [name for name in places if name not in datasets]:
        raise ValueError(
            f"got paper_settings on {', '.join(unknown)} in {where}; the paper has numbers of "
            f"{', '.join(datasets)}{option_values.close(unknown[0], datasets)}"
        )
    for dataset in datasets:
        found = on(said, dataset)
        if unknown := [key for key in found if key not in known]:
            raise ValueError(
                f"got paper_settings {', '.join(unknown)} in {where}; known are "
                f"{', '.join(known)} and on{option_values.close(unknown[0], known)}"
            )
        for key in NUMBERS:
            option_values.count(f"paper_settings.{key} in {where}", found.get(key, 1))
        _check_values(found, where)


def _check_values(found: Mapping, where: str) -> None:
    """Refuse values that no training could have; options are of an objective, which is not said."""
    usual = {"objective": "ae", "epochs": [1], "validation": 1}
    unknown = {key: {} for key in ("options", "players") if key in found}
    said = {key: value for key, value in found.items() if key not in NUMBERS} | unknown
    for key, name in (("optimiser", "name"), ("schedule", "kind")):
        if isinstance(said.get(key), str):
            said[key] = {name: said[key]}
    try:
        settings.resolve(usual | said)
    except ValueError as error:
        raise ValueError(f"{error} (paper_settings in {where})") from None


def differences(plan, figure, said: Mapping) -> dict[str, dict[str, list[str]]]:
    """How the trainings behind a figure differ from a paper's, in words.

    Args:
        plan: the `Plan`.
        figure: whose runs are compared with the paper.
        said: see `on`.

    Returns:
        By data set and by the autoencoder's name in the figure.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for run in dict.fromkeys(run._replace(epoch=0, seed=0) for run in figure.runs):
        of, name = found.setdefault(run.dataset, {}), figure.display(run)
        if plan.is_pretrained(run.autoencoder):
            of[name] = ["trained elsewhere"]
        elif name not in of:
            ours = settings.resolve(plan.training(run.dataset, run.autoencoder))
            theirs = {k: v for k, v in on(said, run.dataset).items() if k not in NUMBERS}
            of[name] = _differing(ours, theirs)
            counts, images = plan.data_sets[run.dataset].counts, on(said, run.dataset).get("images")
            if images and counts and counts[0] - ours["validation"] != images:
                trained = counts[0] - ours["validation"]
                of[name].append(f"trained on {trained} images, not {images}")
    return found


def _differing(ours: Mapping, theirs: Mapping, of: str = "") -> list[str]:
    """Settings that are other than said; of a mapping each by itself, a name standing for one."""
    found = []
    for key, said in theirs.items():
        own, name = ours.get(key), f"{of}{key.replace('_', ' ')}"
        if isinstance(said, Mapping) and isinstance(own, Mapping):
            found += _differing(own, said, f"{name}'s ")
        elif own != said and not (isinstance(own, Mapping) and own == {"name": said}):
            found.append(f"{name} {_words(own)}, not {_words(said)}")
    return found


def _words(value) -> str:
    if isinstance(value, Mapping):
        name, options = value.get("name", ""), {k: v for k, v in value.items() if k != "name"}
        in_words = ", ".join(f"{key} {_words(one)}" for key, one in options.items())
        return f"{name} ({in_words})" if options else name
    return "unsaid" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
