"""Entropies of codes of several numbers, and the table of them beside a paper's."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import code_entropies
from expost.divergences.entropy import entropy
from expost.divergences.whitening import whitened
from expost.kinds import entropies as kind
from expost.tables import entropies_table

RNG = np.random.default_rng(0)


def records(codes, sizes, seed=0):
    found = code_entropies.of_codes(codes, sizes, np.random.default_rng(seed))
    return {(record["size"], record["metric"]): record["value"] for record in found}


def test_fewer_codes_are_among_the_more_and_whitened_by_themselves():
    codes = RNG.normal(size=(300, 3)) @ RNG.normal(size=(3, 3)) + 5
    found = records(codes, [50, 300])
    order = np.random.default_rng(0).permutation(300)
    assert found[50, "entropy"] == entropy(whitened(codes[order[:50]])).nats
    assert found[300, "entropy"] == pytest.approx(entropy(whitened(codes)).nats, abs=1e-9)


def test_outliers_raise_the_entropy_and_are_counted_and_left_out():
    codes = np.random.default_rng(3).uniform(-1, 1, (1000, 8))  # no outliers, and not normal
    far = codes.copy()
    far[:10] *= 10 / np.linalg.norm(far[:10], axis=1, keepdims=True)
    clean, found = records(codes, [1000]), records(far, [1000])
    assert clean[1000, "outliers"] == 0
    assert clean[1000, "entropy_trimmed"] == clean[1000, "entropy"]
    assert found[1000, "outliers"] == 10
    assert found[1000, "entropy_trimmed"] == pytest.approx(clean[1000, "entropy"], abs=0.02)
    assert found[1000, "entropy"] > clean[1000, "entropy"] + 0.1


def test_normal_draws_have_the_law_beside_them():
    found = code_entropies.of_normal(2, [1000], 0)
    values = {record["metric"]: record["value"] for record in found}
    assert values["entropy_true"] == pytest.approx(1 + np.log(2 * np.pi))
    for metric in ("entropy", "entropy_raw"):
        assert values[metric] == pytest.approx(values["entropy_true"], abs=0.1)
    assert values["entropy_raw"] != values["entropy"]


def test_more_codes_than_there_are_are_refused():
    with pytest.raises(ValueError, match="got 20 codes; wanted 30 of them, or more"):
        code_entropies.of_codes(RNG.normal(size=(20, 2)), [10, 30], RNG)


def numbers():
    """Of two autoencoders and normal draws, two seeds."""
    rows = []
    for seed in (0, 1):
        for name, base in (("vae", 10.0), ("gen", 11.0), (code_entropies.NORMAL, 12.0)):
            key = {"dataset": "mnist", "autoencoder": name, "seed": seed}
            for size in (1000, 2000):
                values = {"entropy": base + seed, "entropy_trimmed": base - 1, "outliers": 3 * seed}
                if name == code_entropies.NORMAL:
                    values["entropy_raw"] = base + 0.5
                rows += [key | {"size": size, "metric": m, "value": v} for m, v in values.items()]
            if name == code_entropies.NORMAL:
                rows.append(key | {"metric": "entropy_true", "value": 11.352})
            else:
                rows.append(key | {"metric": "reconstruction", "value": 0.02 + seed / 100})
    return pd.DataFrame(rows)


PUBLISHED = pd.DataFrame(
    [("mnist", "vae", "entropy", 1000, 10.478, 0.1647)],
    columns=["dataset", "autoencoder", "metric", "samples", "value", "std"],
)


def test_cells_are_means_over_seeds_with_the_papers_below():
    table = entropies_table.summarise(numbers(), PUBLISHED)
    one = table[(table["autoencoder"] == "gen") & (table["metric"] == "entropy")].iloc[0]
    assert one["mean"] == 11.5
    assert one["half_width"] == pytest.approx(12.7062 * 0.5, rel=1e-4)
    (shown,), note = entropies_table.entropies_tables(table, "GENs, Table 2")
    assert shown.columns == ["Codes of", "1,000", "2,000", "Reconstruction"]
    names = [row[0] for row in shown.rows]
    normal = entropies_table.TITLE
    assert [names[0], names[3]] == [names[1].partition(",")[0], normal]
    assert names[1].endswith("the paper's")
    assert names[4] == f"{normal}, not whitened"
    assert shown.rule == 3
    assert shown.rows[0][1].endswith(" / 9.00 ± 0 (1.5)")
    assert shown.rows[0][3] == "0.025 ± 0.064"
    assert shown.rows[1][1:] == ["10.478 ± 0.165", "–", "–"]
    assert shown.rows[4][1] == "12.5 ± 0"
    assert "11.352" in shown.title
    assert note.endswith("GENs, Table 2 has mean ± standard deviation.")


def test_the_kind_does_without_a_paper(tmp_path):
    path = tmp_path / "n.csv"
    numbers().to_csv(path, index=False)
    table, (shown,), note = kind.tabulate({"numbers": [str(path)]}, {"where": ""})
    assert table["printed"].isna().all()
    assert len(shown.rows) == 4
    assert "standard deviation" not in note
