"""Covariances of codes in active dimensions: against slow ones, and those that chance makes."""

import numpy as np
import pandas as pd
import pytest
import torch
from expost.analyses import code_covariances
from expost.kinds import covariances as kind
from expost.objectives import latent_mask
from expost.tables import covariances_table
from planning import planned

RNG = np.random.default_rng(0)


def of(codes, opened=None):
    return {r["metric"]: r["value"] for r in code_covariances.of_codes(codes, opened)}


def by_hand(codes):
    """One pair after the other."""
    n, d = codes.shape
    found = {"covariance": [], "correlation": []}
    for i in range(d):
        for j in range(i):
            x, y = (codes[:, k] - sum(codes[:, k]) / n for k in (i, j))
            found["covariance"].append(abs(sum(x * y) / (n - 1)))
            found["correlation"].append(abs(sum(x * y)) / np.sqrt(sum(x * x) * sum(y * y)))
    return {metric: np.mean(values) for metric, values in found.items()}


def test_all_pairs_of_active_dimensions_are_averaged():
    codes = RNG.normal(size=(30, 5)).astype(np.float32) @ RNG.normal(size=(5, 5))
    opened = np.array([0.99, 0.0, 0.1, 0.5, 0.0999])
    found = of(codes, opened)
    expected = by_hand(codes[:, [0, 2, 3]])
    assert {key: found[key] for key in expected} == pytest.approx(expected, rel=1e-6)
    assert (found["active"], found["collapsed"]) == (3, 0)
    assert found["variance"] == pytest.approx(codes[:, [0, 2, 3]].var(axis=0, ddof=1).mean())
    every = of(codes)
    assert every["covariance"] == pytest.approx(by_hand(codes)["covariance"], rel=1e-6)
    assert every["active"] == 5


@pytest.mark.parametrize("opened", [[0, 0, 0], [0, 0.9, 0.05]])
def test_a_mask_that_leaves_no_pair_has_collapsed(opened):
    assert of(RNG.normal(size=(20, 3)), np.array(opened)) == {
        "active": sum(level >= 0.1 for level in opened),
        "collapsed": 1,
    }


def test_a_dimension_that_does_not_vary_has_covariances_of_nought_and_no_correlation():
    codes = RNG.normal(size=(50, 2))
    flat = np.column_stack([codes, np.ones(50)])
    found, varying = of(flat), of(codes)
    assert found["covariance"] == pytest.approx(varying["covariance"] / 3)
    assert found["correlation"] == pytest.approx(varying["correlation"])


def test_a_mask_of_other_codes_is_refused():
    with pytest.raises(ValueError, match="got a mask of 2 dimensions and codes of 3"):
        of(np.zeros((5, 3)), np.ones(2))


@pytest.mark.parametrize("n", [3, 10, 200])
def test_chance_is_that_of_simulated_draws(n):
    """Of 3,000 sets of three dimensions, within 5 standard errors."""
    codes = RNG.standard_normal((3000, n, 3))
    found = pd.DataFrame([of(one) for one in codes])
    for record in code_covariances.of_normal(n):
        values = found[record["metric"]]
        error = values.std() / np.sqrt(len(values))
        assert abs(record["value"] - values.mean()) < 5 * error
        assert error < 0.03 * record["value"]


def test_chance_is_near_the_root_of_two_over_pi_n():
    """And the exact numbers lie to either side of it by terms in 1 / n."""
    known = {r["metric"]: r["value"] for r in code_covariances.of_normal(800)}
    rough = np.sqrt(2 / (np.pi * 800))
    assert known["covariance"] == pytest.approx(rough, rel=0.001)
    assert known["correlation"] == pytest.approx(rough, rel=0.002)


def test_active_is_counted_as_in_trainings():
    mask = latent_mask.Mask(6, 0, 1)
    with torch.no_grad():
        mask.levels.copy_(-torch.log1p(-torch.tensor([0.0, 0.09, 0.11, 0.4, 0.6, 0.95])))
    told = mask.told()
    opened = np.array([told[f"mask_{j}"] for j in range(6)])
    assert of(RNG.normal(size=(20, 6)), opened)["active"] == told["active"] == 4


def test_a_setting_that_is_turned_is_no_part_of_the_model():
    assert code_covariances.model("wae-latent-8") == "wae"
    assert code_covariances.model("wae") == "wae"


def numbers():
    rows, rng = [], np.random.default_rng(1)
    for seed in (0, 1, 2):
        for model, latent in (("lmgae", 16), ("wae", 8), ("lmgae", 8)):
            opened = np.zeros(latent) if (model, latent, seed) == ("lmgae", 8, 1) else None
            about = {"autoencoder": f"{model}-latent-{latent}", "model": model}
            about |= {"dataset": "digits", "dimensions": latent, "seed": seed}
            found = code_covariances.of_codes(rng.normal(size=(400, latent)), opened)
            rows += [about | one for one in found]
        about = dict.fromkeys(("autoencoder", "model"), code_covariances.NORMAL)
        about |= {"dataset": "digits", "seed": seed}
        rows += [about | one for one in code_covariances.of_normal(400)]
    return pd.DataFrame(rows, columns=code_covariances.COLUMNS)


def test_the_table_has_capacities_in_order_and_names_what_has_collapsed(tmp_path):
    numbers().to_csv(tmp_path / "n.csv", index=False)
    means, (table,), note = kind.tabulate({"numbers": [str(tmp_path / "n.csv")]}, {})
    first = [row[0] for row in table.rows]
    assert [row[1] for row in table.rows] == ["8", "8", "16", "–"]
    assert first[-1] == covariances_table.TITLE
    assert table.rule == 3
    assert [row[2] for row in table.rows] == ["8", "8", "16", "–"]
    known = code_covariances.of_normal(400)
    assert table.rows[-1][2:] == ["–", *(f"{r['value']:.4f}" for r in known[:2]), "1"]
    assert "no pair; means are of the others" in note
    assert note.endswith(f"{first[1]} on digits: 1 of 3.")
    assert "over 2 to 3 seeds" in note
    of = means.set_index(["autoencoder", "metric"])
    assert of["seeds"]["lmgae-latent-8", "covariance"] == 2
    assert of["mean"]["lmgae-latent-8", "active"] == 8
    of_one = numbers()[lambda rows: rows["seed"] == 1]
    names = ["lmgae-latent-8", code_covariances.NORMAL]
    all_lost = of_one[of_one["autoencoder"].isin(names)]
    (table,), _ = covariances_table.covariances_tables(covariances_table.summarise(all_lost))
    assert table.rows[0][2:] == 4 * ["–"]


FIGURE = {"kind": "covariances", "title": "T.", "autoencoders": ["vae"]}


def test_codes_of_one_dimension_are_refused_when_planning():
    config = {"studies": ["gens"], "overrides": {"gens": {"figures": {"c": FIGURE}}}}
    assert len(planned(config=config, wanted=["c"]).figures["c"].runs) == 3
    turned = {"c": FIGURE | {"turns": {"vae": {"latent": [1, 4]}}}}
    config["overrides"]["gens"]["figures"] = turned
    with pytest.raises(ValueError, match="got codes of one dimension of gens.vae-latent-1 on dig"):
        planned(config=config, wanted=["c"])
