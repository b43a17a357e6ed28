"""The autoencoder of a data set of codes: nobody trains it, and its codes are the data."""

from .data_sets import DataSet

OBJECTIVE = "given"  # in place of a module of expost/objectives
KIND = "codes"  # of data sets
EPOCH = 0


def is_given(entry: dict) -> bool:
    """Whether an autoencoder's entry says that codes are given."""
    return entry.get("objective") == OBJECTIVE


def is_one(entry: dict, known: DataSet) -> bool:
    """Whether an autoencoder's codes are a data set.

    Args:
        entry: what its study says of it.
        known: the data set.

    Raises:
        ValueError: it has a use for codes alone and these are none, or for all else.
    """
    if is_given(entry) and known.kind != KIND:
        raise ValueError(
            f"got a data set of the kind {known.kind!r}, but no autoencoder for it, as codes are "
            "given; wanted one of the kind codes, which `--config codes=my.npy` makes"
        )
    if known.kind == KIND and not is_given(entry):
        raise ValueError(
            "got a data set of codes for an autoencoder, which takes images or vectors; wanted the "
            "study compare for codes, or the kind vectors if codes of codes are meant"
        )
    return is_given(entry)


def completed(known: DataSet) -> dict:
    """What stands for a training on a data set of codes."""
    latent = known.shape[0] if known.shape else 2  # of a file that lacks, which is said later
    return {"objective": OBJECTIVE, "latent": latent, "epochs": [EPOCH], "validation": 0}
