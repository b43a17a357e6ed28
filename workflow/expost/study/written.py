"""How a study's autoencoders are written in its figures and tables, and which have a prior."""

from . import pretrained

# Objectives that pull codes towards N(0, I): what its decoder makes of these is then the model
# itself, and no control.
WITH_PRIOR = ("vae", "vae_flow", "cv_vae", "wae_mmd", "wae_gan", "aae", "gen", "lmgae")


def autoencoders(study: dict) -> dict[str, tuple[str | None, bool]]:
    """Name -> its title, None where it has none, and whether it has a prior; in the study's order.

    Args:
        study: see `definitions.read`.
    """
    return {
        name: (entry.get("title"), entry.get("prior", _has_prior(entry)))
        for name, entry in study["autoencoders"].items()
    }


def _has_prior(entry: dict) -> bool:
    """Whether an objective pulls codes towards N(0, I), and not to a target of another name."""
    target = entry.get("options", {}).get("target", "normal")
    return entry.get("objective") in WITH_PRIOR and target == "normal"


def check(study: dict, name: str) -> None:
    """Refuse two autoencoders that would be written alike, as their rows could not be told apart.

    Args:
        study: see `definitions.read`.
        name: of the study, for messages.

    Raises:
        ValueError: which two, and what to do.
    """
    first: dict[str, str] = {}
    for autoencoder, (title, _) in autoencoders(study).items():
        shown = title or autoencoder
        if first.setdefault(shown, autoencoder) != autoencoder:
            raise ValueError(
                f"got the autoencoders {first[shown]!r} and {autoencoder!r} of study {name!r}, "
                f"which would both be written {shown!r}; give one another title"
            )


def about(figure, study: dict) -> dict:
    """What `figures.naming` is to know of a figure.

    Args:
        figure: of the plan.
        study: whose it is.

    Returns:
        Under `autoencoders` those of its study, under `methods` the pairs of an autoencoder and a
        sampler that it shows, as it calls them; if there are some, under `as_given` those that
        are files.
    """
    pairs = (
        (figure.display(run), run.sampler)
        for run in figure.runs
        if hasattr(run, "autoencoder") and hasattr(run, "sampler")
    )
    found = {"autoencoders": autoencoders(study), "methods": list(dict.fromkeys(pairs))}
    files = pretrained.names(study)
    return found | ({"as_given": files} if files else {})
