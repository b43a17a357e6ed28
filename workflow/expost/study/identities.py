"""What the methods of figures are, whatever they are called."""

import json
from collections.abc import Iterable

from .. import samplers
from .figures import Figure


def methods(plan, figures: Iterable[Figure]) -> dict[str, dict[str, tuple[str, str, str]]]:
    """Of each method, by data set and by its name in the figures: how its codes come about.

    Args:
        plan: the `Plan`.
        figures: of methods.

    Returns:
        How the autoencoder is trained, which sampler it is, and that one's options, as text: two
        names with the same three stand for one method.
    """
    found: dict[str, dict] = {}
    for figure in figures:
        for run in figure.runs:
            of = found.setdefault(run.dataset, {})
            if (name := f"{figure.display(run)}/{run.sampler}") not in of:
                entry = plan.sampler(run)
                training = plan.training(run.dataset, run.autoencoder)
                options = samplers.build(run.sampler, **entry).get_params()
                base = entry.get("sampler", run.sampler)
                of[name] = _text(training), base, _text(options)
    return found


def _text(options: dict) -> str:
    return json.dumps(options, sort_keys=True, default=str)
