"""Rows of the table of speeds say what was measured, and whether the results agree."""

from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT
from expost.runtime.threads import limited

from benchmarks.compare import alone, compare, medians, relative, using

ITEMS = sorted(path.stem for path in Path(ROOT, "benchmarks/items").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", ITEMS)
def test_every_module_has_rows(name):
    assert callable(import_module(f"benchmarks.items.{name}").rows)


def test_a_row_tells_ratio_and_agreement():
    row = compare("sum", ("plain", lambda: 1.0), lambda: 1.0 + 1e-9, relative, 1e-6, rounds=1)
    assert row.agrees
    item, plain, *_, agreement, threads, rounds = str(row).strip("| ").split(" | ")
    assert (item, plain, agreement, threads, rounds) == ("sum", "plain", "1e-09 ≤ 1e-06", "1", "1")


def test_a_row_shows_disagreement():
    row = compare("sum", ("plain", lambda: 1.0), lambda: 1.1, relative, 1e-6, rounds=1)
    assert not row.agrees
    assert "**1e-01 > 1e-06**" in str(row)


def test_a_share_is_scaled_and_said():
    row = compare("x", ("slow", lambda: 1), lambda: 1, relative, 0, share=0.01, rounds=3)
    assert "slow (1.0% of it, scaled)" in str(row)
    assert row.plain_seconds > row.seconds


def test_what_has_no_rival_is_checked_alone():
    row = alone("x", lambda: 2, lambda two: ("even", two % 2 == 0), rounds=1)
    assert row.agrees
    assert "| – | – |" in str(row)


def test_sides_take_turns():
    turns = []
    medians((lambda: turns.append("a"), lambda: turns.append("b")), 3)
    assert turns == ["a", "b"] * 3


def test_threads_are_given_back():
    before = limited()
    with using(before + 1):
        assert limited() == before + 1
    assert limited() == before
