"""Whether the two sides of a comparison are two: what is compared with itself tests nothing."""

from typing import NamedTuple

from .scores import AXES, Scores, Untestable


class Side(NamedTuple):
    """One side of a comparison.

    Attributes:
        method: "autoencoder/sampler".
        measure: "space/metric".
        asked: places that the test names.
        found: epoch and size that its scores are of.
    """

    method: str
    measure: str
    asked: dict
    found: dict


def check(scores: Scores, left: Side, right: Side) -> None:
    """Refuse sides that are one and the same, or at fewer places than the test speaks of.

    Raises:
        Untestable: which these are, and why.
    """
    for axis in AXES:
        _check_places(scores, axis, left, right)
    if _numbers(scores, left) == _numbers(scores, right):
        raise Untestable(
            f"{left.method} is compared with itself"
            if left.method == right.method
            else f"{left.method} and {right.method} are one and the same under two names"
        )


def check_distinct(scores: Scores, sides: list[Side]) -> None:
    """Refuse methods of which two are one and the same, at the places they are looked at.

    Raises:
        Untestable: which these are.
    """
    seen = {}
    for method, measure, _, found in sides:
        what = scores.identity(method, found["size"]).within(scores.space(measure))
        if what in seen:
            first = seen[what]
            raise Untestable(
                f"{method} is ranked twice"
                if first == method
                else f"{first} and {method} are one and the same under two names"
            )
        seen[what] = method


def _check_places(scores: Scores, axis: str, left: Side, right: Side) -> None:
    asked = [scores.asked(side.asked)[axis] for side in (left, right)]
    if asked[0] == asked[1]:
        return
    steady = [
        axis in scores.identity(side.method, side.found["size"]).steady(scores.space(side.measure))
        for side in (left, right)
    ]
    if all(steady):
        raise Untestable(f"{_both(left, right)} shows the same at any {axis}")
    if not any(steady) and left.found[axis] == right.found[axis]:
        raise Untestable(
            f"{axis} {left.found[axis]} of {_both(left, right)} would stand for both "
            f"{asked[0]} and {asked[1]}, as no other was run"
        )


def _numbers(scores: Scores, side: Side) -> tuple:
    """What the numbers of a side are of: equal for sides that are one and the same."""
    space, metric = scores.space(side.measure), side.measure.split("/")[1]
    identity = scores.identity(side.method, side.found["size"])
    steady = identity.steady(space)
    return (
        identity.within(space),
        space,
        metric,
        {axis: value for axis, value in side.found.items() if axis not in steady},
    )


def _both(left: Side, right: Side) -> str:
    return " and ".join(dict.fromkeys((left.method, right.method)))
