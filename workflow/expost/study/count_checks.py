"""Whether data sets have as many images as figures want of them, where that is known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .. import samplers
from .figures import Figure, listed
from .runs import Run

FEWEST = {"size": 2, "draws": 10, "pairs": 1}  # as the schema has it


@dataclass(frozen=True)
class Excess:
    """A number of a figure that is too large for a data set.

    Attributes:
        key: of the study or the figure: size, draws or pairs.
        value: what it is.
        most: what it could be.
        has: the reason, in words.
        study: whose trainings hold out too few images, where that is the reason.
    """

    key: str
    value: int
    most: int
    has: str
    study: str = ""


def check(figures: Iterable[Figure], plan) -> None:
    """Refuse figures that want more codes, draws or pairs than a data set has images for.

    Args:
        figures: those to look at.
        plan: the `Plan`.

    Raises:
        ValueError: a line for each number that is too large, with the figures that want it, what
            the data set has and the most that it allows; and last what to write.
    """
    figures = list(figures)
    for name in plan.data_sets:
        wanted: dict[Excess, list[Figure]] = {}
        for figure in figures:
            for excess in _of_figure(figure, name, plan):
                wanted.setdefault(excess, []).append(figure)
        if wanted:
            in_order = sorted(wanted.items(), key=lambda item: (item[0].key, item[0].most))
            lines = [f"got {e.key} {e.value} in {listed(f)}; {e.has}" for e, f in in_order]
            raise ValueError("\n".join([*lines, _remedy(name, wanted, plan)]))


def check_file(target: str, plan) -> None:
    """Refuse a file of a run that wants more codes or draws than its data set has images for.

    Args:
        target: a path, of a run or of anything else.
        plan: the `Plan`.

    Raises:
        ValueError: what is too large, and what it could be.
    """
    found = re.search(r"(?:^|/)runs/([^/]+)/([^/]+)/[^/]+/[^/]+/([^/]+)/n(\d+)m(\d+)/", target)
    known = found and found[1] in plan.data_sets and found[2] in plan.autoencoders()
    if not known or found[3] not in plan.samplers():
        return
    run = Run(*found.groups()[:3], epoch=0, size=int(found[4]), draws=int(found[5]), seed=0)
    for excess in _excesses(run.dataset, [run], run.draws, plan):
        raise ValueError(f"got {excess.key} {excess.value} in {target}; {excess.has}")


def _excesses(name: str, runs: list[Run], draws: int, plan) -> list[Excess]:
    """What of runs of so many draws is too large for their data set."""
    kept = {run: plan.training(name, run.autoencoder).get("validation", 0) for run in runs}
    sources = {run: samplers.build(run.sampler, **plan.sampler(run)).source for run in runs}
    found = []
    for run, held in kept.items():
        if sources[run] == "validation" and draws > held:
            study = run.autoencoder.partition(".")[0]
            has = (
                f"{run.sampler} wants that many of the images of {name} that trainings of {study} "
            )
            has += f"hold out, which are {held}: set `validation` to {draws} or more"
            has += f", or draws to {held} or fewer" if held >= FEWEST["draws"] else ""
            found.append(Excess("draws", draws, held, has, study))
    if (counts := plan.data_sets[name].counts) is None:
        return found  # the jobs check it
    train, test = counts
    for size, held in sorted({(run.size, held) for run, held in kept.items()}):
        if size > (most := train - held):
            has = f", of which {held} are held out for validation, so take {most} or fewer"
            has = has if held else ", so take that or fewer"
            found.append(Excess("size", size, most, f"{name} has {train} training images{has}"))
    parts = 2 if "held_out" in sources.values() else 1
    has = f"{name} has {test} test images, of which the reference "
    has += "and the control held_out want that many each" if parts == 2 else "wants that many"
    if draws * parts > test:
        most = test // parts
        found.append(Excess("draws", draws, most, f"{has}: at most {most}"))
    return found


def _of_figure(figure: Figure, name: str, plan) -> list[Excess]:
    runs, found = figure.runs_of(name) if name in figure.datasets else [], []
    if runs and figure.kind.of == "methods":
        runs = [*dict.fromkeys(run._replace(epoch=0, seed=0) for run in runs)]
        found = _excesses(name, runs, figure.draws, plan)
    counts = plan.data_sets[name].counts
    if runs and counts and 2 * (pairs := figure.options.get("pairs", 0)) > (test := counts[1]):
        has = f"{name} has {test} test images, each in one pair: at most {test // 2}"
        found.append(Excess("pairs", pairs, test // 2, has))
    return found


def _remedy(name: str, wanted: dict[Excess, list[Figure]], plan) -> str:
    """What to write into the config, or what the data set lacks."""
    import yaml

    few = [excess for excess in wanted if excess.most < FEWEST[excess.key]]
    if few := [excess for excess in few if not excess.study]:
        part = "training" if few[0].key == "size" else "test"
        return f"That is too few for any figure: give {name} more {part} data"
    changes: dict[str, dict] = {}
    for excess, figures in wanted.items():
        held_out = excess.study and excess.most < FEWEST["draws"]
        if held_out:
            training = changes.setdefault(excess.study, {}).setdefault("training", {})
            training["validation"] = max(excess.value, training.get("validation", 0))
        for figure in [] if held_out else figures:
            study = plan.studies[figure.study]
            own = figure.options | study["figures"][figure.name]
            for key in ("size", "sizes") if excess.key == "size" else (excess.key,):
                value = own.get(key, study.get(key))
                if (lowered := _lowered(value, excess.most)) == value:
                    continue
                into = changes.setdefault(figure.study, {})
                if key in own:
                    into = into.setdefault("figures", {}).setdefault(figure.name, {})
                into[key] = min(lowered, into.get(key, lowered))
    text = yaml.safe_dump({"overrides": changes}, default_flow_style=True, width=10**6)
    more = "" if all(excess.study for excess in wanted) else f", or give {name} more data"
    return f"Write `{text.strip()[1:-1]}` into the config{more}"


def _lowered(value: int | list | str | None, most: int) -> int | list | str | None:
    """A number, or those of a list, where they are larger; words as they are."""
    if isinstance(value, list):
        return list(dict.fromkeys(min(one, most) for one in value))
    return min(value, most) if isinstance(value, int) else value
