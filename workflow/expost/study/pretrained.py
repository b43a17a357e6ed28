"""Autoencoders of a study that were trained elsewhere: entries of two ONNX files."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..io.escaping import check_braces, missing, name_shown
from ..networks import pretrained
from ..networks.border import LAYOUTS, Border, check_range
from ..runtime import option_values
from .data_sets import DataSet

FILES = ("encoder", "decoder")
OF_STUDY = ("validation", "epochs")  # what such an autoencoder has of the study's `training`


def is_one(training: Mapping) -> bool:
    """Whether an entry, or what a data set makes of it, is files and no training."""
    return "encoder" in training


def names(study: dict) -> list[str]:
    """The autoencoders of a study that are files."""
    return [name for name, entry in study.get("autoencoders", {}).items() if is_one(entry)]


def replaced(own: dict, changes: dict) -> dict:
    """A study without those of its autoencoders that overrides give files in place of a training.

    Args:
        own: the study as its file has it.
        changes: its overrides.
    """
    others = changes.get("autoencoders")
    mine = own.get("autoencoders")
    if not isinstance(others, dict) or not isinstance(mine, dict):
        return own  # which the schema refuses, or nothing to replace
    given = {name for name, entry in others.items() if isinstance(entry, dict) and is_one(entry)}
    kept = {name: ({} if name in given else entry) for name, entry in mine.items()}
    return own | {"autoencoders": kept}


def completed(entry: dict, known: DataSet, folder: str | Path) -> dict:
    """An autoencoder of files, looked at: what it says, the files' paths, and `latent`.

    It is at the study's last epoch, so that it stands beside autoencoders that are trained so long.

    Args:
        entry: see `definitions.training`.
        known: the data set.
        folder: what relative paths are relative to.

    Returns:
        Also under `encoder` and `decoder` the paths, under `latent` the length of a code, under
        `epochs` that one, under `code` the shape of a code.

    Raises:
        ValueError: what lacks or does not fit, and what to do; names the file.
    """
    _check(entry, known.vectors)
    paths = [Path(folder) / entry[key] for key in FILES]
    for path in paths:
        check_braces(path)
        if not path.is_file():
            what = f"{name_shown(path)} is no file" if path.exists() else missing(path)
            here = "" if path.is_absolute() else f", looked for in {name_shown(Path.cwd())}"
            raise ValueError(
                f"{what}{here}; put it there, correct its path, or set data_dir to the folder that "
                "has it"
            )
    fitted = _fitted(paths, entry, known)
    found = entry | dict(zip(FILES, map(str, paths), strict=True))
    last = max(entry.get("epochs", [1]))
    return found | {"latent": fitted.length, "code": list(fitted.latent), "epochs": [last]}


def border(training: Mapping) -> dict:
    """What a job is to know of an autoencoder beside its files, wherever these lie."""
    said = {key: training[key] for key in ("range", "layout", "output", "clip") if key in training}
    return said | {"latent": training["code"]}


def state(training: Mapping) -> list[str]:
    """What changes with the files' content: a file copied in with its old time is no newer."""
    about = [Path(training[key]).stat() for key in FILES]
    return [f"{one.st_size} {one.st_mtime_ns}" for one in about]


def _fitted(paths, entry: dict, known: DataSet) -> pretrained.Fitted:
    shape = known.shape
    if known.kind == "folder" and shape and known.reader.size is not None:
        with suppress(ValueError):  # whether images are grey is known only when they are loaded
            return pretrained.fit(*paths, Border.of(entry, (3, *shape[1:])))
    return pretrained.fit(*paths, Border.of(entry, shape))


def _check(entry: dict, vectors: bool) -> None:
    for key in ("range", "layout"):
        if vectors and key in entry:
            raise ValueError(
                f"got {key} {entry[key]!r} of an autoencoder of vectors, which go into it and come "
                "out as they are; leave it out"
            )
        if not vectors and key not in entry:
            raise ValueError(
                f"an autoencoder of files lacks its {key}; say what its images are: `range: "
                "[0, 1]`, say, of black and white, and `layout: channels_first` or channels_last"
            )
    if vectors:
        return
    if entry["layout"] not in LAYOUTS:
        like = option_values.close(entry["layout"], LAYOUTS)
        raise ValueError(
            f"got layout {entry['layout']!r}; wanted one of {', '.join(LAYOUTS)}{like}"
        )
    check_range(entry["range"])
