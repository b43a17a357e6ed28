"""What lies in a folder and below it, links followed."""

import hashlib
import os
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..io.escaping import name_shown
from ..io.untrusted import Problems, named

ASIDE = {  # what systems put beside pictures; looked for without regard to case
    *("__macosx", "@eadir", "$recycle.bin", "system volume information", "lost+found"),
    *("thumbs.db", "ehthumbs.db", "desktop.ini"),
}


@dataclass(frozen=True)
class Listing:
    """A folder as it was when it was looked at; hidden files and `ASIDE` are left out.

    Attributes:
        root: the folder.
        files: all files, at any depth, as paths below `root`, in the order of their parts.
        folders: all folders, likewise.
        links: the root, files and folders that are links -> where these lead to.
    """

    root: Path
    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    def inside(self, below: str = "") -> list[str]:
        """The names of the folders just below the root, or below one of its folders."""
        return self._children.get(below, [])

    @cached_property
    def _children(self):
        children: dict[str, list[str]] = {}
        for folder in self.folders:
            above, _, name = folder.rpartition("/")
            children.setdefault(above, []).append(name)
        return children

    def linked_twice(self, names: Iterable[str]) -> dict[str, str]:
        """Files among these that are the same as one before them -> that one."""
        first: dict[tuple[int, int], str] = {}
        before = {name: first.setdefault(_identity(self.root / name), name) for name in names}
        return {name: one for name, one in before.items() if name != one}

    def state(self) -> str:
        """A digest of names, sizes, times and links: a folder's own time says little."""
        digest, start = hashlib.sha256(), os.path.join(self.root, "")
        for name in self.files:
            about = os.stat(f"{start}{name}")
            digest.update(os.fsencode(f"{name}\0{about.st_size} {about.st_mtime_ns}\0"))
        for name in (*self.folders, *(part for link in self.links.items() for part in link)):
            digest.update(os.fsencode(f"{name}\0"))
        return digest.hexdigest()[:16]


def look(root: Path) -> Listing:
    """All that is in a folder, or where links in it lead to, by names alone.

    Raises:
        FileNotFoundError: there is no such folder.
        NotADirectoryError: it is a file.
        ValueError: a folder cannot be read, a link leads nowhere, to a folder that it is in or to
            one that is there already, or something is neither file nor folder; names all of these,
            or the first.
    """
    if root.exists() and not root.is_dir():
        raise NotADirectoryError(f"{name_shown(root)} is a file; wanted a folder of images")
    found, problems = Listing(root), Problems()
    if root.is_symlink():
        found.links[""] = os.readlink(root)
    known: dict[tuple[int, int], Path] = {}  # folders by their identities
    # Folders, and the identities of those that each is in; links come last.
    waiting = deque([("", frozenset())])
    while waiting:
        below, around = waiting.pop()
        folder = root / below
        identity = _identity(folder)
        if identity in around:
            problems.add(f"{name_shown(folder)} is a link to a folder that it is in; remove it")
            continue
        if (same := known.setdefault(identity, folder)) != folder:
            problems.add(
                f"{name_shown(folder)} is a link to, or leads to, the folder that is also "
                f"{name_shown(same)}, whose images would count twice; remove one of the two"
            )
            continue
        around |= {identity}
        with problems.caught(), named(folder, "let it be read, or remove it"):
            for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
                if entry.name.startswith(".") or entry.name.lower() in ASIDE:
                    continue
                name = f"{below}/{entry.name}" if below else entry.name
                if entry.is_symlink():
                    found.links[name] = os.readlink(entry.path)
                if (kind := _kind(entry)) == "folder":
                    found.folders.append(name)
                    put = waiting.appendleft if entry.is_symlink() else waiting.append
                    put((name, around))
                elif kind == "file":
                    found.files.append(name)
                else:
                    problems.add(f"{name_shown(entry.path)} {kind}")
    problems.refuse(name_shown(root))
    for names in (found.files, found.folders):
        names.sort(key=_in_parts)
    return Listing(root, found.files, found.folders, dict(sorted(found.links.items())))


def _kind(entry):
    """Whether it is a folder or a file, or what is wrong with it."""
    try:
        if entry.is_dir():
            return "folder"
        if entry.is_file():
            return "file"
    except OSError:  # as of links that lead to each other
        pass
    if entry.is_symlink():
        target = name_shown(os.readlink(entry.path))
        return f"is a link to {target}, which is not there; put that back or remove the link"
    return "is neither a file nor a folder; remove it"


def _identity(folder):
    about = os.stat(folder)
    return about.st_dev, about.st_ino


def _in_parts(name):
    return name.replace("/", "\0")  # the order of tuples of parts, as no name has that character
