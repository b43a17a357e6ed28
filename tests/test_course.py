"""What trainings tell of their codes: epoch by epoch, at the end, beside the law they are for."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import course
from expost.figures import course as drawn
from expost.figures import naming
from expost.tables import course_table, markup
from planning import planned

CODES = np.random.default_rng(0).normal(scale=[0.6, 0.8], size=(4000, 2))
HISTORY = pd.DataFrame(
    {
        "epoch": [1, 2, 3],
        "ratio": [0.9, 0.7, 0.6],
        "longest_code": [9.0, 5.0, 3.0],
        "variance_of_codes": [4.0, 1.0, 0.5],
        "validation": [0.3, 0.2, 0.1],
    }
)


def rows(bandwidth=0.6, history=HISTORY, seeds=3, name="gen", shift=0.0):
    found = []
    for seed in range(seeds):
        other = history.copy()
        if "ratio" in other:
            other["ratio"] += shift + 0.001 * seed
        about = {"dataset": "digits", "autoencoder": name, "seed": seed}
        found += [about | one for one in course.records(other, CODES, bandwidth)]
    return pd.DataFrame(found, columns=course.COLUMNS)


def value(table, metric):
    return table[(table["metric"] == metric) & (table["seed"] == 0)]["value"].item()


def test_epochs_are_told_and_the_end_is_measured():
    table = rows()
    ratios = table[(table["metric"] == "ratio") & (table["seed"] == 0)]
    assert dict(zip(ratios["epoch"], ratios["value"], strict=True)) == {1: 0.9, 2: 0.7, 3: 0.6}
    assert value(table, "last_ratio") == 0.6
    assert value(table, "last_longest_code") == 3
    variance = (0.6**2 + 0.8**2) / 2
    assert value(table, "variance_of_test_codes") == pytest.approx(variance, rel=0.05)
    assert value(table, "law") == pytest.approx(0.64)
    assert value(table, "variance_over_law") == pytest.approx(variance / 0.64, rel=0.05)


def test_an_autoencoder_without_kernels_has_a_variance_alone():
    table = rows(None, HISTORY[["epoch", "validation"]], seeds=1, name="vae")
    assert list(table["metric"]) == ["variance_of_test_codes"]
    assert table["epoch"].isna().all()


def both():
    plain = rows(None, HISTORY[["epoch", "validation"]], name="vae")
    return pd.concat([rows(), rows(shift=0.37, name="gen_more"), plain])


def test_the_table_has_a_row_an_autoencoder_and_what_is_saturated_in_bold():
    with naming.of({"gen": ("GEN", True), "gen_more": ("GEN, more", True), "vae": ("VAE", True)}):
        means = course_table.summarise(both())
        (table,), note = course_table.course_tables(means)
        assert [row[0] for row in table.rows] == ["GEN", "GEN, more", "VAE"]
        assert table.rows[0][1].startswith("0.601")
        assert table.rows[2][1:3] == ["–", "–"]
        assert table.rows[2][4] == "–"
        assert table.rows[0][4].startswith("0.640")
        assert table.bold == {(1, 1)}
        assert table.rows[1][1].endswith("(to 0.972)")
        assert markup.markdown([table], note)


def test_the_figure_has_a_line_a_training_and_the_law():
    with naming.of({"gen": ("GEN", True), "gen_more": ("GEN, more", True), "vae": ("VAE", True)}):
        figure = drawn.course(both())
    above, below = figure.axes
    lines = {line.get_label(): line for line in above.get_lines()}
    assert list(lines["GEN"].get_ydata()) == pytest.approx([0.9, 0.7, 0.6])
    of_gen = [line for line in above.get_lines() if line.get_color() == lines["GEN"].get_color()]
    assert [line.get_ydata()[2] for line in of_gen] == pytest.approx([0.6, 0.601, 0.602])
    assert list(lines["GEN, more"].get_xdata()) == [1, 2, 3]
    assert "VAE" not in lines  # which tells nothing of its codes
    level = [line.get_ydata()[0] for line in below.get_lines() if len(line.get_xdata()) == 2]
    assert level == pytest.approx([0.64])


def test_epochs_are_whole_and_variances_within_a_decade_have_short_numbers():
    with naming.of({"gen": ("GEN", True)}):
        figure = drawn.course(rows())
    _, below = figure.axes
    assert numbers(below.xaxis) == ["1", "2", "3"]
    assert numbers(below.yaxis) == ["0.5", "1", "2"]


def numbers(axis):
    """Those beside its major and its minor ticks, where there are any."""
    low, high = axis.get_view_interval()
    found = []
    for minor, formatter in (False, axis.get_major_formatter()), (True, axis.get_minor_formatter()):
        ticks = [tick for tick in axis.get_ticklocs(minor=minor) if low <= tick <= high]
        found += filter(None, formatter.format_ticks(ticks))
    return found


def test_a_study_knows_the_kernels_of_each_autoencoder_and_can_claim_of_the_numbers():
    figure = {"kind": "course", "title": "t"}
    entry = {"objective": "gen", "options": {"sample": 500}}
    plan = planned({"figures": {"course": figure}, "autoencoders": {"ae": entry}})
    assert plan.measured("ebcae") == {"course": "courses"}
    assert {run.autoencoder for run in plan.figures["course"].runs} == {"ebcae.ae", "ebcae.vae"}
