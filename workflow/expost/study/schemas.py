"""A config and studies, held against their schemas."""

import re
from functools import cache
from pathlib import Path

import yaml

from ..io import plain_yaml
from . import remedies


def check(whole: dict, folder: Path, name: str, by_hand: bool = False) -> None:
    """Refuse what does not fit, in a few lines: without the schema and the config.

    Args:
        whole: a config or a study.
        folder: of the schemas.
        name: which of the two it is, "config" or "study".
        by_hand: whether there are values from the command line, where a list holds texts alone.

    Raises:
        ValueError: what does not fit, where, and what to write if that is known.
    """
    from jsonschema.exceptions import best_match

    error = best_match(_validator(folder / f"{name}.schema.yaml").iter_errors(whole))
    if error is None:
        return
    place = "".join(f"[{part!r}]" for part in error.absolute_path)
    said = f"{error.message}\nOn instance{place}"
    if by_hand and re.search(r"'-?[\d.]+' is not of type '(integer|number)'", said):
        said += "\nNumbers in lists after --config are text: write them to a file for --configfile"
    elif remedy := remedies.of(whole, folder, name):
        said += f"\n{remedy}"
    raise ValueError(said)


@cache  # one serves all studies
def _validator(path: Path):
    from jsonschema import Draft202012Validator

    # No user's file, and with merge keys, which `plain_yaml` reads none of.
    return Draft202012Validator(yaml.load(path.read_text(), plain_yaml.FAST))
