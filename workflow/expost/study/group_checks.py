"""Groups of a data set that cannot be told apart."""

from ..datasets import image_groups


def check(chosen: dict, name: str, known: tuple) -> None:
    """Refuse groups that are there twice, that mean two things, or called as those for none are.

    Args:
        chosen: `targets`, `dependence_of` and `margins_of`.
        name: of the data set.
        known: groups that it has, as far as known.

    Raises:
        ValueError: which group, and what to do.
    """
    targets = list(map(str, chosen["targets"]))
    for group in (*targets, chosen["dependence_of"], chosen["margins_of"]):
        if image_groups.two_meanings(group, known):
            raise ValueError(
                f"got the group {group!r} in the groups of data set {name!r}, which is the name of "
                "a class and also means all others than another; rename that class"
            )
    for target in targets:
        if targets.count(target) > 1:
            raise ValueError(f"got the target {target} twice in the groups of data set {name!r}")
        if target == image_groups.NOBODY:
            raise ValueError(
                f"got the target {target!r} in the groups of data set {name!r}, which is what "
                "images drawn for none are called; name other targets, or rename the class"
            )
    if str(chosen["dependence_of"]) == str(chosen["margins_of"]):
        raise ValueError(
            f"got the dependence and the margins of {chosen['margins_of']!r} in the groups of data "
            f"set {name!r}; wanted two groups"
        )
