"""Options of samplers that follow from how an autoencoder was trained, and are never written."""

from .. import samplers
from ..objectives import code_law
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
    training = plan.training(dataset, autoencoder)
    if pretrained.is_one(training) or given_codes.is_given(training):
        raise ValueError(
            f"got the sampler {where}, whose law hangs on a training; nobody knows that of codes "
            "from elsewhere: take prior or gaussian"
        )
    try:
        known = code_law.kernels(training["objective"], training.get("options", {}))
    except ValueError as error:
        raise ValueError(f"{error} (the sampler {where}); take prior or gaussian") from None
    return options | {option: known}
