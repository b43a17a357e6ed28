"""Whether data sets have as many images as figures want of them, where that is known."""

import re
from collections.abc import Iterable

from .. import samplers
from . import definitions
from .excess import FEWEST, FOR_OTHERS, Excess, remedy
from .figures import Figure, listed
from .runs import Run

COLUMNS = 10  # images in a row of the lowest or the highest scores


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
            for excess in dict.fromkeys(_of_figure(figure, name, plan)):
                wanted.setdefault(excess, []).append(figure)
        if wanted:
            in_order = sorted(wanted.items(), key=lambda item: (item[0].key, item[0].most))
            lines = [f"got {e.key} {e.value} in {listed(f)}; {e.has}" for e, f in in_order]
            raise ValueError("\n".join([*lines, remedy(name, wanted, plan)]))


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
            place, who = _place_of_validation(run, plan)
            has = f"{run.sampler} wants that many of the images of {name} that trainings of {who} "
            has += f"hold out, which are {held}: set `validation` to {draws} or more"
            fits = held >= FEWEST["draws"]
            has += f", or draws to {held} or fewer" if fits else ""
            found.append(Excess("draws", draws, held, has, place, 0 if fits else draws))
    if (counts := plan.data_sets[name].counts) is None:
        return found  # the jobs check it
    train, test = counts
    for run, held in kept.items():
        if run.size > (most := train - held):
            has = f", of which {held} are held out for validation, so take {most} or fewer"
            has = f"{name} has {train} training images{has if held else ', so take that or fewer'}"
            place, fewer = _place_of_validation(run, plan)[0], train // FOR_OTHERS
            if held > most and place and fewer >= FEWEST["draws"]:
                has += f", or hold out {fewer} and take {train - fewer} or fewer"
                found.append(Excess("size", run.size, train - fewer, has, place, fewer))
            else:
                found.append(Excess("size", run.size, most, has))
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
    counts, pairs = plan.data_sets[name].counts, figure.options.get("pairs", 0)
    if runs and counts and 2 * pairs > (test := counts[1]):
        has = f"{name} has {test} test images, each in one pair: at most {test // 2}"
        found.append(Excess("pairs", pairs, test // 2, has))
    rows = figure.options.get("rows", 0)
    if runs and counts and 2 * COLUMNS * rows > (test := counts[1]):
        most = test // (2 * COLUMNS)
        has = f"{name} has {test} test images, of which each end shows {COLUMNS} a row: "
        found.append(Excess("rows", rows, most, f"{has}at most {most}"))
    if runs and "samples" in figure.options.get("blocks", ()) and 2 * pairs > figure.draws:
        most = figure.draws // 2
        has = f"beside {2 * pairs} reconstructions as many of {figure.draws} draws are shown, so "
        has += f"take {most} pairs or fewer, or draws of {2 * pairs} or more"
        found.append(Excess("pairs", pairs, most, has))
    if runs and figure.kind_name == "between_draws" and 2 * pairs > figure.draws:
        most = figure.draws // 2
        has = f"each of {figure.draws} draws is in one pair: at most {most}"
        found.append(Excess("pairs", pairs, most, has))
    return found


def _place_of_validation(run: Run, plan) -> tuple[tuple[str, ...], str]:
    """Where it is said how many images a run's training holds out, and whose number that is.

    Returns:
        The study, and the keys in it, of which there are none where a figure turns that number; and
        the study's name where it is that of all its autoencoders, or the autoencoder's.
    """
    plain, turned = plan.turned.get(run.autoencoder, (run.autoencoder, {}))
    if "validation" in turned:
        return (), run.autoencoder
    study, _, name = plain.partition(".")
    vectors = plan.data_sets[run.dataset].vectors
    keys = definitions.place(plan.studies[study], name, run.dataset, vectors, "validation")
    return (study, *keys), study if keys[0] == "training" else plain
