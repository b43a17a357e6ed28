"""What single kinds of figures ask for before anything is run for them."""

from . import capacity_checks, law_checks, option_limits, tuning_checks, way_checks


def check(figure, plan, where: str) -> None:
    """Refuse a figure whose options or autoencoders its kind cannot do with.

    Args:
        figure: of the plan.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, what was wanted.
    """
    for checks in (way_checks, option_limits, law_checks, tuning_checks, capacity_checks):
        checks.check(figure, plan, where)
