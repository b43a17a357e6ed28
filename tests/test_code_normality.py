"""How normal somebody's codes are: in a comparison, in words, and in a table."""

import numpy as np
import pandas as pd
import pytest
from expost import compare, normality
from expost.analyses import code_normality
from expost.divergences.normality import Gap, Normality
from expost.figures import cover
from expost.kinds import normality as kind
from expost.tables import normality_table

RNG = np.random.default_rng(0)
NORMAL, BENT = RNG.normal(size=(300, 2)), RNG.normal(size=(300, 2)) ** 2


def compared(codes):
    return compare(codes, samplers=["gaussian"], seeds=1, progress=False)


def test_a_comparison_says_how_normal_the_codes_are():
    normal, bent = compared(NORMAL), compared(BENT)
    assert abs(normal.normality.all.gap) < normal.normality.all.half_width
    assert bent.normality.all.gap > bent.normality.all.half_width
    assert normal.notes[-1].endswith("So these codes are no further from normal than chance.")
    assert bent.notes[-1].endswith("So these codes are not normal.")
    assert f"{bent.normality.all.gap:.3f} ±" in str(bent)
    assert compared(BENT).notes[-1] == bent.notes[-1]
    assert bent.normality.codes == 299  # the half of an odd quarter is not used


def test_it_says_why_where_nothing_can_be_said():
    flat = np.repeat(NORMAL[:, :1], 2, axis=1) + np.array([0, 1])
    found = compared(flat)
    assert found.normality is None
    assert (
        "How normal the codes are cannot be told: the codes have a covariance of rank 1"
        in (found.notes[-1])
    )


def made(gap, half, trimmed=None, outliers=0, jsd=0.1):
    every = Gap(5.0, 5.0 + gap, gap, half)
    trimmed = every if trimmed is None else Gap(5.0, 5.0 + trimmed, trimmed, half)
    bits = None if jsd is None else -0.02
    return Normality(1000, 4, every, trimmed, outliers, 0.2, jsd, bits, 0.5)


def test_the_sentence_has_what_was_found_and_no_more():
    text = code_normality.sentence(made(0.5, 0.1))
    assert "1,000 codes" in text
    assert "0.500 ± 0.100 nats below" in text
    assert "is 0.100 bits, that of normal ones -0.020" in text
    assert "without which" not in text
    assert "bits" not in code_normality.sentence(made(0.5, 0.1, jsd=None))
    # outliers hide what lacks: a single gap decides
    hidden = code_normality.sentence(made(0.05, 0.1, trimmed=0.3, outliers=7))
    assert "7 of them are outliers (of normal ones 0.2), without which it is 0.300" in hidden
    assert hidden.endswith("not normal.")
    assert code_normality.sentence(made(-0.3, 0.1)).endswith("not normal.")


def test_records_are_those_of_the_summary():
    found = {
        record["metric"]: record["value"]
        for record in code_normality.records(BENT, 200, np.random.default_rng(3))
    }
    wanted = normality(BENT, most=200, rng=np.random.default_rng(3))
    assert found["gap"] == wanted.all.gap
    assert found["trimmed_gap"] == wanted.trimmed.gap
    assert found["jsd"] == wanted.jsd
    assert found["codes"] == 200


@pytest.fixture
def numbers(tmp_path):
    rows = []
    flat = np.repeat(NORMAL[:, :1], 2, axis=1)
    for name, codes in (("ae", BENT), ("vae", NORMAL), ("gen", flat), ("aae", NORMAL[:9])):
        axes = {"dataset": "d", "autoencoder": name, "epoch": 1, "seed": 0}
        records = code_normality.records(codes, 300, np.random.default_rng(0))
        rows += [axes | record for record in records]
    pd.DataFrame(rows).to_csv(tmp_path / "n.csv", index=False)
    return tmp_path / "n.csv"


def test_the_table_has_a_row_a_set_of_codes_and_bold_gaps(numbers):
    table, (shown,), note = kind.tabulate({"numbers": [str(numbers)]}, {})
    assert list(table["autoencoder"]) == ["ae", "vae", "gen", "aae"]
    assert shown.columns == list(normality_table.HEADINGS)
    assert {(0, 3), (0, 4)} <= shown.bold
    assert not {(1, 3), (1, 4)} & shown.bold
    assert shown.rows[0][2] == "300"
    assert "jackknife" in note
    assert set(shown.rows[2][2:]) == set(shown.rows[3][2:]) == {"–"}
    assert "Of gen on d nothing is known: the codes have a covariance of rank 1" in note
    assert "Of aae on d nothing is known: " in note


def test_no_cover_is_made_of_a_table_without_methods(numbers):
    assert not cover.shows(numbers.with_suffix(".html"))
    assert cover.shows("results/figures/a/b.png")
    pd.DataFrame({"verdict": ["holds"]}).to_csv(numbers, index=False)
    assert cover.shows(numbers.with_suffix(".html"))
