"""What must be true of a figure before anything is run for it."""

from collections.abc import Iterable

from .. import samplers
from ..features import FEATURES
from ..metrics.scoring import FAMILIES
from ..runtime import option_values
from . import crossing, grids, kind_checks, panels, sampler_checks, training_sweeps
from .figures import Figure
from .scored import SCORED

FILES = ("codes", "kept", "draws", "features", "neighbours")  # of a run, beside those of a figure


def known(kind: str, names, among, where: str) -> None:
    """Refuse names that are not among the known ones.

    Raises:
        ValueError: which one, where, and what is known.
    """
    among = dict.fromkeys(among)
    for name in names:
        if name not in among:
            raise ValueError(
                f"got unknown {kind} {name!r} in {where}; wanted one of "
                f"{', '.join(map(str, among)) or 'none'}{option_values.close(name, among)}"
            )


def check_name(name: str, study: str, plan) -> None:
    """Refuse a figure whose target would be another figure's, or a study's.

    Args:
        name: of the figure.
        study: whose it is.
        plan: the `Plan`, with the figures before it.

    Raises:
        ValueError: which other has the name.
    """
    if name in FILES:
        raise ValueError(
            f"got a figure called {name!r} of study {study!r}, which is the name of files of every "
            "run; give it another"
        )
    other = f"one of study {plan.figures[name].study!r}" if name in plan.figures else "a study"
    if name in plan.figures or name in plan.known_studies:
        raise ValueError(
            f"got a figure called {name!r} of study {study!r}, as is {other}; give one another name"
        )


def check_names(figure: Figure, plan) -> None:
    """Refuse a figure whose names are unknown, or whose kind cannot show what they stand for.

    Args:
        figure: of the plan.
        plan: the `Plan`.

    Raises:
        ValueError: what was got, what was wanted.
    """
    where = _place(figure)
    if figure.kind.of == "costs":
        for run in figure.runs:
            sampler_checks.built(run.sampler, plan.cost_sampler(figure.name, run.sampler), where)
    if "compared_with" in figure.options:
        with_numbers = plan.numbered(figure.study)
        known("figure with numbers", [figure.options["compared_with"]], with_numbers, where)
    if figure.kind.of != "methods":
        return
    panels.check(figure, where)
    training_sweeps.check_axis(figure, where)
    known("family of metrics", figure.metrics, FAMILIES, where)
    known("feature space", figure.features, [s for s in FEATURES if s != "pixels"], where)
    for dataset in figure.datasets:
        _check_methods(figure, figure.runs_of(dataset), plan, where)
    grids.check(figure, where)


def check_numbers(figures: Iterable[Figure], plan) -> None:
    """Refuse figures of sizes that a sampler cannot be fitted to, or of more than they can show.

    Args:
        figures: those that are to be drawn.
        plan: the `Plan`.

    Raises:
        ValueError: what was got, what was wanted.
    """
    for figure in figures:
        where = _place(figure)
        kind_checks.check(figure, plan, where)
        if figure.kind.of == "costs":
            for run in figure.runs:
                entry = plan.cost_sampler(figure.name, run.sampler)
                sampler_checks.fits(run.sampler, entry, run.size, run.dimension, where)
        for dataset in figure.datasets:
            found = figure.runs_of(dataset)
            sampler_checks.fit_all(found, plan, where)
            _check_axes(figure, found, where)


def check_classes(figures: Iterable[Figure], plan) -> None:
    """Refuse figures that want a classifier of classes that none can learn.

    Args:
        figures: those that are to be drawn.
        plan: the `Plan`.

    Raises:
        ValueError: which data set and figure, and why.
    """
    for figure in figures:
        scored = figure.kind.numbers in SCORED and "classifier" in figure.features
        for name in figure.datasets if scored or "groups" in figure.kind.capabilities else ():
            if reason := plan.data_sets[name].not_learnable:
                raise ValueError(
                    f"got labels of data set {name!r} that no classifier can learn, as "
                    f"{_place(figure)} wants: {reason}"
                )


def _place(figure: Figure) -> str:
    return f"figure {figure.name!r} of study {figure.study!r}"


def _check_methods(figure: Figure, found: list, plan, where: str) -> None:
    names = {run.sampler: plan.sampler(run) for run in found}
    if not names:
        raise ValueError(f"got no methods in {where}; list some, or give the study `methods`")
    for name, entry in names.items():
        if figure.kind.only and not figure.kind.only(samplers.build(name, **entry)):
            able = [s for s in samplers.names() if figure.kind.only(samplers.build(s))]
            raise ValueError(
                f"got the sampler {name!r} in {where}, which {figure.kind.cannot}; those that can "
                f"are {', '.join(able)}"
            )
    modules = {entry.get("sampler", name) for name, entry in names.items()}
    if figure.kind.with_controls and (lacking := set(samplers.ORIGINALS) - modules):
        raise ValueError(
            f"got no method with the sampler {' or '.join(sorted(lacking))} in {where}; scores are "
            "only shown beside these controls, so add ae/copy and ae/held_out, say"
        )
    if figure.kind.crossed:
        crossing.check(figure, found, where)


def _check_axes(figure: Figure, found: list, where: str) -> None:
    for axis in figure.kind.single:
        if len(values := dict.fromkeys(getattr(run, axis) for run in found)) > 1:
            raise ValueError(
                f"got {axis} {', '.join(map(str, values))} in {where}; its picture wants one"
            )
    if figure.kind.one_run and len(found) > 1:
        raise ValueError(
            f"got {len(found)} runs of {found[0].dataset} in {where}; its picture shows one, so "
            "list one method, epoch, size and seed"
        )
