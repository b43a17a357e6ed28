"""What autoencoders are trained for, one module each; `build` is the only way in."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..networks import architectures
from ..runtime import extras, option_values, signatures
from . import reconstruction_names

if TYPE_CHECKING:
    from .base import Objective

# Name in config.yaml, which is the module's too -> class. Its constructor alone says which options
# there are. What the module says of them, if anything, is in constants: `BOUNDS`, in which limits
# numbers are; `CHOICES`, which words there are; `ONLY_WITH`, with which words of another option an
# option has a use; `LAYERS`, which layers a word of an option is about; `PACED`, which word of one
# asks how long a training is; `LIKELIHOOD`, which words make a Gaussian likelihood of the squared
# error; `DATA_CHECKED_BY`, which module knows what data it wants; `TOGETHER`, whether several can
# be played side by side. All is read from the source, so that a config is checked without torch.
OBJECTIVES = {
    "ae": "Autoencoder",
    "vae": "VariationalAutoencoder",
    "vae_flow": "FlowVariationalAutoencoder",
    "cv_vae": "ConstantVarianceAutoencoder",
    "wae_mmd": "WassersteinAutoencoder",
    "rae": "RegularisedAutoencoder",
    "aae": "AdversarialAutoencoder",
    "gen": "GenerativeEncodingNetwork",
    "wae_gan": "AdversarialWassersteinAutoencoder",
    "lmgae": "LatentMaskedAutoencoder",
}
HANDED_IN = ("encoder", "decoder", "reconstruction", "latent")


def options(objective: str) -> dict[str, bool]:
    """The options of an objective, and whether each has a default.

    Raises:
        ValueError: there is no such objective.
    """
    found = signatures.of_constructor(*source(objective))
    return {name: default for name, default in found.items() if name not in HANDED_IN}


def defaults(objective: str) -> dict[str, object]:
    """The options of an objective whose defaults are written out, and these; no module is run."""
    return signatures.defaults(*source(objective))


def check(objective: str, **given) -> None:
    """Refuse an objective or option that is not known, is missing or has a value it cannot have.

    Raises:
        ValueError: what was got, and what is known.
    """
    known = options(objective)
    if unknown := sorted(set(given) - set(known)):
        raise ValueError(
            f"objective {objective!r} got unknown option {', '.join(unknown)}; "
            f"it takes {', '.join(known) or 'none'}{option_values.close(unknown[0], known)}"
        )
    if lacking := [name for name, default in known.items() if not default and name not in given]:
        raise ValueError(f"objective {objective!r} needs the option {', '.join(lacking)}")
    file, name = source(objective)
    signatures.check_types(file, name, given, "options.", signatures.constant(file, "BOUNDS"))
    for option, words in (signatures.constant(file, "CHOICES") or {}).items():
        if option in given:
            option_values.choice(f"options.{option}", given[option], words)
    for option, (other, *words) in (signatures.constant(file, "ONLY_WITH") or {}).items():
        got = (defaults(objective) | given)[other]
        if option in given and got not in words:
            raise ValueError(
                f"got options.{option} {given[option]!r} with {other} {got!r}, which has no use "
                f"for it; leave it out, or set {other} to {' or '.join(words)}"
            )


def source(objective: str) -> tuple[Path, str]:
    """The file that defines an objective, and its class.

    Raises:
        ValueError: there is no such objective.
    """
    if not isinstance(objective, str) or objective not in OBJECTIVES:
        raise ValueError(
            f"got unknown objective {objective!r}; wanted one of {', '.join(OBJECTIVES)}"
            f"{option_values.close(objective, OBJECTIVES)}"
        )
    return Path(__file__).with_name(f"{objective}.py"), OBJECTIVES[objective]


def build(
    name: str,
    shape: tuple[int, ...],
    latent: int,
    *,
    networks: str | dict = architectures.DEFAULT,
    width: float = 1.0,
    reconstruction: str = "cross_entropy",
    reduction: str = "sum",
    output: str | None = None,
    options: dict | None = None,
) -> "Objective":
    """The untrained objective called `name` in the config, with its networks.

    Args:
        name: a key of `OBJECTIVES`.
        shape: (c, h, w) of an image, or (d,) of a vector.
        latent: length of a code.
        networks: as `networks.architectures.build` takes them.
        width: of these, as a multiple of the paper's.
        reconstruction: name of the loss, see `objectives.reconstruction`.
        reduction: of it over an item, see there.
        output: what follows the decoder; None for what the kind of data wants.
        options: what the objective's constructor takes beyond what it is handed.

    Raises:
        ValueError: there is no such objective, architecture, loss or option; a code would have no
            such length; or the networks cannot be made for data of that shape.
        ModuleNotFoundError: it needs a package that is not installed.
    """
    if not isinstance(options or {}, dict):
        raise ValueError(f"got options {options!r}; wanted a mapping")
    check(name, **(options or {}))
    option_values.count("latent", latent)
    plan = architectures.build(networks, width)
    plan.check(shape)
    reconstruction_names.check(reconstruction, reduction, output)
    try:
        objective = getattr(import_module(f".{name}", __name__), OBJECTIVES[name])
    except ModuleNotFoundError as error:
        raise extras.needed(f"the objective {name!r}", error.name.partition(".")[0]) from None
    loss = import_module(".reconstruction", __name__).Reconstruction(
        reconstruction, reduction, output, images=len(shape) == 3
    )
    encoder = plan.encoder(shape, objective.outputs * latent)
    own = {"latent": latent} if "latent" in signatures.of_constructor(*source(name)) else {}
    return objective(encoder, plan.decoder(shape, latent), loss, **own, **(options or {}))


def of(about: dict) -> "Objective":
    """The untrained objective that a checkpoint describes.

    Args:
        about: `objective`, `shape` and `latent`, and the other arguments of `build` that are not
            the defaults.

    Raises:
        KeyError: it does not say one of these.
        ValueError: see `build`.
    """
    about = dict(about)
    arguments = [about.pop(key) for key in ("objective", "shape", "latent")]
    known = ("networks", "width", "reconstruction", "reduction", "output", "options")
    return build(*arguments, **{key: about[key] for key in known if key in about})
