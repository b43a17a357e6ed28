"""What fitting and drawing cost (the codes, the clock, the figure), and what a whole run does."""

import json
import logging
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import yaml
from expost.analyses import timing
from expost.datasets import synthetic_codes
from expost.figures import timing_curves as cost_figure
from expost.samplers import Gaussian
from expost.samplers.base import Sampler
from expost.study import runs
from scipy import stats


def test_synthetic_codes_of_one_seed_are_draws_from_one_law():
    few, many = synthetic_codes.codes(4000, 3, rng=7), synthetic_codes.codes(20_000, 3, rng=7)
    assert few.shape == (4000, 3)
    for column in range(3):
        assert stats.ks_2samp(few[:, column], many[:, column]).pvalue > 1e-3
        other = synthetic_codes.codes(4000, 3, rng=8)[:, column]
        assert stats.ks_2samp(few[:, column], other).pvalue < 1e-6
    assert np.array_equal(few, synthetic_codes.codes(4000, 3, rng=7))


def test_synthetic_codes_are_clustered_correlated_and_skewed():
    codes = synthetic_codes.codes(20_000, 2, rng=7)
    fitted = Gaussian().fit(codes)
    normal = fitted.sample(20_000, rng=0)  # of the same moments
    assert abs(np.corrcoef(codes.T)[0, 1]) > 0.1
    assert stats.skew(codes).max() > 0.3
    assert stats.ks_2samp(codes[:, 0], normal[:, 0]).statistic > 0.05


@pytest.mark.parametrize(("n", "d"), [(0, 2), (2, 0)])
def test_no_codes_are_refused(n, d):
    with pytest.raises(ValueError, match=f"n = {n} and d = {d}"):
        synthetic_codes.codes(n, d)


def clocked(rounds):
    """A function whose rounds take as long as listed by the clock that comes with it."""
    durations, now = iter(rounds), [0.0]

    def work():
        now[0] += next(durations)

    return work, lambda: now[0]


@pytest.mark.parametrize(
    ("rounds", "counted"),
    [
        ([0.25], [0.25]),  # long: once is enough
        ([0.19, 0.1, 0.15, 0.05], [0.1, 0.15, 0.05]),  # the first of short ones is not counted
        ([0.01, *[0.0625] * 4], [0.0625] * 4),  # until they add up to 0.2
    ],
)
def test_short_work_is_repeated_and_long_work_is_not(rounds, counted):
    assert timing.repeated(*clocked(rounds)) == pytest.approx(counted)


class Sleepy(Sampler):
    """Fits slower than it draws, and counts."""

    libraries = ("json",)

    def _fit(self, codes, rng):
        self.fitted_ = len(codes)

    def _sample(self, n, rng):
        assert n == self.fitted_  # as many draws as codes
        return rng.standard_normal((n, self.n_features_in_))


def test_both_phases_are_measured(caplog):
    with caplog.at_level(logging.INFO, "expost"):
        fit, draw = timing.measure(
            Sleepy(), synthetic_codes.codes(500, 2), np.random.default_rng(0)
        )
    assert (fit["phase"], draw["phase"]) == ("fit", "sample")
    for record in (fit, draw):
        assert 0 < record["seconds"] < timing.ENOUGH
        assert record["rounds"] >= 3
    assert json.dumps([fit, draw])
    assert "rounds" in caplog.text


def test_runs_are_those_of_every_grid_each_once():
    found = runs.costs(
        [
            {"sampler": ["kde", "gmm"], "dimension": [10, 20], "size": [500, 2000]},
            {"sampler": ["kde", "vine"], "dimension": [10], "size": [500]},
        ],
        "a figure",
    )
    assert len(found) == len(set(found)) == 9
    assert found[-1] == runs.Cost("vine", 10, 500)


def timings(powers, sizes=(500, 1000, 2000, 4000), dimensions=(10, 100)):
    """Seconds that grow as the given power of n."""
    rows = [
        (name, d, n, phase, 1e-6 * d * n**power, False)
        for name, power in powers.items()
        for d in dimensions
        for n in sizes
        for phase in cost_figure.PHASES
    ]
    return pd.DataFrame(rows, columns=["sampler", "dimension", "size", "phase", "seconds", "busy"])


def test_slopes_are_powers_of_n_over_the_larger_half_of_sizes():
    sizes = np.array([8000, 500, 1000, 2000, 4000])
    flat_first = np.maximum(sizes, 2000.0) ** 1.5  # constant while small
    assert cost_figure.slope(sizes, flat_first) == pytest.approx(1.5)
    assert cost_figure.slope(sizes[:2], np.array([16.0, 1])) == pytest.approx(1)
    assert np.isnan(cost_figure.slope(sizes[:1], flat_first[:1]))
    near = np.array([1000, 1100])  # a tenth more time at one of them would be a power of 1
    assert np.isnan(cost_figure.slope(near, near / 1e3))


def texts(figure, panel):
    return [text.get_text() for text in figure.axes[panel].texts]


def test_lines_end_with_their_powers_of_n():
    figure = cost_figure.cost_over_sample_size(timings({"kde": 2.0, "gmm": 1.0, "real_nvp": -1e-9}))
    assert [axes.get_title() for axes in figure.axes] == [
        f"{title}, d = {d}" for d in (10, 100) for title in cost_figure.PHASES.values()
    ]
    for panel in range(4):
        assert texts(figure, panel) == ["n^2.0", "n^1.0", "n^0.0"]
    assert [text.get_text() for text in figure.legends[0].texts] == ["KDE", "GMM", "Real NVP"]


def test_a_sampler_may_lack_dimensions_and_sizes():
    table = timings({"kde": 2.0, "vine": 1.0})
    table = table[
        (table["sampler"] == "kde") | ((table["dimension"] == 10) & (table["size"] < 900))
    ]
    figure = cost_figure.cost_over_sample_size(table)
    assert [texts(figure, panel) for panel in (0, 2)] == [["n^2.0"], ["n^2.0"]]  # no vine's


@pytest.mark.parametrize("busy", [500, 2000, 4000, "none"])
def test_no_power_is_fitted_to_times_taken_while_other_work_took_the_cores(busy):
    table = timings({"kde": 2.0, "gmm": 1.0}, dimensions=(10,))
    table["busy"] = (table["sampler"] == "kde") & (table["size"] == busy)
    figure = cost_figure.cost_over_sample_size(table)
    fitted = ["n^2.0", "n^1.0"] if busy in (500, "none") else ["n^1.0"]  # 500: not among these
    assert [texts(figure, panel) for panel in (0, 1)] == [fitted, fitted]
    hollow = [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "white"]
    shown = [x for line in hollow for x in line.get_xdata()]
    assert shown == ([] if busy == "none" else [busy])
    assert (cost_figure.BUSY in [text.get_text() for text in figure.texts]) is (busy != "none")


def test_powers_keep_to_their_panels_however_many():
    for dimensions in ((10,), (10, 20, 100), (2, 5, 10, 20, 50, 100)):
        powers = {"gaussian": 1.0, "independent": 1.01, "real_nvp": 1.02}
        figure = cost_figure.cost_over_sample_size(timings(powers, dimensions=dimensions))
        figure.draw_without_rendering()
        for left, right in zip(figure.axes[::2], figure.axes[1::2], strict=True):
            edge = right.get_window_extent().x0
            assert max(text.get_window_extent().x1 for text in left.texts) < edge
            assert max(text.get_window_extent().x1 for text in right.texts) < figure.bbox.x1


@pytest.mark.parametrize(
    ("seconds", "shown"), [(1e3, "1000 s"), (1, "1 s"), (0.1, "100 ms"), (1e-4, "100 µs")]
)
def test_times_stand_in_units_without_powers_of_ten(seconds, shown):
    assert cost_figure._duration(seconds) == shown


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.iloc[:0], "no rows"),
        (lambda t: t.drop(columns="size"), "lacks the columns size"),
        (lambda t: t.drop(columns="busy"), "lacks the columns busy"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "second value for one run: sampler kde"),
        (lambda t: t.assign(seconds=t["seconds"].where(t.index > 0, 0.0)), "0.0 seconds"),
    ],
)
def test_tables_that_cannot_be_drawn_are_refused(change, message):
    with pytest.raises(ValueError, match=re.compile(message)):
        cost_figure.cost_over_sample_size(change(timings({"kde": 2.0})))


def test_costs_are_of_the_runs_in_the_study(smoke):
    overlay = yaml.safe_load((smoke / "tests/smoke.yaml").read_text())
    grid = overlay["overrides"]["ebcae"]["figures"]["cost_over_sample_size"]["grid"]
    costs = pd.read_csv(smoke / "results/timing/cost_over_sample_size.csv")
    assert (costs["seconds"] > 0).all()
    assert costs["busy"].dtype == bool
    assert costs["lacked"].between(0, 1).all()
    assert set(costs["phase"]) == {"fit", "sample"}
    found = costs[list(runs.Cost._fields)].drop_duplicates().itertuples(index=False, name=None)
    assert list(found) == [tuple(run) for run in runs.costs(grid, "a figure")]


def test_the_overhead_of_a_run_is_read_from_its_logs(smoke):
    command = [sys.executable, "-m", "benchmarks.overhead"]
    told = subprocess.run(command, cwd=smoke, check=True, capture_output=True, text=True).stdout
    rows = dict(re.findall(r"^\| (\w+) \| (\d+) \|", told, re.MULTILINE))
    total = int(rows.pop("all"))
    assert total == sum(map(int, rows.values())) == len(list((smoke / "results").rglob("*.tsv")))
    wall, jobs = map(int, re.search(r"wall (\d+) s .* (\d+) s", told).groups())
    assert 0 < jobs <= 2 * (wall + 1)  # on two cores
