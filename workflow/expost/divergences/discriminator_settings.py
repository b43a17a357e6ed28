"""How discriminators are trained, and which ways are tried."""

from itertools import product
from typing import NamedTuple


class Setting(NamedTuple):
    """Of one training.

    Attributes:
        learning_rate: of AdamW.
        weight_decay: of AdamW, which takes learning_rate * weight_decay of each weight a step.
    """

    learning_rate: float
    weight_decay: float


# Without decay all of them learn the sample by heart where it is small, and stop at once.
SETTINGS = {
    "many": tuple(
        Setting(*pair) for pair in product((1e-3, 3e-3, 1e-2), (0.0, 0.3, 1.0, 3.0, 10.0))
    ),
    "few": (Setting(3e-3, 1.0), Setting(3e-3, 3.0)),
}
