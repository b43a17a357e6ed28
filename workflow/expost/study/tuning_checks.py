"""What must be true of a table of equal tuning before anything is trained for it."""

from .. import metrics, samplers
from ..metrics.base import LOSSES
from ..runtime import option_values
from . import option_sweeps


def check(figure, plan, where: str) -> None:
    """Refuse unequal tuning, no seeds to measure on, and nobody to compare with.

    Args:
        figure: of the plan; of other kinds nothing is asked.
        plan: the `Plan`; makes no difference.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if figure.kind_name != "tuned":
        return
    _check_measure(figure, where)
    for dataset in figure.datasets:
        found = figure.runs_of(dataset)
        methods = dict.fromkeys((figure.display(run), run.sampler) for run in found)
        methods = [pair for pair in methods if pair[1] not in samplers.OF_IMAGES]
        _check_settings(methods, figure.options["against"], where)
        seeds = dict.fromkeys(run.seed for run in found)
        if len(seeds) <= figure.options["choosing"]:
            raise ValueError(
                f"got {len(seeds)} seeds in {where}, and `choosing: {figure.options['choosing']}`; "
                "wanted more seeds than that, as settings are measured on the others"
            )


def _check_measure(figure, where):
    names = [n for n in metrics.NAMES if metrics.describe(n).family in figure.metrics]
    known = [name for name in names if metrics.describe(name).best in LOSSES]
    if (measure := figure.options["measure"]) not in known:
        raise ValueError(
            f"got the measure {measure!r} in {where}; wanted one of its `metrics` that is best "
            f"somewhere: {', '.join(known)}{option_values.close(measure, known)}"
        )


def _check_settings(methods, against, where):
    counts = {}
    for name, sampler in methods:
        turned = option_sweeps.parts(name)[0], sampler
        counts[turned] = counts.get(turned, 0) + 1
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{n} of {'/'.join(pair)}" for pair, n in counts.items())
        raise ValueError(
            f"got {told} settings in {where}; wanted as many of each method, so give the "
            "autoencoders as many `turns`, their own values among them"
        )
    of = [pair for pair in counts if pair[0] == against]
    others = dict.fromkeys(pair[0] for pair in counts if pair[0] != against)
    if len(of) != 1 or not others:
        raise ValueError(
            f"got against {against!r} in {where}, of which there are {len(of)} methods, controls "
            f"aside, beside {', '.join(others) or 'no others'}; wanted one, and another autoencoder"
        )
