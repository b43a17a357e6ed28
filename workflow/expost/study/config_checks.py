"""The config, checked before anything starts: what the schema cannot know of its parts."""

import os

from .. import samplers


def check_data_dir(folder: str | None) -> None:
    """Refuse a folder of data that is none.

    Raises:
        ValueError: what was got, what was wanted.
    """
    if folder is not None and not os.path.isdir(folder):
        raise ValueError(
            f"got data_dir {folder!r}, which is no folder; name one that exists, without ~, or "
            "null to download"
        )


def departures(entries: dict, study: str) -> dict[str, str]:
    """Of each sampler with settings other than its paper's: which ones.

    These are its defaults where it does not say others (`Sampler.published`).

    Args:
        entries: sampler -> its options in the study; one that is not there has its defaults. One
            under a name of its own the paper does not have.
        study: of the paper.
    """
    found = {}
    for name in samplers.names():
        chosen = samplers.build(name, **entries.get(name, {}))
        usual = type(chosen)(**chosen.published.get(study, {})).get_params()
        if changed := {k: v for k, v in chosen.get_params().items() if v != usual[k]}:
            found[name] = ", ".join(f"{option} = {value}" for option, value in changed.items())
    return found
