"""What must be true of simulations before any is run."""

LEAST = {  # of the options of each kind, and why
    "bandwidths": {"codes": (2, "a kernel density has that many codes")},
    "separations": {
        "codes": (10, "a fifth is held out, and two or more say when to stop"),
        "trials": (2, "differences are judged over trials"),
        "separation": (2, "a correlation wants three separations, 0 included"),
    },
}


def check(figure, where: str) -> None:
    """Refuse simulations of too little; of figures of other kinds nothing is asked.

    Args:
        figure: of the plan.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    for key, (least, reason) in LEAST.get(figure.kind_name, {}).items():
        value = figure.options[key]
        smallest = min(value) if isinstance(value, list) else value
        if smallest < least:
            raise ValueError(f"got {key} {smallest} in {where}; wanted {least} or more: {reason}")
