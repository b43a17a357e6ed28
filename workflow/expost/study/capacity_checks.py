"""Whether figures of capacities and of masks are of autoencoders that have such."""

from .. import samplers
from . import of_training

CONTROLS = ("held_out", "copy")


def check(figure, plan, where: str) -> None:
    """Refuse another setting than the capacity, other samplers than the prior, and no mask.

    Args:
        figure: of the plan; one of another kind is passed over.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if figure.kind_name == "masks":
        for run in figure.runs:
            training = plan.training(run.dataset, run.autoencoder)
            if not of_training.is_masked(training):
                raise ValueError(
                    f"got the autoencoder {figure.display(run)!r} in {where}, which learns no "
                    "mask; wanted some of the objective lmgae"
                )
    if figure.kind_name == "capacity":
        _check_capacities(figure, plan, where)


def _check_capacities(figure, plan, where: str) -> None:
    settings = dict.fromkeys(turn.setting for turn in figure.turns)
    if figure.datasets and [*settings] != ["latent"]:
        raise ValueError(
            f"got {', '.join(settings)} in the `turns` of {where}; wanted `latent`, the capacity"
        )
    for run in figure.runs:
        if "objective" not in plan.training(run.dataset, run.autoencoder):
            raise ValueError(
                f"got the autoencoder {figure.display(run)!r} in {where}, which was trained "
                "elsewhere, so that the history of its training is not known; wanted some that are "
                "trained here"
            )
        used = samplers.SAMPLERS[plan.sampler(run).get("sampler", run.sampler)]
        if used not in {samplers.SAMPLERS[name] for name in ("prior", *CONTROLS)}:
            raise ValueError(
                f"got the sampler {run.sampler!r} in {where}; wanted each autoencoder with prior, "
                f"and the controls {' and '.join(CONTROLS)}"
            )
    for name in figure.datasets:
        known = plan.data_sets[name]
        lacking = [space for space in figure.features if f"features {space}" in known.lacks]
        if not known.vectors and len(lacking) == len(figure.features):
            raise ValueError(
                f"got no features of {name} in {where}, in which its distances could be; wanted "
                "one or more of `features`"
            )
    if "moments" not in figure.metrics:
        raise ValueError(
            f"got metrics {', '.join(figure.metrics)} in {where}; its distance wants moments"
        )
