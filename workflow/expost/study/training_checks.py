"""What must be true of a training before anything is run for it; nothing here imports torch."""

from .. import objectives
from ..networks import architectures
from ..training import settings
from .data_sets import DataSet


def check(training: dict, known: DataSet, where: str) -> None:
    """Refuse a training that could not start.

    Args:
        training: how an autoencoder is made and trained on a data set.
        known: that data set.
        where: whose training it is, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    try:
        found = settings.resolve(training)
        objectives.check_players(found["objective"], found["players"])
        if known.problem:
            raise ValueError(known.problem)
        if known.shape is not None:
            architectures.build(found["networks"], found["width"]).check(known.shape)
        counts = known.counts
        if counts is not None and counts[0] - found["validation"] < 2:
            raise ValueError(
                f"got {counts[0]} training images, and `validation: {found['validation']}`; wanted "
                "at least 2 that are left to train on"
            )
    except ValueError as error:
        raise ValueError(f"{error} ({where})") from None
