"""Tables of autoencoders and samplers: every number in its cell, bold a column, what is refused."""

import numpy as np
import pandas as pd
import pytest
from expost import kinds
from expost.figures import naming
from expost.tables import grid_table, layout, markup
from planning import planned

NAMES = {"vae": ("VAE", True), "rae_l2": ("RAE-L2", False), "ae": (None, False)}
COLUMNS = {"REC": ["reconstruction"], "N": ["prior", "gaussian"], "GMM": ["gmm"]}
COLUMN_OF = {"vae/prior": "N", "rae_l2/gaussian": "N", "ae/gaussian": "N"}


def rows_of(values: dict, metric="frechet", space="classifier", dataset="digits", epoch=5):
    return [
        (dataset, *pair.split("/"), seed, epoch, 800, space, metric, value)
        for pair, over_seeds in values.items()
        for seed, value in enumerate(over_seeds)
    ]


def frame(*parts):
    names = ["dataset", "autoencoder", "sampler", "seed", "epoch", "size"]
    names += ["space", "metric", "value"]
    return pd.DataFrame([row for part in parts for row in part], columns=names)


def three(value):
    return [value - 0.01, value, value + 0.01]


FRECHET = {  # in no order
    "ae/held_out": three(0.5),
    "ae/gaussian": three(9.0),
    "vae/gmm": three(3.0),
    "rae_l2/gmm": three(2.0),
    "ae/gmm": three(2.0),
    "vae/reconstruction": three(4.0),
    "ae/copy": three(0.25),
    "rae_l2/gaussian": three(5.0),
    "vae/prior": three(6.0),
    "rae_l2/reconstruction": three(1.0),
    "ae/reconstruction": three(2.0),
}


def tables_of(scores, cells=("frechet",), columns=COLUMNS, **sound):
    with naming.of(NAMES):
        shown = grid_table.in_shown_space(scores)
        means = grid_table.summarise_cells(shown, columns, list(cells))
        return means, *grid_table.grid_tables(shown, means, columns, list(cells), 400, **sound)


def test_every_number_is_in_its_autoencoders_row_and_its_samplers_column():
    means, (table,), note = tables_of(frame(rows_of(FRECHET)))
    assert table.title == "digits, epoch 5, 800 codes: classifier features, Fréchet distance ↓"
    assert table.columns == ["Autoencoder", "REC", "N", "GMM"]
    half = " ± 0.025"  # t(0.975; 2) * 0.01 / sqrt(3) = 0.0248
    assert table.rows == [
        ["VAE", *(f"{v:.3f}{half}" for v in (4, 6, 3))],
        ["RAE-L2", *(f"{v:.3f}{half}" for v in (1, 5, 2))],
        ["ae", *(f"{v:.3f}{half}" for v in (2, 9, 2))],
        ["Training copies", *[f"0.250{half}"] * 3],
        ["Held-out images", *[f"0.500{half}"] * 3],
    ]
    assert table.rule == 3
    assert "over 3 seeds. 400 draws a run. REC: Reconstruction. " in note
    assert "N: Prior of VAE; Gaussian of RAE-L2, ae. Bold:" in note
    assert "GMM:" not in note
    assert (
        dict(zip(means["autoencoder"] + "/" + means["sampler"], means["heading"], strict=True))[
            "ae/copy"
        ]
        == ""
    )
    for pair, heading in COLUMN_OF.items():
        autoencoder, sampler = pair.split("/")
        row = means[(means["autoencoder"] == autoencoder) & (means["sampler"] == sampler)]
        assert list(row["heading"]) == [heading]
        assert row["mean"].item() == pytest.approx(np.mean(FRECHET[pair]))


def test_bold_is_the_best_of_each_column_and_all_that_cannot_be_told_from_it():
    _, (table,), _ = tables_of(frame(rows_of(FRECHET)))
    assert table.bold == {(1, 1), (1, 2), (1, 3), (2, 3)}  # no control, though all are better
    alike = FRECHET | {"vae/prior": [5.0, 5.2, 5.1], "ae/gaussian": [5.1, 5.0, 5.2]}
    _, (table,), note = tables_of(frame(rows_of(alike)))
    assert {j for _, j in table.bold} == {1, 3}
    assert "bold is one where none can be told from the best" in note


def test_one_seed_makes_nothing_bold_and_the_note_says_so():
    scores = frame(rows_of({pair: values[:1] for pair, values in FRECHET.items()}))
    _, (table,), note = tables_of(scores)
    assert not table.bold
    assert "no interval is known" in note
    assert "Nothing is bold, as one seed" in note


def test_two_metrics_share_a_cell_and_each_has_its_own_best():
    precision = {pair: three(1 - values[1] / 10) for pair, values in FRECHET.items()}
    recall = {pair: three(values[1] / 10) for pair, values in FRECHET.items()}
    scores = frame(rows_of(recall, "recall"), rows_of(precision, "precision"), rows_of(FRECHET))
    means, (table,), _ = tables_of(scores, ["precision", "recall"])
    assert table.title.endswith("features, Precision ↑ / Recall ↑")
    assert table.rows[1][1] == "0.900 ± 0.025 / 0.100 ± 0.025"
    assert {place for place in table.bold if place[1] == 2} == {(1, 2, 0), (2, 2, 1)}
    assert set(means["metric"]) == {"precision", "recall"}


def test_a_part_of_a_cell_is_bold_by_itself():
    table = markup.Table("t", ["", "a", "b"], [["x", "1 / <2", "3 / 4"]], {(0, 1, 1), (0, 2)})
    assert "| x | 1 / **\\<2** | **3 / 4** |" in markup.markdown([table], "")
    assert r"x & 1 / \textbf{$<$2} & \textbf{3 / 4} \\" in markup.latex([table], "")
    assert "<td>1 / <b>&lt;2</b></td><td><b>3 / 4</b></td>" in markup.html([table], "")


def test_data_sets_have_tables_and_autoencoders_may_have_epochs_of_their_own():
    late = {pair: values for pair, values in FRECHET.items() if pair.startswith("vae")}
    rest = {pair: values for pair, values in FRECHET.items() if pair not in late}
    scores = frame(
        rows_of(FRECHET, dataset="mnist"), rows_of(late, epoch=7), rows_of(rest, epoch=5)
    )
    _, (first, second), _ = tables_of(scores)
    assert first.title.startswith("mnist, epoch 5, 800 codes: ")
    assert second.title.startswith("digits, epochs 5 to 7, 800 codes: ")
    assert first.rows == second.rows


def test_it_is_about_the_feature_space_that_stands_for_all():
    other = {pair: three(99.0) for pair in FRECHET}
    spaces = [rows_of(other, space=space) for space in ("pixels", "codes")]
    _, (table,), _ = tables_of(frame(*spaces, rows_of(FRECHET)))
    assert table.rows[0][3] == "3.000 ± 0.025"
    _, (table,), _ = tables_of(frame(rows_of(FRECHET), rows_of(other, space="resnet34")))
    assert "ResNet-34 features" in table.title
    assert table.rows[0][3] == "99.000 ± 0.025"


def test_a_number_that_a_space_does_not_have_is_a_dash():
    scores = frame(rows_of(FRECHET), rows_of({"vae/gmm": three(2.0)}, "inception_score"))
    _, (table,), _ = tables_of(scores, ["frechet", "inception_score"])
    assert table.rows[0][3] == "3.000 ± 0.025 / 2.000 ± 0.025"
    assert table.rows[1][3] == f"2.000 ± 0.025 / {layout.NOT_RUN}"


METHODS = [
    *("ae/gaussian", "ae/gmm", "ae/reconstruction", "vae/prior", "vae/gmm", "vae/reconstruction"),
    *("ae/copy", "ae/held_out"),
]


def plan_of(**changes):
    figure = {"kind": "grid", "title": "A grid.", "methods": METHODS, "columns": COLUMNS}
    figure = figure | {"cells": ["frechet"]} | changes
    return planned({"figures": {"table": {k: v for k, v in figure.items() if v is not None}}})


def test_a_column_that_says_so_need_not_be_filled_by_every_autoencoder():
    columns = COLUMNS | {"N": ["prior", None]}
    methods = [method for method in METHODS if method != "ae/gaussian"]
    assert plan_of(methods=methods, columns=columns).figures["table"].runs
    scores = frame(rows_of({pair: three(i + 1.0) for i, pair in enumerate(methods)}))
    _, (table,), note = tables_of(scores, columns=columns)
    assert [row[2] for row in table.rows if row[0] in ("ae", "VAE")] == ["3.000 ± 0.025", "–"]
    assert "N: Prior." in note
    assert not [place for place in table.bold if place[1] == 2]


def test_a_study_can_have_one_and_it_is_set_from_its_scores(tmp_path):
    figure = plan_of().figures["table"]
    assert len(figure.runs) == len(METHODS) * 3
    assert {run.epoch for run in figure.runs} == {40}
    path = tmp_path / "table.csv"
    frame(rows_of({pair: three(i + 1.0) for i, pair in enumerate(METHODS)})).to_csv(path)
    about = {"columns": COLUMNS, "cells": ["frechet"], "draws": 400}
    means, (table,), _ = kinds.load("grid").tabulate({"numbers": [path]}, about)
    assert [row[0] for row in table.rows[:2]] == ["ae", "vae"]
    assert len(means) == len(METHODS)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"columns": None}, "lacks columns, which its kind needs"),
        ({"columns": ["gmm"]}, r"got columns \['gmm'\] in figure 'table' .*; wanted headings"),
        ({"columns": {}}, r"got columns \{\}"),
        ({"columns": {"GMM": "gmm"}}, "got 'gmm' in the column 'GMM' .*; wanted a list"),
        ({"columns": {"GMM": []}}, r"got \[\] in the column 'GMM'"),
        ({"columns": {"GMM": [None]}}, r"got \[None\] in the column 'GMM'"),
        ({"columns": COLUMNS | {"M": ["gmm"]}}, "got the sampler gmm twice in the columns"),
        ({"cells": "frechet"}, "got cells 'frechet' .*; wanted a list of one metric or two"),
        ({"cells": []}, r"got cells \[\]"),
        ({"cells": ["fid"]}, r"got cells \['fid'\] .*; wanted .*frechet"),
        ({"cells": ["emd", "emd"]}, "got cells"),
        ({"cells": ["emd", "kid", "frechet"]}, "got cells"),
        ({"cells": ["frechet"], "metrics": ["two_sample"]}, r"got cells \['frechet'\]"),
        (
            {"methods": [m for m in METHODS if m != "vae/prior"]},
            r"got no method of 'ebcae.vae' in the column 'N' of .*\(prior, gaussian\)",
        ),
        ({"methods": [*METHODS, "vae/gaussian"]}, r"got prior \(epoch 40.*, gaussian \(epoch 40"),
        ({"methods": [*METHODS, "ae/kde"]}, "got the sampler 'kde' .* in none of its columns"),
        ({"methods": [*METHODS, "vae/copy"]}, "the control copy is the same for all autoencoders"),
        ({"epochs": "all"}, r"got reconstruction \(epoch 5, .*, reconstruction \(epoch 15"),
        ({"sizes": [100, 200]}, "100 codes.*200 codes.*at one epoch and size"),
        ({"methods": METHODS[:-1]}, "got no method with the sampler held_out"),
        ({"columns": COLUMNS | {"V": ["vine"]}}, r"got no method of 'ebcae.ae' in .* 'V'"),
    ],
)
def test_what_does_not_fill_every_cell_once_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        plan_of(**changes)
