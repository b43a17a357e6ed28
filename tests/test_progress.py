"""How far a long computation is: lines where the log shows them, or else a bar."""

import logging
import sys
from types import ModuleType
from typing import ClassVar

import numpy as np
import pytest
from expost.runtime.progress import Progress
from expost.samplers import KDE, RealNVP

FLOW = {"hidden": 8, "batch": 20, "learning_rate": 1e-2}


class Bar:
    """Of `tqdm` what is used, with what was asked of it."""

    made: ClassVar[list] = []

    def __init__(self, total, initial=0, delay=0, disable=False):
        self.total, self.n, self.delay, self.disable = total, initial, delay, disable
        self.closed, self.said = False, []
        self.made.append(self)

    def update(self, n):
        self.n += n

    def set_postfix_str(self, text, refresh=True):
        self.said.append(text)

    def close(self):
        self.closed = True


@pytest.fixture
def bars(monkeypatch):
    module = ModuleType("tqdm.auto")
    module.tqdm = Bar
    monkeypatch.setitem(sys.modules, "tqdm", ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    monkeypatch.setattr(Bar, "made", [])
    return Bar.made


def codes(n=200):
    return np.random.default_rng(0).standard_normal((n, 2))


def test_where_nobody_reads_the_log_a_bar_goes_to_the_end(bars):
    progress = Progress(5, done=1)
    for step in (2, 4, 5):
        progress(step, f"step {step}")
    (bar,) = bars
    assert (bar.n, bar.total, bar.closed) == (5, 5, True)
    assert bar.said == ["step 2", "step 4", "step 5"]
    assert bar.disable is None  # nothing where there is no terminal


def test_a_notebook_has_a_bar_though_it_is_no_terminal(bars, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel.zmqshell", ModuleType("zmqshell"))
    Progress(1)
    assert bars[0].disable is False


def test_who_reads_the_log_gets_lines_and_no_bar(bars, caplog):
    with caplog.at_level(logging.INFO, "expost"):
        progress = Progress(2)
        progress(1, "half")
        progress(2, "all")
    assert bars == []
    assert [record.getMessage()[:9] for record in caplog.records] == ["1/2  half", "2/2  all "]


def test_without_tqdm_there_is_no_bar(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    progress = Progress(1)
    progress(1)
    progress.close()


def test_what_is_brief_says_nothing_until_it_is_long(caplog):
    with caplog.at_level(logging.INFO, "expost"):
        short = Progress(3, brief=True)
        for step in (1, 2, 3):
            short(step)
        assert not caplog.records
        long = Progress(3, every=0.0, brief=True)
        for step in (1, 2, 3):
            long(step)
    assert [record.getMessage()[:3] for record in caplog.records] == ["1/3", "2/3", "3/3"]


@pytest.mark.parametrize("patience", [None, 2])
def test_the_training_of_a_flow_shows_how_far_it_is(bars, patience):
    fitted = RealNVP(**FLOW, steps=3000 if patience else 250, patience=patience).fit(codes(), 0)
    (bar,) = bars
    assert bar.closed
    assert bar.total == (3000 if patience else 250)
    assert bar.n == bar.total if patience is None else 0 < bar.n < bar.total
    assert len(bar.said) == len(fitted.losses_)
    assert all(said.startswith("negative log-likelihood ") for said in bar.said)


def test_the_training_of_a_flow_is_logged(caplog):
    with caplog.at_level(logging.INFO, "expost"):
        RealNVP(**FLOW, steps=120, patience=None).fit(codes(), 0)
    assert [record.getMessage()[:7] for record in caplog.records] == ["100/120", "120/120"]


def test_cross_validation_shows_how_far_it_is(bars):
    KDE(count=3).fit(codes(), 0)
    (bar,) = bars
    assert bar.closed
    assert bar.n == bar.total
    assert bar.delay > 0  # most of it is short
