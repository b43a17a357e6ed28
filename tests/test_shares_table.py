"""Tables and figures of targeted sampling and recombination: every number where it belongs."""

import numpy as np
import pandas as pd
import pytest
from expost.figures import group_rows
from expost.papers import as_scores
from expost.tables import shares_table

METRICS = ("share", "probability")


def shares(values, asked, methods=("kde", "held_out")):
    """A tidy table with a value of its own in every row: {drawn: value}, + 0.1 a seed of kde."""
    rows = [
        ("digits", "ae", sampler, 40, 800, seed, drawn, group, metric, value + 0.1 * step)
        for sampler in methods
        for seed, step in enumerate((0, 1) if sampler == "kde" else (0, 0))
        for group in asked
        for metric in METRICS
        for drawn, value in values.items()
    ]
    names = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed"]
    return pd.DataFrame(rows, columns=[*names, "drawn", "group", "metric", "value"])


def test_every_target_stands_beside_untargeted_draws_with_controls_below():
    means = shares_table.summarise_shares(shares({"untargeted": 0.1, "1": 0.8, "3": 0.5}, "13"))
    (share, probability), note = shares_table.targeted_tables(means)
    assert share.title == "digits, epoch 40, 800 codes: share of images assigned to the target"
    assert probability.title.endswith("mean probability of the target")
    assert share.columns == ["Method", "class 1", "untargeted", "class 3", "untargeted"]
    assert share.rows[1] == ["Held-out images", "0.800 ± 0", "0.100 ± 0", "0.500 ± 0", "0.100 ± 0"]
    assert share.rows[0][1].startswith("0.85 ± 0.64")  # 12.7062 * 0.05
    assert share.rule == 1
    assert "over 2 seeds" in note


def test_recombination_is_shown_for_either_group_or_for_one_of_two_complements():
    values = {"dependence_of": 0.9, "recombined": 0.2, "nearest": 0.3, "margins_of": 0.1}
    means = shares_table.summarise_shares(shares(values, ["8", "3"], ["vine"]))
    found, _ = shares_table.recombination_tables(means)
    assert [table.title.partition(": ")[2] for table in found] == [
        "share of images assigned to class 8",
        "share of images assigned to class 3",
        "mean probability of class 8",
        "mean probability of class 3",
    ]
    headings = ["class 8", "with margins of class 3", "nearest training codes", "class 3"]
    assert found[0].columns == ["Method", *headings]
    cells = ["0.900 ± 0", "0.200 ± 0", "0.300 ± 0", "0.100 ± 0"]
    assert found[0].rows == [["Vine copula", *cells]]
    means = shares_table.summarise_shares(shares(values, ["Hat", "not Hat"], ["vine"]))
    found, _ = shares_table.recombination_tables(means)
    assert [table.title.rpartition(" ")[2] for table in found] == ["Hat", "Hat"]


RUNS = [("digits", "ae", name, 40, 800, 0) for name in ("empirical_beta", "kde")]


def numbered(parts):
    """12 images a part; all pixels of an image of part i are i."""
    images = np.repeat(np.arange(len(parts), dtype=np.uint8), 12)
    return np.broadcast_to(images[:, None, None, None], (len(images), 1, 8, 8)), np.repeat(
        parts, 12
    )


def test_blocks_of_targets_hold_the_images_drawn_for_them():
    images, drawn = numbered(["untargeted", "3"])
    blocks = group_rows.targeted_sampling(RUNS, [images, images + 10], [drawn, drawn])
    assert [{label: int(row[0, 0, 0, 0]) for label, row in rows.items()} for rows in blocks] == [
        {"KDE, untargeted": 10, "EBC, untargeted": 0},
        {"KDE, class 3": 11, "EBC, class 3": 1},
    ]
    assert next(iter(blocks[0])) == "KDE, untargeted"
    assert all(len(row) == 12 for rows in blocks for row in rows.values())


def test_rows_of_a_recombination_are_in_order():
    images, drawn = numbered(["dependence_of", "recombined", "nearest", "margins_of"])
    originals = np.full((12, 1, 8, 8), 99, np.uint8)
    (rows,) = group_rows.recombined(RUNS[:1], [images], [drawn], [originals], "Hat", "not Hat")
    assert {label: int(row[0, 0, 0, 0]) for label, row in rows.items()} == {
        "EBC, Hat": 0,
        "EBC, Hat with margins of not Hat": 1,
        "EBC, nearest training codes": 2,
        "EBC, their originals": 99,
        "EBC, not Hat": 3,
    }


def test_classes_may_be_called_as_csv_calls_nothing(tmp_path):
    names = ["NA", "none", "nan", "007"]
    shares(dict.fromkeys(["untargeted", *names], 0.5), names).to_csv(
        tmp_path / "shares.csv", index=False
    )
    means = shares_table.summarise_shares(shares_table.read(tmp_path / "shares.csv"))
    (share, _), _ = shares_table.targeted_tables(means)
    assert share.columns[1::2] == ["NA", "none", "nan", "class 007"]
    scores = as_scores.read("shares", tmp_path / "shares.csv")
    assert set(scores["metric"]) == {"wanted_share", "wanted_gain"}
    assert len(scores) == 2 * 2 * 2  # samplers, seeds, metrics


def test_a_table_without_rows_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        shares_table.summarise_shares(shares({}, ["1"]))
