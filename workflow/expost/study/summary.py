"""What a plan runs, in lists for the first page of the report."""

from collections.abc import Collection
from itertools import chain

from .. import samplers
from . import given_codes, option_sweeps, reasons, written
from .runs import Run, bare

PUBLISHED = "resnet34"  # a feature space that needs no classifier of the data set's own


def summary(plan, figures: Collection[str] | None = None) -> dict:
    """Names and numbers of what figures show, each once and in order.

    Args:
        plan: the `Plan`.
        figures: names of those; None for all.

    Returns:
        Lists under studies, datasets, autoencoders (that are trained), as_given (others), epochs
        (of trainings), samplers, controls, sizes, seeds, draws, items (what is drawn) and spaces
        (where it is scored).
    """
    found = [one for one in plan.figures.values() if figures is None or one.name in figures]
    shown = list(chain.from_iterable(figure.runs for figure in found))
    every = [run for run in shown if hasattr(run, "autoencoder")]
    names = {run.autoencoder for run in every}
    pretrained = {name for name in names if plan.is_pretrained(name)}
    files = [run for run in every if run.autoencoder in pretrained]
    codes = {name for name, known in plan.data_sets.items() if known.kind == given_codes.KIND}
    trained = [
        run for run in every if run.dataset not in codes and run.autoencoder not in pretrained
    ]
    sampled = [run for run in shown if isinstance(run, Run)]
    names = dict.fromkeys(run.sampler for run in sampled if "-" not in run.sampler)
    used = dict.fromkeys(run.dataset for run in every)
    vectors = {plan.data_sets[name].vectors for name in used} or {False}
    features = dict.fromkeys(chain.from_iterable(map(plan.spaces, sampled)))
    return {
        "studies": [
            {
                "name": name,
                "paper": plan.studies[name]["paper"],
                "title": plan.studies[name]["title"],
            }
            for name in plan.config["studies"]
            if figures is None or name in {figure.study for figure in found}
        ],
        "datasets": [_in_words(name, plan.config["datasets"][name]) for name in used],
        "autoencoders": list(dict.fromkeys(_title(plan, run) for run in trained)),
        "as_given": list(dict.fromkeys(_title(plan, run) for run in files)),
        "epochs": sorted({run.epoch for run in trained}),
        "samplers": [name for name in names if name not in samplers.CONTROLS],
        "controls": [name for name in names if name in samplers.CONTROLS],
        "sizes": sorted({run.size for run in sampled}),
        "seeds": sorted({run.seed for run in every}),
        "draws": sorted({run.draws for run in sampled}),
        "items": ["codes"]
        if codes >= {*used}
        else [("images", "vectors")[kind] for kind in sorted(vectors)],
        "spaces": [
            *(("pixels", "vectors")[kind] for kind in sorted(vectors) if not codes >= {*used}),
            "codes",
            *(f"features of {name}" for name in features),
        ],
    }


def _title(plan, run) -> str:
    """The autoencoder of a run as its study writes it."""
    study, _, name = run.autoencoder.partition(".")
    plain = option_sweeps.parts(name)[0]
    return written.autoencoders(plan.studies[study])[plain][0] or plain


def left_out(plan) -> list[str]:
    """A line for each reason why figures are not drawn, and what would draw them."""
    lines: dict[tuple, list] = {}
    for figure in plan.figures.values():
        for dataset, reason in figure.left_out.items():
            lines.setdefault((dataset, reason), []).append(figure)
    said = [
        f"{', '.join(figure.name for figure in found)}: not for {dataset}, as {reason}"
        + _other_features(plan.data_sets[dataset], reason, found)
        for (dataset, reason), found in lines.items()
    ]
    said += [
        f"{name}/prior: nothing says that files in place of {name} have codes drawn towards "
        "N(0, I), and noise would be shown; `prior: true` beside them says so"
        for name in sorted(map(bare, reasons.lost_priors(plan)))
    ]
    for figure in plan.figures.values():
        other = plan.figures.get(figure.options.get("compared_with"))
        if other and other.left_out and not other.datasets:
            said.append(f"{figure.name}: there are no numbers of {other.name} to compare with")
    return said


def _other_features(known, reason: str, figures: list) -> str:
    """The feature space of a published network, which needs no labels, where that is all."""
    if reason not in (*known.lacks.values(), reasons.NONE_ASKED):
        return ""  # it is not the features
    if any(known.why_not(figure.kind.capabilities) for figure in figures):
        return ""
    if f"features {PUBLISHED}" in known.lacks:
        return ""
    inner = ", ".join(f"{figure.name}: {{features: [{PUBLISHED}]}}" for figure in figures)
    return (
        f"; `overrides: {{{figures[0].study}: {{figures: {{{inner}}}}}}}` would draw "
        f"{'it' if len(figures) == 1 else 'them'} in the features of a published network"
    )


def unused(plan, usual: dict) -> list[str]:
    """Data sets that no figure shows, but those that are usual, which nobody has forgotten.

    Args:
        plan: the `Plan`.
        usual: the config without overlays.
    """
    shown = {name for f in plan.figures.values() for name in (*f.datasets, *f.left_out)}
    known = {*shown, *usual["datasets"]}
    return [name for name in plan.data_sets if name not in known]


def _in_words(name: str, entry: dict) -> str:
    size = f", {entry['size']}×{entry['size']} pixels" if entry.get("size") else ""
    hidden = ", its own images shown in grey" if entry.get("hide_originals") else ""
    return f"{name} (read as {entry['kind']}{size}{hidden})"
