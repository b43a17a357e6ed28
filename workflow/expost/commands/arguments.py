"""Arguments that commands share, and what can be said against their values."""

import argparse
import json
import os
from pathlib import Path

from ..io import code_files
from ..io.escaping import name_shown

SEED = 0


class Parser(argparse.ArgumentParser):
    """One that refuses in one line."""

    def error(self, message: str):
        """End the process with status 2."""
        self.exit(2, f"{self.prog}: error: {message} (see {self.prog} --help)\n")


def whole(least: int):
    """A type for `add_argument`: whole numbers from the least one on."""

    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"got {text}; wanted a whole number from {least} on")
        return int(text)

    return number


def setting(text: str) -> tuple[str, object]:
    """A type for `add_argument`: `name=value`, the value as JSON has it, all else as text."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"got {text}; wanted name=value")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value


def condition(text: str) -> tuple[str, float]:
    """A type for `add_argument`: `column=number`."""
    column, _, value = text.rpartition("=")
    try:
        if column:
            return column, float(value)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"got {text}; wanted column=number")


def add_codes(parser: argparse.ArgumentParser) -> None:
    """The file that codes are read from."""
    parser.add_argument(
        "codes", metavar="CODES", help="a .npy, .npz, .csv or .parquet file, a row a code"
    )
    parser.add_argument("--array", help="which one of several arrays of an .npz file")
    what = "names with commas between them, of a .csv or .parquet file; all columns if not"
    parser.add_argument("--columns", help=what)


def read(path: str, array: str | None, columns: str | None):
    """The codes of a file, (n, d); a data frame where it has names of columns.

    Raises:
        ValueError, TypeError, OSError: as of `code_files.read_named`.
    """
    chosen = columns and [name.strip() for name in columns.split(",")]
    codes, names = code_files.read_named(path, array, columns=chosen)
    if names is None:
        return codes
    import pandas as pd

    return pd.DataFrame(codes, columns=names)


def add_output(parser: argparse.ArgumentParser, *names: str, what: str, **options) -> None:
    """A file that is written, and leave to replace it."""
    parser.add_argument(*names, metavar="FILE", help=what, **options)
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def add_seed(parser: argparse.ArgumentParser) -> None:
    """What everything random depends on."""
    about = f"the same seed gives the same numbers ({SEED})"
    parser.add_argument("--seed", type=whole(0), default=SEED, help=about)


def check_output(path: str, force: bool, suffix: str | None = None, source: str = "") -> Path:
    """Refuse to replace a file, or to write one of another name than wanted.

    Args:
        path: of the file.
        force: whether another file there may be replaced.
        suffix: that it must end in.
        source: what is read, which is never replaced.

    Raises:
        ValueError: it is there already, is a folder, in none or in one that is closed, or ends in
            something else.
    """
    found = Path(path).expanduser()
    if suffix and found.suffix.lower() != suffix:
        raise ValueError(f"got {name_shown(path)} to write to; wanted a name that ends in {suffix}")
    if found.is_dir():
        raise ValueError(f"{name_shown(path)} is a folder; wanted the name of a file")
    above = next(folder for folder in found.absolute().parents if folder.exists())
    if not above.is_dir():
        raise ValueError(f"{name_shown(above)} is no folder; wanted {name_shown(path)} in one")
    if not os.access(above, os.W_OK):  # which a long computation would find out at its end
        raise ValueError(f"{name_shown(above)} is not yours to write in; write to another folder")
    if source and found.resolve() == Path(source).expanduser().resolve():
        raise ValueError(f"{name_shown(path)} is what is read; write to another file")
    if os.path.lexists(found) and not force:
        raise ValueError(f"{name_shown(path)} is there already; --force replaces it")
    return found


def once(settings: list[tuple[str, object]], what: str = "option") -> dict[str, object]:
    """Settings by name.

    Raises:
        ValueError: one of them is there twice.
    """
    names = [name for name, _ in settings]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"got the {what} {twice[0]} twice; give it once")
    return dict(settings)
