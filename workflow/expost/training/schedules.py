"""How learning rates change: functions of the epoch and the losses so far, with no own state.

So a training that goes on after being killed finds the same rate in its history.
"""

from collections.abc import Sequence
from pathlib import Path

from ..runtime import option_values, signatures


class Constant:
    """The same rate in every epoch."""

    wants_validation = paced = False

    def rate(self, first: float, losses: Sequence[float], epoch: int, last: int) -> float:
        """The rate itself."""
        return first


class Falling:
    """A rate that stays for a while and then falls in a straight line, to 0 after the last epoch.

    Args:
        after: the share of the epochs in which it stays.

    Raises:
        ValueError: the share is not in [0, 1).
    """

    wants_validation = False
    paced = True

    def __init__(self, after: float = 0.65):
        self.after = option_values.number("after", after, least=0, below=1)

    def rate(self, first: float, losses: Sequence[float], epoch: int, last: int) -> float:
        """The rate of this epoch, at its middle, of so many; the losses make no difference."""
        done = (epoch - 0.5) / last
        return first * min(1.0, (1 - done) / (1 - self.after))


class HalvedOnPlateau:
    """A rate that is halved whenever the validation loss has stood still for a while.

    Args:
        patience: after so many epochs in a row without a loss below the least one so far; then the
            count begins anew.
        factor: what the rate is multiplied by.
        minimum: below which it does not fall.

    Raises:
        ValueError: the patience is below 1, or the factor not between 0 and 1, or the minimum
            below 0.
    """

    wants_validation, paced = True, False

    def __init__(self, patience: int = 5, factor: float = 0.5, minimum: float = 0.0):
        self.patience = option_values.count("patience", patience)
        self.factor = option_values.number("factor", factor, above=0, below=1)
        self.minimum = option_values.number("minimum", minimum, least=0)

    def rate(self, first: float, losses: Sequence[float], epoch: int, last: int) -> float:
        """The rate after epochs of these losses.

        Args:
            first: the rate of the first epoch.
            losses: of validation, one an epoch.
            epoch: makes no difference.
            last: nor does this.
        """
        rate, least, waited = first, float("inf"), 0
        for loss in losses:
            waited = 0 if loss < least else waited + 1
            least = min(loss, least)
            if waited >= self.patience:
                rate, waited = max(rate * self.factor, min(rate, self.minimum)), 0
        return rate


SCHEDULES = {"constant": Constant, "halved_on_plateau": HalvedOnPlateau, "falling": Falling}


def build(schedule: dict) -> Constant | HalvedOnPlateau | Falling:
    """The schedule of that `kind`, with its other options.

    Raises:
        ValueError: there is no such kind or option, or it has a value that cannot be.
    """
    if not isinstance(schedule, dict) or not isinstance(schedule.get("kind"), str):
        raise ValueError(f"got schedule {schedule!r}; wanted a mapping, as {{kind: constant}}")
    options = dict(schedule)
    kind = options.pop("kind")
    if kind not in SCHEDULES:
        raise ValueError(
            f"got unknown schedule {kind!r}; wanted one of {', '.join(SCHEDULES)}"
            f"{option_values.close(kind, SCHEDULES)}"
        )
    known = signatures.of_constructor(Path(__file__), SCHEDULES[kind].__name__)
    if unknown := sorted(set(options) - set(known)):
        raise ValueError(
            f"schedule {kind!r} got unknown option {', '.join(unknown)}; "
            f"it takes {', '.join(known) or 'none'}{option_values.close(unknown[0], known)}"
        )
    return SCHEDULES[kind](**options)


def check(schedule: dict, validation: int) -> None:
    """Refuse a schedule that cannot be, or that goes by a loss which nobody computes.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if build(schedule).wants_validation and not validation:
        raise ValueError(
            f"got the schedule {schedule['kind']!r} with `validation: 0`, so that there is no loss "
            "it could go by; hold out some training data, `validation: 1000` say, or set "
            "`schedule: {kind: constant}`"
        )
