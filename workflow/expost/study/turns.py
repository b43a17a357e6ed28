"""One setting of an autoencoder's training at several values, and what it is called at each."""

from typing import NamedTuple

from . import option_sweeps


class Turn(NamedTuple):
    """One setting of one autoencoder's training, turned from value to value on one data set.

    Attributes:
        dataset: where it is trained so.
        autoencoder: whose setting is turned.
        setting: a key of a training, those inside it behind points: `latent`, `options.beta`.
        values: what it is set to, in the order of the study.
        names: the autoencoder's name at each of them: its own where it is set so.
    """

    dataset: str
    autoencoder: str
    setting: str
    values: tuple
    names: tuple[str, ...]

    @property
    def called(self) -> tuple[str, ...]:
        """Its name at each value, also where that is its own."""
        return tuple(named(self.autoencoder, self.setting, value) for value in self.values)


def named(autoencoder: str, setting: str, value) -> str:
    """As a sampler with another option is called; of what is inside others, the last key."""
    return option_sweeps.name_of(autoencoder, setting.rpartition(".")[2], value)
