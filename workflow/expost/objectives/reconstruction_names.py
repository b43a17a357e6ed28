"""What `objectives.reconstruction` knows by name, readable without torch."""

from ..runtime import option_values

LOSSES = ("cross_entropy", "squared_error")
REDUCTIONS = ("sum", "mean", "sum_of_channel_mean")
OUTPUTS = ("sigmoid", "identity")


def check(loss: str, reduction: str, output: str | None) -> None:
    """Refuse what is unknown, or does not fit together.

    Raises:
        ValueError: what was got, what was wanted.
    """
    for what, got, known in (
        ("reconstruction", loss, LOSSES),
        ("reduction", reduction, REDUCTIONS),
        ("output", output, (*OUTPUTS, None)),
    ):
        if got not in known:
            names = ", ".join(name for name in known if name)
            like = option_values.close(got, filter(None, known))
            raise ValueError(f"got unknown {what} {got!r}; wanted one of {names}{like}")
    if loss == "cross_entropy" and output == "identity":
        raise ValueError(
            "got output 'identity' with reconstruction 'cross_entropy', which is of probabilities; "
            "set `output: sigmoid`, or `reconstruction: squared_error`"
        )


def check_likelihood(loss: str, reduction: str) -> None:
    """Refuse a loss of which no Gaussian likelihood can be made.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if (loss, reduction) != ("squared_error", "sum"):
        raise ValueError(
            f"got reconstruction {loss!r} with reduction {reduction!r} for a Gaussian law of the "
            "decoder, which is made of squared errors summed over an item; set `reconstruction: "
            "squared_error` and `reduction: sum`, or leave options.variance out"
        )
