"""What must be true of ways between codes before any is decoded."""

SPHERICAL = "spherical"


def check(figure, plan, where: str) -> None:
    """Refuse ways without both their ends, and arcs where there are none.

    Args:
        figure: of the plan; of kinds without such ways nothing is asked.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if "path" not in figure.options:
        return
    if (steps := figure.options["steps"]) < 2:
        raise ValueError(f"got steps {steps} in {where}; wanted at least 2, the ends of each way")
    if figure.options["path"] != SPHERICAL:
        return
    for dataset, name in dict.fromkeys((run.dataset, run.autoencoder) for run in figure.runs):
        if plan.training(dataset, name)["latent"] < 2:
            raise ValueError(
                f"got codes of length 1 of {name} on {dataset}, and path spherical in {where}; "
                "there are no arcs between numbers: set `path: linear` there, or a larger `latent`"
            )
