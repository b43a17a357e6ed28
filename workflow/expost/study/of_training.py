"""Options of samplers that follow from how an autoencoder was trained, and are never written."""

from .. import samplers
from ..objectives import law_kernels
from . import given_codes, pretrained


def completed(plan, dataset: str, autoencoder: str, sampler: str, options: dict) -> dict:
    """The entry of a sampler on an autoencoder, with the option that its training says.

    Args:
        plan: the `Plan`.
        dataset: on which it was trained.
        autoencoder: as in paths.
        sampler: name of the entry.
        options: of the entry; unchanged for a sampler that says of no option `of_training`.

    Raises:
        ValueError: the option is written, or the codes of that training have no such law.
    """
    option = getattr(samplers.build(sampler, **options), "of_training", None)
    if option is None:
        return options
    where = f"{sampler!r} on {autoencoder!r}, data set {dataset!r}"
    if option in options:
        raise ValueError(
            f"got {option} {options[option]} for the sampler {where}; leave it out, as it is what "
            "the autoencoder was trained with"
        )
    try:
        return options | {option: _kernels(plan.training(dataset, autoencoder))}
    except law_kernels.NoLaw as error:
        raise ValueError(f"{error} (the sampler {where}); take prior or gaussian") from None


def kernels(training: dict) -> int | None:
    """How many kernels the law of a training's codes has its bandwidth of; None if it has no law.

    Args:
        training: as `Plan.training` gives it.
    """
    try:
        return _kernels(training)
    except law_kernels.NoLaw:
        return None


def _kernels(training: dict) -> int:
    if pretrained.is_one(training) or given_codes.is_given(training):
        raise law_kernels.NoLaw("nobody knows a law of codes from elsewhere")
    return law_kernels.kernels(training["objective"], training.get("options", {}))


def is_masked(training: dict) -> bool:
    """Whether a training learns which dimensions of its codes are of use; its history says which.

    Args:
        training: of an autoencoder, or which files it is.
    """
    return training.get("objective") == "lmgae"
