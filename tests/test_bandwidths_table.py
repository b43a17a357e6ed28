"""Optimal bandwidths of many trials, and the table of them beside a paper's."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import bandwidths
from expost.divergences.bandwidth import largest_divergence
from expost.runtime import seeding
from expost.tables import bandwidths_table


def published(*rows):
    return pd.DataFrame(rows, columns=["dataset", "samples", "note", "value", "std"])


PAPER = published(
    ("standard_normal_l10", 250, "", 0.77, 0.02),
    ("standard_normal_l10", 500, "", 0.69, 0.01),  # 0.73 in the paper
    ("standard_normal_l40", 250, "printed as > 1.0", 1.0, np.nan),
    ("standard_normal_l40", 500, "printed as > 1.0", 1.0, np.nan),
)


@pytest.fixture(scope="module")
def trials():
    return bandwidths.simulate([10, 40], [250, 500], 3)


def test_a_row_is_a_trial_with_a_seed_of_its_own(trials):
    assert list(trials.columns) == bandwidths.COLUMNS
    assert len(trials) == trials["value"].nunique() == 12
    row = trials.iloc[4]
    cell = int(row["dimensions"]), int(row["size"]), int(row["seed"])
    assert cell == (10, 500, 1)
    rng = seeding.generator("optimal bandwidth", *cell)
    assert row["value"] == largest_divergence(10, 500, rng=rng)


def test_cells_have_mean_spread_and_what_the_paper_says(trials):
    table = bandwidths_table.summarise(trials, bandwidths_table.printed(PAPER))
    first = trials["value"][:3]
    assert table["mean"][0] == pytest.approx(first.mean())
    assert table["std"][0] == pytest.approx(first.std())
    assert list(table["same"]) == [True, False, True, True]
    assert table["difference"][1] == pytest.approx(table["mean"][1] - 0.69)
    assert table.loc[2:, ["printed", "difference"]].isna().all(axis=None)


def test_what_is_below_one_is_not_what_is_printed_as_above(trials):
    below = trials.assign(value=trials["value"].clip(upper=0.99))
    table = bandwidths_table.summarise(below, bandwidths_table.printed(PAPER))
    assert list(table["same"][2:]) == [False, False]


def test_the_table_has_dimensions_in_rows_and_both_numbers_in_a_cell(trials):
    paper = bandwidths_table.printed(PAPER.drop(index=0))
    table = bandwidths_table.summarise(trials, paper)
    (shown,), note = bandwidths_table.bandwidth_table(table, "GENs, Table 1")
    assert shown.columns == ["Dimensions", "250", "500"]
    assert [row[0] for row in shown.rows] == ["10", "40"]
    assert shown.rows[0][1] == f"{table['mean'][0]:.3f} ± {table['std'][0]:.3f} / –"
    assert shown.rows[0][2].endswith(" / 0.69 ± 0.01")
    assert shown.rows[1][1].endswith(" / > 1")
    assert shown.bold == {(1, 1), (1, 2)}
    assert "over 3 trials" in note
    assert "GENs, Table 1: 2 of 3 values are the same" in note


@pytest.mark.parametrize(
    "row", [("mnist", 250), ("standard_normal_l2", "250 codes"), ("standard_normal_l2", None)]
)
def test_published_rows_say_dimensions_and_codes(row):
    with pytest.raises(ValueError, match="wanted standard_normal_l8 and 1000, say"):
        bandwidths_table.printed(published((*row, "", 0.5, 0.1)))


def test_without_a_paper_ours_stand_alone(trials):
    table = bandwidths_table.summarise(trials, bandwidths_table.printed(pd.DataFrame()))
    (shown,), note = bandwidths_table.bandwidth_table(table, "")
    assert all(cell.endswith(" / –") for row in shown.rows for cell in row[1:])
    assert not shown.bold
    assert note.endswith("as wide as the law itself.")
