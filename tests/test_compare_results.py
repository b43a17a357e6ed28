"""`workflow/compare.py` says how far the numbers of two folders of results are apart."""

import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT

TABLE = pd.DataFrame({"sampler": ["gmm", "kde", "vine"], "seed": 0, "value": [1.0, 20.0, 3.0]})


@pytest.fixture
def compared(tmp_path):
    """What it prints of two tables, and how it ends."""

    def run(old, new, *arguments):
        for folder, table in (("old", old), ("new", new)):
            (tmp_path / folder / "scores").mkdir(parents=True)
            table.to_csv(tmp_path / folder / "scores/figure.csv", index=False)
        command = [sys.executable, ROOT / "workflow/compare.py", "old", "new", *arguments]
        found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert not found.stderr
        return found.stdout, found.returncode

    return run


def test_the_same_numbers_in_another_order_are_the_same(compared):
    told, ended = compared(TABLE, TABLE[::-1])
    assert "3 numbers in both, 3 equal, 0 further apart than 1e-06" in told
    assert ended == 0


@pytest.mark.parametrize(("tolerance", "ended"), [(1e-3, 1), (1e-1, 0)])
def test_a_number_is_compared_by_its_size(tolerance, ended, compared):
    other = TABLE.assign(value=[1.0, 21.0, 3.0])
    told, found = compared(TABLE, other, "--tolerance", str(tolerance))
    assert "at most 0.05" in told
    assert ("kde" in told) == bool(ended)
    assert found == ended


def test_what_only_one_has_is_a_difference(compared):
    told, ended = compared(TABLE, TABLE[1:])
    assert "1 only in the old, 0 only in the new" in told
    assert ended == 1


@pytest.mark.parametrize("turned", [False, True])
def test_whether_trainings_collapsed_need_not_be_said_by_both(turned, compared):
    tables = [TABLE, TABLE.assign(collapsed=0)]
    told, ended = compared(*tables[:: -1 if turned else 1])
    assert "only one has the columns collapsed" in told
    assert "3 numbers in both, 3 equal" in told
    assert ended == 0


def test_what_else_says_which_number_it_is_must_be_said_by_both(compared):
    told, ended = compared(TABLE, TABLE.assign(space="codes"))
    assert told == "scores/figure.csv: only one has the columns space\n"
    assert ended == 1
