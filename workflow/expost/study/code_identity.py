"""What the code behind a script does, as one short digest.

The digest changes with every change of the syntax tree of the script and of the library modules
that it imports, directly or not, also inside functions. It leaves out what changes no result:

- comments, formatting, docstrings, and the order of neighbouring imports of other packages;
- blocks under `if TYPE_CHECKING:`, which never run;
- names and places of library modules. An import from the library is left out, and what it binds
  counts as what it stands for: a digest of that module's own syntax tree.

A package's `__init__` counts only by what is used of it: the statements that bind a name which is
imported or looked up there, those that bind the names in them, and statements that bind nothing.
A name that it does not bind comes from its `__getattr__`, which counts then, and so does the
component whose registry entry mentions the name.

A registry is a dictionary, list or tuple that an `__init__` binds to a name and whose keys or
members are all names of modules beneath that package. Its entries do not count, because one more of
them changes nothing for the others. What a script chooses by name at run time cannot be seen in its
source: it is named as a component, and then the component's module and its own registry entries
count. So a list of some components that decides what is computed belongs into another module.
"""

import ast
import hashlib
import re
from functools import cache
from pathlib import Path

from .syntax_names import Part, Source, Target
from .syntax_text import Code, write

PACKAGE = Path(__file__).parents[1]


def digest(script: str | Path, *components: str, package: Path = PACKAGE) -> str:
    """The digest of what a script and the library behind it do.

    Args:
        script: path of a Python file.
        components: modules that it chooses by name, such as "samplers/vine".
        package: the folder of the library.

    Returns:
        16 hexadecimal digits, the same on every machine.

    Raises:
        ValueError: there is no such component.
        OSError: there is no such script.
        SyntaxError: a file is not Python.
    """
    library = _library(package)
    return _hash("".join(sorted(map(library.whole, library.behind(Path(script), components)))))


def modules(script: str | Path, *components: str, package: Path = PACKAGE) -> list[str]:
    """The names of the library's modules behind a script, such as "samplers.vine", sorted.

    Packages of whose `__init__` something is used are among them. Arguments and errors are those
    of `digest`.
    """
    parts = _library(package).behind(Path(script), components)
    paths = {part.path for part in parts if part.path.is_relative_to(package)}
    names = (path.relative_to(package).with_suffix("").parts for path in paths)
    return sorted(".".join(name[:-1] if name[-1] == "__init__" else name) for name in names)


class Library:
    """The files of a package, each read once."""

    def __init__(self, root: Path):
        self.root = root
        self.source = cache(lambda path: Source(path, self))
        self.code = cache(self._code)
        self.own = cache(lambda part: _hash(re.sub("\0[0-9]+\0", "\0", self.code(part).text)))
        self.whole = cache(self._whole)
        self.module = cache(self._module)

    def behind(self, script: Path, components: tuple[str, ...]) -> set[Part]:
        """All parts that count for a script."""
        queue = [Part(script), *(part for name in components for part in self._component(name))]
        found = set(queue)
        while queue:
            new = set(self.code(queue.pop()).uses) - found
            found |= new
            queue.extend(new)
        return found

    def member(self, package: Part, name: str) -> Target:
        """What a name stands for that is imported from a package, or looked up in it."""
        source, inside = self.source(package.path), package.path.parent.relative_to(self.root).parts
        if target := source.meaning(name):
            return target
        if module := self.module(*inside, name):
            return Target((module,))
        mentioned = (key for key, entry in source.entries if repr(name) in ast.unparse(entry))
        components = filter(None, (self.module(*inside, key) for key in mentioned))
        return Target((*source.bound("__getattr__"), *components), f".{name}")

    def _module(self, *names: str) -> Part | None:
        """The file of a module or package, by the names that lead to it from the library's."""
        folder = self.root.joinpath(*names)
        for path in (folder / "__init__.py", folder.with_suffix(".py")):
            if path.is_file() and path.is_relative_to(self.root):
                return Part(path)
        return None

    def _component(self, component: str) -> list[Part]:
        *folders, name = component.split("/")
        module = self.module(*folders, name)
        if module is None:
            raise ValueError(
                f"got component {component!r}; wanted a module of {self.root}, "
                'written as in "samplers/vine"'
            )
        above = (self.module(*folders[:depth]) for depth in range(1, len(folders) + 1))
        return [module, *(Part(package.path, name, entries=True) for package in above if package)]

    def _code(self, part: Part) -> Code:
        source = self.source(part.path)
        if part.entries:
            return write(source, [entry for key, entry in source.entries if key == part.name])
        if part.name:
            return write(source, [*source.statements[part.name], *source.loose])
        return write(source, source.tree.body)

    def _whole(self, part: Part) -> str:
        """Digest of a part in which all that it uses stands as a digest of its own text."""
        text, uses = self.code(part)
        return _hash(re.sub("\0([0-9]+)\0", lambda found: self.own(uses[int(found[1])]), text))


_library = cache(Library)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
