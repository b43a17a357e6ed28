"""Whether a job had its cores to itself, and that the pipeline leaves a timed one alone."""

import os
import re
import subprocess
import sys
import time

import numpy as np
import pytest
from conftest import ROOT
from expost.runtime import load
from expost.runtime.load import Load, Watch


@pytest.mark.parametrize(
    ("lacked", "others", "threads", "cores", "busy"),
    [
        (0.0, 0.0, 1, 1, False),
        (0.2, 0.0, 1, 8, True),  # it waited
        (0.0, 7.0, 1, 8, False),  # a core was left
        (0.0, 7.0, 2, 8, True),
        (0.0, 1.0, 1, 1, True),  # two threads of one core: neither waits, both are slow
        (0.0, 0.2, 4, 4, False),  # what any machine does
        (0.0, np.nan, 1, 2, False),  # not known
        (0.3, np.nan, 1, 2, True),
    ],
)
def test_work_is_busy_if_it_waits_or_others_take_what_it_needs(
    lacked, others, threads, cores, busy
):
    assert Load(lacked, others, threads, cores).busy is busy


def clocks(monkeypatch, *ticks):
    told = iter(ticks)
    monkeypatch.setattr(load, "_clocks", lambda: next(told))


@pytest.mark.parametrize(
    ("after", "threads", "lacked", "others"),
    [
        ((10.0, 10.0, 0.0, 10.0), 1, 0.0, 0.0),
        ((10.0, 5.0, 5.0, 20.0), 1, 0.5, 1.5),
        ((10.0, 5.0, 0.0, 20.0), 1, 0.5, 1.5),  # a kernel that says nothing of its queue
        ((10.0, 12.0, 0.0, 12.0), 2, 0.0, 0.0),  # two threads that wait for each other
        ((10.0, 12.0, 8.0, 20.0), 2, 0.4, 0.8),
        ((10.0, 10.0, 0.0, 9.9), 1, 0.0, 0.0),  # clock ticks are coarse
    ],
)
def test_shares_are_of_the_time_between_start_and_stop(monkeypatch, after, threads, lacked, others):
    before = (100.0, 7.0, 3.0, 50.0)
    clocks(monkeypatch, before, tuple(a + b for a, b in zip(after, before, strict=True)))
    found = Watch(threads).stop()
    assert (found.lacked, found.others) == pytest.approx((lacked, others))


def test_work_beside_more_of_it_than_there_are_cores_is_seen():
    """As many busy processes on one core as make it wait, whatever else the machine does."""
    core = min(os.sched_getaffinity(0))
    program = f"import os; os.sched_setaffinity(0, [{core}])\nwhile True: pass"
    others = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, [core])
        time.sleep(0.3)
        watch, end = Watch(), time.perf_counter() + 1
        while time.perf_counter() < end:
            pass
        found = watch.stop()
    finally:
        os.sched_setaffinity(0, allowed)
        for other in others:
            other.kill()
            other.wait()
    assert found.busy
    assert found.lacked > 0.3
    assert found.others > 0.3


@pytest.mark.parametrize("cores", [1, 3])
def test_a_timed_job_asks_for_all_cores_that_there_are(cores):
    command = [sys.executable, "-m", "snakemake", "-n", "--cores", str(cores), "--quiet", "host"]
    told = subprocess.run(
        [*command, "--", "cost_over_sample_size"], cwd=ROOT, capture_output=True, text=True
    )
    jobs = re.split(r"\n(?=(?:local)?rule )", told.stdout + told.stderr)
    timed = [job for job in jobs if job.startswith("rule cost:")]
    assert len(timed) > 10
    threads = {int((re.search(r"threads: (\d+)", job) or [0, "1"])[1]) for job in timed}
    assert threads == {cores}
