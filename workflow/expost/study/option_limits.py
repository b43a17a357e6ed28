"""How small and how large options of a kind may be, where that depends on more than their sort."""

LEAST = {  # kind -> option -> its least value, and why
    "bandwidths": {"codes": (2, "a kernel density has that many codes")},
    "separations": {
        "codes": (10, "a fifth is held out, and says when to stop"),
        "trials": (2, "differences are judged over trials"),
        "separation": (2, "a correlation wants three separations, 0 included"),
    },
}
PAIRS = 3  # codes at least, of which two dimensions have a correlation that is not ±1
A_DIMENSION = 2  # codes at least, of which an entropy is: of fewer, whitening leaves nothing to see


def check(figure, plan, where: str) -> None:
    """Refuse numbers that a simulation, or an entropy of codes, cannot be of.

    Args:
        figure: of the plan; of other kinds nothing is asked.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    for key, (least, reason) in LEAST.get(figure.kind_name, {}).items():
        value = figure.options[key]
        smallest = min(value) if isinstance(value, list) else value
        if smallest < least:
            raise ValueError(f"got {key} {smallest} in {where}; wanted {least} or more: {reason}")
    if figure.kind_name == "entropies":
        _check_entropies(figure, plan, where)
    if figure.kind_name == "covariances":
        _check_covariances(figure, plan, where)


def _check_entropies(figure, plan, where):
    fewest, most = min(figure.options["codes"]), max(figure.options["codes"])
    for dataset in figure.datasets:
        counts = plan.data_sets[dataset].counts
        if counts and most > counts[1]:
            raise ValueError(
                f"got codes {most} in {where}; {dataset} has {counts[1]} test images, each with "
                "one code: take that or fewer"
            )
    for run in figure.runs:
        latent = plan.training(run.dataset, run.autoencoder).get("latent", 0)
        if fewest < A_DIMENSION * latent:
            raise ValueError(
                f"got codes {fewest} in {where}; codes of {run.autoencoder} on {run.dataset} have "
                f"{latent} dimensions, so wanted {A_DIMENSION * latent} or more"
            )


def _check_covariances(figure, plan, where):
    for dataset in figure.datasets:
        counts = plan.data_sets[dataset].counts
        if counts and counts[1] < PAIRS:
            raise ValueError(
                f"got {counts[1]} test images of {dataset} in {where}; wanted {PAIRS} or more, of "
                "whose codes there are covariances"
            )
    for run in figure.runs:
        if plan.training(run.dataset, run.autoencoder).get("latent") == 1:
            raise ValueError(
                f"got codes of one dimension of {run.autoencoder} on {run.dataset} in {where}, "
                "which have no covariances; set its `latent` to 2 or more"
            )
