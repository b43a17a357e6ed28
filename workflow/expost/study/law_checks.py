"""What must be true of autoencoders whose codes' law a figure asks for, before any is trained."""

from math import prod

from . import class_turns, written

# All but those whose masked dimensions are drawn towards nothing, and move no pixel.
WITH_LAW = tuple(name for name in written.WITH_PRIOR if name != "lmgae")


def check(figure, plan, where: str) -> None:
    """Refuse codes that were drawn towards no law, or not towards a mixture.

    Of novelty, errors of images that were held out are wanted too, and codes that have no more
    dimensions than what they are decoded to.

    Args:
        figure: of the plan; of kinds that ask for no law only that no sampler is fitted to codes of
            an autoencoder of one class.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if figure.kind.of == "methods":
        class_turns.check_methods(figure.runs, plan, where)
    if not figure.kind.law:
        return
    for dataset, name in dict.fromkeys((run.dataset, run.autoencoder) for run in figure.runs):
        training = plan.training(dataset, name)
        objective, options = training.get("objective"), training.get("options", {})
        has_mixture = objective == "gen" and options.get("target") == "mixture"
        if figure.kind.law == "mixture" and not has_mixture:
            raise ValueError(
                f"got the autoencoder {name} with the objective {objective!r} in {where}, whose "
                "codes are drawn towards no mixture; wanted `objective: gen` with "
                "`options: {target: mixture}`"
            )
        if objective not in WITH_LAW:
            raise ValueError(
                f"got the autoencoder {name} with the objective {objective!r} in {where}, whose "
                "codes are drawn towards no law in every dimension, so that they have no density; "
                f"wanted one of the objectives {', '.join(WITH_LAW)}"
            )
        if class_turns.SETTING in training:
            _check_novelty(training, plan.data_sets[dataset].shape, name, where)


def _check_novelty(training: dict, shape: tuple[int, ...] | None, name: str, where: str) -> None:
    if not training.get("validation", 0):
        raise ValueError(
            f"got no `validation` of the autoencoder {name} in {where}, which measures novelty by "
            "the error of images that were held out; set it to 1 or more"
        )
    if shape is not None and training["latent"] > prod(shape):
        raise ValueError(
            f"got codes of {training['latent']} dimensions of the autoencoder {name} in {where}, "
            f"for items of {prod(shape)}, which have no density there; set `latent` lower"
        )
