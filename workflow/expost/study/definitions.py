"""Studies: folders of workflow/studies, read, changed by the config's overrides, and completed."""

import re
from collections.abc import Sequence
from pathlib import Path

from ..io import plain_yaml
from ..io.untrusted import named
from ..runtime import option_values
from . import pretrained, yaml_safety
from .overlays import trained

FILE = "study.yaml"
PROTOCOL = ("draws", "features", "metrics")  # which a figure may say for itself


def names(folder: Path) -> list[str]:
    """The studies that there are, whose names are letters of ASCII, digits and underscores."""
    found = (path.parent.name for path in folder.glob(f"*/{FILE}"))
    return sorted(name for name in found if re.fullmatch("[a-z][a-z0-9_]*", name))


def read(folder: Path, name: str) -> dict:
    """One study, as its file has it.

    Args:
        folder: of all studies.
        name: of the study's folder.

    Raises:
        ValueError: there is no such study, or its file is no YAML, or holds more than JSON could.
    """
    path = folder / name / FILE
    if name not in names(folder):
        known = names(folder)
        raise ValueError(
            f"got unknown study {name!r}; wanted one of {', '.join(known)}"
            f"{option_values.close(name, known)}"
        )
    with named(path, "correct it"):
        study = plain_yaml.read_shallow(path.read_text())
    if not isinstance(study, dict):
        raise ValueError(f"{path} holds no mapping; wanted the keys of study.schema.yaml")
    yaml_safety.check(study)
    return yaml_safety.read_on(study)


def nested(keys: Sequence[str], value) -> dict:
    """A value below keys, each inside the one before it."""
    for key in reversed(keys):
        value = {key: value}
    return value


def training(
    study: dict, name: str, dataset: str, vectors: bool = False, turned: dict | None = None
) -> dict:
    """How an autoencoder of a study is made and trained on a data set.

    The study's `training` comes first, then its `on` for this data set, then the autoencoder's own
    entry but for its title, then that entry's `on`. An `on` for `vectors` is for all data sets of
    vectors. An autoencoder that is files has of `training` only what `pretrained.OF_STUDY` names.

    Args:
        study: see `read`.
        name: a key of its `autoencoders`.
        dataset: a key of the config's `datasets`.
        vectors: whether the data set is one of vectors.
        turned: keys that a figure sets, which go before all others.
    """
    found: dict = {}
    for _, layer in _layers(study, name, dataset, vectors):
        found = trained(found, layer)
    return trained(found, turned or {})


def place(study: dict, name: str, dataset: str, vectors: bool, key: str) -> tuple[str, ...]:
    """Where a study says a key of a training; in its own `training` if it does nowhere.

    Args:
        study: see `read`.
        name: of its autoencoder.
        dataset: on which it is trained.
        vectors: whether that is one of vectors.
        key: which one.
    """
    layers = _layers(study, name, dataset, vectors)
    said = [keys for keys, layer in layers if key in layer]
    return (*(said[-1] if said else ("training",)), key)


def _layers(study: dict, name: str, dataset: str, vectors: bool) -> list[tuple[tuple, dict]]:
    """The mappings that say how an autoencoder is trained, and the keys of each in its study."""
    found = []
    for keys in (("training",), ("autoencoders", name)):
        layer = study
        for key in keys:
            layer = layer.get(key, {})
        own = {key: value for key, value in layer.items() if key not in ("on", "title")}
        found.append((keys, own))
        for on in (["vectors"] if vectors else []) + [dataset]:
            found.append(((*keys, "on", on), layer.get("on", {}).get(on, {})))
    if name not in pretrained.names(study):
        return found
    of_study = pretrained.OF_STUDY
    return [
        (keys, {k: v for k, v in layer.items() if keys[0] != "training" or k in of_study})
        for keys, layer in found
    ]


def samplers(study: dict, dataset: str | None = None) -> dict[str, dict]:
    """The entries of a study's samplers: options, and `sampler` where one has another name.

    Args:
        study: see `read`.
        dataset: on which they are; None for what is so on any that is not named.
    """
    found = {}
    for name, entry in study.get("samplers", {}).items():
        entry, places = dict(entry), entry.get("on", {})
        entry.pop("on", None)
        found[name] = entry | places.get(dataset, {})
    return found
