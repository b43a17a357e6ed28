"""Claims about a setting of an autoencoder: of its values by name, and of where they lead."""

import pytest
from claiming import entry, load, tidy
from expost.papers.claims import verdicts
from expost.papers.claims.identity import Identity
from expost.tables import claims_table

FEW = {  # the autoencoder itself has the second value
    "vae-beta-0.1/prior": [3.0, 3.1, 3.3],
    "vae/prior": [2.0, 2.2, 2.1],
    "vae-beta-10/prior": [1.0, 1.1, 1.05],
    "vae-beta-2/prior": [1.5, 1.6, 1.55],
    "vae-latent-3/prior": [9.0, 9.1, 9.2],
    "ae/held_out": [0.1, 0.2, 0.1],
}
OWN = "vae-beta-0.5/prior"
TREND = {"kind": "trend", "left": ["vae/prior"], "over": "beta"}


def same():
    """What a plan says of these: that 0.5 is how the autoencoder is made."""
    names = {name: Identity(*name.split("/")) for name in FEW}
    return {name: {2000: what} for name, what in (names | {OWN: names["vae/prior"]}).items()}


def told(tmp_path, values=FEW, known=None, **test):
    made = entry()
    made["tests"] = [{"by": ["features/emd"]} | test]
    known = {"digits": same() if known is None else known}
    return verdicts.judge(load(tmp_path, made), {"scores": tidy(values)}, 2000, known)


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("vae-beta-10/prior", "vae-beta-0.1/prior", "supported"),
        ("vae-beta-0.1/prior", "vae-beta-10/prior", "not supported"),
        (OWN, "vae-beta-0.1/prior", "supported"),
        (OWN, "vae-beta-10/prior", "not supported"),
    ],
)
def test_values_are_compared_by_their_names_the_own_one_too(tmp_path, left, right, word):
    found = told(tmp_path, kind="better", left=[left], right=[right])
    assert found["verdict"][0] == word
    (table,), _ = claims_table.claims_tables(found)
    assert "VAE, beta 0.1 3.13" in table.rows[0][3] or "VAE, beta 10 1.05" in table.rows[0][3]


def test_the_own_value_is_no_other_than_the_autoencoder_itself(tmp_path):
    found = told(tmp_path, kind="better", left=[OWN], right=["vae/prior"])
    assert found["reason"][0] == f"{OWN} and vae/prior are one and the same under two names"


def test_a_value_that_was_not_run_is_not_tested(tmp_path):
    found = told(tmp_path, kind="less", left=["vae-beta-7/prior"], right=["vae/prior"])
    assert found["reason"][0] == "no scores of vae-beta-7/prior"


def test_an_autoencoder_with_a_setting_is_known_by_its_own_name(tmp_path):
    with pytest.raises(ValueError, match="unknown autoencoder 'vea'.*did you mean 'vae'"):
        told(tmp_path, kind="less", left=["vea-beta-7/prior"], right=["vae/prior"])


def test_a_trend_is_the_rank_correlation_with_the_values_as_numbers(tmp_path):
    """2 stands before 10, which as text it would not, and another setting is not among them."""
    found = told(tmp_path, **TREND, below=-0.9)
    assert (found["verdict"][0], found["estimate"][0], found["seeds"][0]) == ("supported", -1, 3)
    assert told(tmp_path, **TREND, above=0)["verdict"][0] == "not supported"
    (table,), _ = claims_table.claims_tables(found)
    assert "EMD (features): VAE, rank correlation with beta -1.00 ± 0" in table.rows[0][3]


def test_a_trend_is_taken_seed_by_seed(tmp_path):
    """One seed has its last two of four in the other order: Spearman's is 1 - 6 * 2 / 60 there."""
    values = FEW | {"vae-beta-10/prior": [1.0, 1.1, 1.7]}
    found = told(tmp_path, values, **TREND, below=0)
    assert found["estimate"][0] == pytest.approx((-1 - 1 - 0.8) / 3)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (
            {k: v for k, v in FEW.items() if "-beta-1" not in k and "-2" not in k},
            "2 values of beta of vae/prior have no trend to speak of; wanted 3 or more",
        ),
        (
            {k: [1.0, 1.0, 1.0] for k in FEW},
            "features/emd of vae/prior is the same at all 4 of beta",
        ),
        (
            {k: v[: 1 if "10" in k else 3] for k, v in FEW.items()},
            "one seed, and so no interval",
        ),
    ],
)
def test_a_trend_of_too_little_is_not_tested(tmp_path, values, reason):
    found = told(tmp_path, values, **TREND, below=0)
    assert (found["verdict"][0], found["reason"][0]) == ("not tested here", reason)


def test_a_trend_of_values_that_are_one_is_not_tested(tmp_path):
    known = same()
    known["vae-beta-2/prior"] = known["vae-beta-10/prior"]
    found = told(tmp_path, known=known, **TREND, below=0)
    assert "vae-beta-10/prior are one and the same" in found["reason"][0]


def test_a_trend_wants_a_bound(tmp_path):
    with pytest.raises(ValueError, match="wanted one bound or both"):
        told(tmp_path, **TREND)
