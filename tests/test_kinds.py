"""Kinds of figures and tables: what each says of itself is what it can do, and is described."""

import inspect
import string
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from expost import kinds
from expost.study import figures
from expost.study.kinds import COUNT, COUNTS, REQUIRED, TEXT, Choice, Some
from planning import STUDIES, planned, schema

KINDS = kinds.every()
CAPTIONS = {"dataset", "draws", "threads"}  # what every caption may name
CATEGORIES = (ROOT / "workflow/report/landing.rst").read_text()


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param, KINDS[request.param], kinds.load(request.param)


def test_every_module_of_the_package_is_registered():
    folder = Path(kinds.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(kinds.KINDS)


def test_every_kind_is_a_figure_or_a_table_and_makes_what_it_is(kind):
    _, known, module = kind
    assert known.figure or known.table
    assert bool(known.figure) == hasattr(module, "draw")
    assert bool(known.table) == hasattr(module, "tabulate")
    for name in ("draw", "tabulate"):
        if function := getattr(module, name, None):
            assert list(inspect.signature(function).parameters) == ["given", "about"]
            assert function.__doc__


def test_what_a_picture_is_drawn_from_is_known_to_the_rules(kind):
    _, known, _ = kind
    rules = (ROOT / "workflow/rules/pages.smk").read_text()
    for name in known.files:
        assert f'    "{name}": "results/' in rules
    if known.figure:
        assert known.files or known.numbers
    if known.of == "nothing":
        assert not known.numbers
    assert set(known.capabilities) <= {
        *("images", "groups", "classes", "features", "pairs of dimensions")
    }
    assert set(known.single) <= {"autoencoder", "epoch", "size", "seed"}
    assert bool(known.only) == bool(known.cannot)


def test_captions_say_what_every_instance_can(kind):
    _, known, _ = kind
    for page in filter(None, (known.figure, known.table)):
        names = {name for _, name, _, _ in string.Formatter().parse(page.caption) if name}
        groups = (
            {"targets", "dependence_of", "margins_of"} if "groups" in known.capabilities else ()
        )
        assert names <= CAPTIONS | set(known.options) | {*groups}
        if page is known.table:
            assert not names & {"dataset", *groups}  # a table is of all of them
        assert page.caption.format_map(dict.fromkeys(names, "x")).endswith(".")
        assert page.category[:2].strip().isdigit()


def value(known):
    if known is TEXT or known is REQUIRED:
        return "text"
    if known is COUNT:
        return 3
    if known is COUNTS:
        return [3, 1]
    if isinstance(known, dict):
        return {"key": 1}
    if isinstance(known, bool | str):
        return known
    if isinstance(known, Choice):
        return known.words[-1]
    if isinstance(known, Some):
        return list(known.words[1:])
    return known[0] if isinstance(known, tuple) else known + 1


def test_options_are_known_checked_and_have_their_defaults(kind):
    _, known, _ = kind
    assert not set(known.options) & set(figures.COMMON)
    given = {key: value(default) for key, default in known.options.items()}
    assert figures.options(known, given, "here") == given
    said = {
        key: default.words[0] if isinstance(default, Choice) else default
        for key, default in known.options.items()
    }
    said |= {key: list(some.words) for key, some in said.items() if isinstance(some, Some)}
    usual = {k: v for k, v in said.items() if isinstance(v, int | str | dict | list)}
    needed = {k: v for k, v in given.items() if k not in usual}
    assert figures.options(known, needed, "here") == usual | needed
    for key in needed:
        without = {k: v for k, v in given.items() if k != key}
        with pytest.raises(ValueError, match=f"here lacks {key}, which its kind needs"):
            figures.options(known, without, "here")
    for key, default in known.options.items():
        if default is not REQUIRED:
            with pytest.raises(ValueError, match=f"got {key} .'x'. in here; wanted"):
                figures.options(known, given | {key: ["x"]}, "here")
    with pytest.raises(ValueError, match="here has no option other; known are kind, title"):
        figures.options(known, given | {"other": 1}, "here")


def test_every_kind_is_shown_by_the_studies():
    every = planned(config={"studies": ["ebcae", "rae", "gens", "lmgae"]}).figures.values()
    ours = yaml.safe_load((STUDIES / "compare/study.yaml").read_text())["figures"].values()
    shown = {figure.kind_name for figure in every} | {figure["kind"] for figure in ours}
    assert shown == set(KINDS)


def undescribed(part, where=()):
    """The keys of a schema without words for them."""
    found = []
    for key, inner in part.get("properties", {}).items():
        if "description" not in inner:
            found.append(".".join([*where, key]))
        found += undescribed(inner, (*where, key))
    for inner in (part.get("items"), part.get("additionalProperties")):
        if isinstance(inner, dict):
            found += undescribed(inner, (*where, "*"))
    return found


def test_undescribed_keys_are_found_wherever_they_stand():
    inner = {"properties": {"a": {"description": "A."}, "b": {"type": "string"}}}
    whole = {"properties": {"x": {"description": "X.", "additionalProperties": inner}}}
    assert undescribed(whole) == ["x.*.b"]


@pytest.mark.parametrize("name", ["config", "study"])
def test_every_key_of_a_schema_is_described(name):
    assert not undescribed(schema(name))


def test_what_all_figures_can_say_is_what_the_schema_knows():
    known = schema("study")["properties"]["figures"]["additionalProperties"]["properties"]
    assert set(known) == set(figures.COMMON)
