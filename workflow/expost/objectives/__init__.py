"""What autoencoders are trained for, one module each; `build` is the only way in."""

from importlib import import_module
from typing import TYPE_CHECKING

from ..networks.architectures import DEFAULT

if TYPE_CHECKING:
    from .base import Objective

# Name in config.yaml, which is the module's too -> class, and its options beyond shape and latent.
# Readable without torch, so that a config is checked before anything heavy is imported.
OBJECTIVES = {
    "ae": ("Autoencoder", ()),
    "vae": ("VariationalAutoencoder", ("beta",)),
}


def check(objective: str, **options) -> None:
    """Refuse an unknown objective or option by name.

    Raises:
        ValueError: what was got, and what is known.
    """
    if objective not in OBJECTIVES:
        raise ValueError(
            f"got unknown objective {objective!r}; wanted one of {', '.join(OBJECTIVES)}"
        )
    known = OBJECTIVES[objective][1]
    if unknown := sorted(set(options) - set(known)):
        raise ValueError(
            f"objective {objective!r} got unknown option {', '.join(unknown)}; "
            f"it takes {', '.join(known) or 'none'}"
        )


def build(
    name: str,
    shape: tuple[int, int, int],
    latent: int,
    architecture: str = DEFAULT,
    **options,
) -> "Objective":
    """The untrained objective called `name` in the config.

    Args:
        name: a key of `OBJECTIVES`.
        shape: (c, h, w) of an image.
        latent: length of a code.
        architecture: of its networks, a key of `networks.architectures.ARCHITECTURES`.
        options: what the objective's constructor takes beyond that.

    Raises:
        ValueError: there is no such objective, or no such architecture or option; or the networks
            cannot be made for images of that shape.
    """
    check(name, **options)
    objective = getattr(import_module(f".{name}", __name__), OBJECTIVES[name][0])
    return objective(shape, latent, architecture, **options)


def of(about: dict) -> "Objective":
    """The untrained objective that a checkpoint describes.

    Args:
        about: `objective`, `options`, `shape` and `latent`; `architecture` if not the default.

    Raises:
        KeyError: it does not say one of these.
        ValueError: see `build`.
    """
    architecture = about.get("architecture", DEFAULT)
    return build(
        about["objective"], about["shape"], about["latent"], architecture, **about["options"]
    )
