"""Autoencoders that one job trains for all seeds of their study, and figures of other seeds."""

from collections.abc import Iterable

from .figures import Figure, listed


def autoencoders(plan) -> dict[str, list[str]]:
    """Study -> its autoencoders, as in paths, whose seeds go together; no other studies.

    Args:
        plan: the `Plan`.
    """
    found: dict[str, list[str]] = {}
    for name in plan.autoencoders():
        study, _, own = plan.turned.get(name, (name, {}))[0].partition(".")
        if plan.study(study)["autoencoders"][own].get("together"):
            found.setdefault(study, []).append(name)
    return found


def check(figures: Iterable[Figure], plan) -> None:
    """Refuse seeds that their study does not train: one job trains those of its `seeds`.

    Args:
        figures: those to look at.
        plan: the `Plan`.

    Raises:
        ValueError: a line for each autoencoder and seed, with the figures that want it; and last
            what to write.
    """
    study_of = {name: study for study, names in autoencoders(plan).items() for name in names}
    wanted: dict[tuple, list[Figure]] = {}
    for figure in figures:
        of_data = figure.kind.of in ("methods", "autoencoders")
        asked = {(run.autoencoder, run.seed) for run in figure.runs} if of_data else set()
        for autoencoder, seed in sorted(asked):
            study = study_of.get(autoencoder)
            if study and seed not in plan.study(study)["seeds"]:
                wanted.setdefault((study, autoencoder, seed), []).append(figure)
    if not wanted:
        return
    lines = [
        f"got seed {seed} in {listed(shown)}, autoencoder {autoencoder}, whose seeds are trained "
        f"together; wanted one of {', '.join(map(str, plan.study(study)['seeds']))}"
        for (study, autoencoder, seed), shown in wanted.items()
    ]
    study = next(iter(wanted))[0]
    seeds = plan.study(study)["seeds"]
    seeds = [*seeds, *sorted({seed for of, _, seed in wanted if of == study} - set(seeds))]
    lines.append(
        f"Write `overrides: {{{study}: {{seeds: {seeds}}}}}` into the config, or leave out "
        "`together` of the autoencoder"
    )
    raise ValueError("\n".join(lines))
