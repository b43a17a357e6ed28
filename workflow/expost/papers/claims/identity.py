"""What a method is, whatever it is called: two names may stand for one sampler."""

from typing import NamedTuple

from ... import samplers
from ...study import option_sweeps


class Identity(NamedTuple):
    """What a method is.

    Attributes:
        autoencoder: equal for autoencoders that are trained alike.
        sampler: which of `samplers.SAMPLERS` it is; of another name, that name.
        options: equal for samplers with the same ones.
    """

    autoencoder: str
    sampler: str
    options: str = ""

    def steady(self, space: str) -> tuple[str, ...]:
        """The axes, of `epoch` and `size`, along which its scores in a space stay the same.

        A control shows the same however many codes it was fitted to, and one that shows originals
        also whatever the autoencoder has learned; its codes and its seconds change nonetheless.
        """
        if self.sampler not in samplers.CONTROLS or space == "time":
            return ()
        return ("epoch", "size") if self._of_originals(space) else ("size",)

    def within(self, space: str) -> "Identity":
        """What its scores in a space are of: originals are so whatever the autoencoder."""
        return self._replace(autoencoder="") if self._of_originals(space) else self

    def _of_originals(self, space: str) -> bool:
        return self.sampler in samplers.ORIGINALS and space not in ("codes", "time")


def named(method: str) -> Identity:
    """What the name of a method alone says of it.

    Args:
        method: "autoencoder/sampler".
    """
    autoencoder, _, sampler = method.partition("/")
    base, option, value = option_sweeps.parts(sampler)
    return Identity(autoencoder, base, f"{option} {value}" if option else "")
