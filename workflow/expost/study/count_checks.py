"""Whether data sets have as many images as figures want of them, where that is known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .figures import Figure

FEWEST = {"size": 2, "draws": 10, "pairs": 1}  # as the schema has it
SHOWN = 3  # figures that a line names


@dataclass(frozen=True)
class Excess:
    """A number of a figure that is too large for a data set.

    Attributes:
        key: of the study or the figure: size, draws or pairs.
        value: what it is.
        most: what it could be.
        has: the reason, in words.
    """

    key: str
    value: int
    most: int
    has: str


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
    for name, known in plan.data_sets.items():
        wanted: dict[Excess, list[Figure]] = {}
        for figure in figures if known.counts else ():  # else the jobs check it
            for excess in _of_figure(figure, name, known.counts, plan):
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
    found = re.search(r"(?:^|/)runs/([^/]+)/(?:[^/]+/){3}([^/]+)/n(\d+)m(\d+)/", target)
    known = plan.data_sets.get(found[1]) if found else None
    if known is None or known.counts is None:
        return
    sampler, size, draws = found[2], int(found[3]), int(found[4])
    for excess in _excesses(found[1], known.counts, [size], draws, {sampler}):
        raise ValueError(f"got {excess.key} {excess.value} in {target}; {excess.has}")


def _excesses(
    name: str, counts: tuple[int, int], sizes: list[int], draws: int, samplers: set[str]
) -> list[Excess]:
    """What of runs of these sizes and draws, by these samplers, is too large for a data set."""
    train, test = counts
    has = f"{name} has {train} training images, so take that or fewer"
    found = [Excess("size", size, train, has) for size in sizes if size > train]
    parts = 2 if "held_out" in samplers else 1
    has = f"{name} has {test} test images, of which the reference "
    has += "and the control held_out want that many each" if parts == 2 else "wants that many"
    if draws * parts > test:
        most = test // parts
        found.append(Excess("draws", draws, most, f"{has}: at most {most}"))
    return found


def _of_figure(figure: Figure, name: str, counts: tuple[int, int], plan) -> list[Excess]:
    test, runs, found = counts[1], figure.runs_of(name) if name in figure.datasets else [], []
    if runs and figure.kind.of == "methods":
        sizes = sorted({run.size for run in runs})
        modules = {plan.sampler(run).get("sampler", run.sampler) for run in runs}
        found = _excesses(name, counts, sizes, figure.draws, modules)
    if runs and 2 * (pairs := figure.options.get("pairs", 0)) > test:
        has = f"{name} has {test} test images, each in one pair: at most {test // 2}"
        found.append(Excess("pairs", pairs, test // 2, has))
    return found


def listed(figures: list[Figure]) -> str:
    """Figures as a message names them."""
    if len(figures) == 1:
        return f"figure {figures[0].name!r} of study {figures[0].study!r}"
    some = ", ".join(repr(figure.name) for figure in figures[:SHOWN])
    more = f" and {len(figures) - SHOWN} more" if len(figures) > SHOWN else ""
    studies = ", ".join(repr(study) for study in dict.fromkeys(f.study for f in figures))
    return f"figures {some}{more} of study {studies}"


def _remedy(name: str, wanted: dict[Excess, list[Figure]], plan) -> str:
    """What to write into the config, or what the data set lacks."""
    import yaml

    if few := [excess for excess in wanted if excess.most < FEWEST[excess.key]]:
        part = "training" if few[0].key == "size" else "test"
        return f"That is too few for any figure: give {name} more {part} data"
    changes: dict[str, dict] = {}
    for excess, figures in wanted.items():
        for figure in figures:
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
    return f"Write `{text.strip()[1:-1]}` into the config, or give {name} more data"


def _lowered(value: int | list | str | None, most: int) -> int | list | str | None:
    """A number, or those of a list, where they are larger; words as they are."""
    if isinstance(value, list):
        return list(dict.fromkeys(min(one, most) for one in value))
    return min(value, most) if isinstance(value, int) else value
