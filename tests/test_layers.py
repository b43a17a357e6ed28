"""The library's modules import downwards and without circles, and files stay short."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LIBRARY = TESTS.parent / "workflow/expost"
LAYERS = (  # low to high; packages of one layer may import one another, in one direction
    {"runtime"},
    {"io"},
    {"stats", "datasets", "networks"},
    {"objectives", "samplers", "features", "metrics", "divergences"},
    {"training", "analyses", "study"},
    {"papers"},
    {"figures", "tables", "provenance"},
    {"kinds", "comparing"},
    {"commands"},
)
LEVELS = {package: level for level, packages in enumerate(LAYERS) for package in packages}
MOST_LINES = {LIBRARY: 160, TESTS: 250}


def name_of(path, library):
    """Dotted, without the library's own name; "" is the library's __init__."""
    *packages, stem = path.relative_to(library).with_suffix("").parts
    return ".".join(packages if stem == "__init__" else [*packages, stem])


def for_types_only(tree):
    """All nodes below `if TYPE_CHECKING:`."""
    guards = [
        n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in names(n.test)
    ]
    return {inner for guard in guards for line in guard.body for inner in ast.walk(line)}


def names(tree):
    parts = ast.walk(tree)
    return {getattr(part, "id", getattr(part, "attr", None)) for part in parts}


def imported(path, library, modules):
    """The library's modules that a file names in its imports, also in those inside functions."""
    tree = ast.parse(path.read_text())
    package = path.relative_to(library).parent.parts
    dotted = set()
    for node in set(ast.walk(tree)) - for_types_only(tree):
        if isinstance(node, ast.Import):
            dotted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            start = ["expost", *above] if node.level else []
            base = [*start, *(node.module or "").split(".")] if node.module else start
            dotted |= {".".join([*base, alias.name]) for alias in node.names}
    inside = {name.partition(".")[2] for name in dotted if name.split(".")[0] == "expost"}
    # What is no module is defined in the package or module before it.
    return {name if name in modules else name.rpartition(".")[0] for name in inside} - {""}


def graph(library):
    """Of each module, which ones it imports."""
    paths = {name_of(path, library): path for path in library.rglob("*.py")}
    return {name: imported(path, library, paths) for name, path in paths.items()}


def upwards(modules):
    return {
        f"{name} imports {other}"
        for name, others in modules.items()
        for other in others
        if LEVELS.get(name.partition(".")[0], -1) < LEVELS[other.partition(".")[0]]
    }


def circle(edges):
    """One of the circles in a graph, if there are any."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def packages(modules):
    """Of each package, which others its modules import."""
    edges = {}
    for name, others in modules.items():
        package = name.partition(".")[0]
        edges.setdefault(package, set()).update(other.partition(".")[0] for other in others)
        edges[package].discard(package)
    return edges


@pytest.fixture(scope="module")
def modules():
    return graph(LIBRARY)


def test_every_package_has_a_layer(modules):
    assert packages(modules).keys() - {""} == LEVELS.keys()


def test_no_import_runs_upwards(modules):
    assert not upwards(modules)


def test_no_imports_go_round(modules):
    assert not circle(modules)
    assert not circle(packages(modules))


def lines(path):
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("folder", MOST_LINES, ids=lambda folder: folder.name)
def test_files_are_short(folder):
    long = {
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*.py")
        if lines(p) > MOST_LINES[folder]
    }
    assert not long


# The tests' own eyes, on small libraries that do what is forbidden


@pytest.fixture
def library(tmp_path):
    def write(**files):
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return graph(tmp_path)

    return write


@pytest.mark.parametrize(
    "line",
    [
        "from ..figures import style",
        "from ..figures.style import context",
        "from expost.figures import style",
        "import expost.figures.style",
        "def draw():\n    from ..figures import style",
    ],
)
def test_an_import_upwards_is_seen(library, line):
    found = library(papers__claims=line, figures__style="")
    assert upwards(found) == {"papers.claims imports figures.style"}


def test_an_import_for_types_is_no_import(library):
    guard = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..figures import style"
    assert not upwards(library(papers__claims=guard, figures__style=""))


def test_circles_are_seen_between_modules_and_between_packages(library):
    assert circle(library(io__files="from . import json", io__json="from .files import whole"))
    found = library(
        metrics__a="from ..features import b",
        features__b="",
        features__c="from ..metrics import d",
        metrics__d="",
        io__files="",
        io__json="",
    )
    assert not circle(found)
    assert set(circle(packages(found))) == {"metrics", "features"}
