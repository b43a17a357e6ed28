"""Laws of the tables: controls always, numbers with their decimals, valid LaTeX."""

from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from expost.tables import layout, markup, scores_table, times_table
from scored import only_table, scores, steady, tables_of


def timings(seconds: dict, dataset="mnist"):
    rows = [
        (dataset, "ae", sampler, seed, 60, 800, phase, value)
        for sampler, phases in seconds.items()
        for phase, over_seeds in phases.items()
        for seed, value in enumerate(over_seeds)
    ]
    names = ["dataset", "autoencoder", "sampler", "seed", "epoch", "size", "phase", "seconds"]
    return pd.DataFrame(rows, columns=names)


def test_an_unknown_metric_is_shown_and_nobody_wins_it():
    table, _ = only_table(scores({"gaussian": [1.0], "kde": [2.0]}, "own_metric"))
    assert table.columns == ["Method", "own_metric"]
    assert not table.bold


def test_controls_are_last_whatever_the_order_and_present_even_if_not_run():
    table, _ = only_table(
        scores({"held_out": [1.0], "new": [4.0], "kde": [2.0], "gaussian": [3.0]})
    )
    labels = ["Gaussian", "KDE", "new", "Training copies", "Held-out images"]
    assert [row[0] for row in table.rows] == labels
    assert table.rule == 3
    assert table.rows[3][1] == layout.NOT_RUN


def test_numbers_have_the_decimals_of_their_interval():
    values = np.array([10.0, 10.1, 10.3])
    table, note = only_table(scores({"gaussian": values}))
    assert table.rows[0][1] == "10.13 ± 0.38"  # 4.302653 * 0.1527525 / sqrt(3) = 0.3795
    assert "over 3 seeds" in note


def test_long_numbers_are_in_powers_of_ten():
    table, _ = only_table(scores({"gaussian": [1e105, 2e105, 3e105], "kde": [1.0, 2.0, 3.0]}))
    assert [row[1] for row in table.rows[:2]] == ["2.0e+105 ± 2.5e+105", "2.0 ± 2.5"]
    assert layout.significant(-1.2345e9) == "-1.23e+09"
    assert layout.significant(123456789.0) == "123456789"


def test_one_seed_has_a_mean_and_no_interval():
    table, note = only_table(scores({"gaussian": [0.012345], "kde": [1234.5]}))
    assert [row[1] for row in table.rows[:2]] == ["0.0123", "1234"]
    assert "no interval" in note


def test_every_data_set_and_space_has_a_table():
    frame = pd.concat(
        scores({"gaussian": [1.0]}, dataset=d, space=s)
        for d in ("mnist", "digits")
        for s in ("pixels", "resnet34")
    )
    found, _ = tables_of(frame)
    assert [table.title for table in found] == [
        f"{d}, epoch 60, 800 codes: {s}"
        for d in ("mnist", "digits")
        for s in ("pixels", "ResNet-34 features")
    ]


def test_metrics_of_neighbourhoods_have_tables_of_their_own():
    frame = pd.concat(scores({"gaussian": [1.0]}, metric=m) for m in ("recall", "emd", "precision"))
    found, _ = tables_of(frame)
    assert [(table.title.rpartition(": ")[2], table.columns[1:]) for table in found] == [
        ("pixels", ["EMD ↓"]),
        ("pixels, neighbourhoods", ["Precision ↑", "Recall ↑"]),
    ]


def test_metrics_of_copying_too_and_the_nearest_to_zero_is_best():
    values = {"gaussian": [-2.0], "kde": [0.5], "gmm": [9.0]}
    frame = pd.concat(scores(steady(values), metric=m) for m in ("emd", "c_t", "vendi"))
    _, table = tables_of(frame)[0]
    assert table.title.endswith("pixels, copying and variety")
    assert table.columns[1:] == ["Copying C_T → 0", "Vendi Score"]
    assert table.bold == {(1, 1)}


def test_latex_is_escaped_and_balanced():
    table = markup.Table(
        "a_b & 50 %", ["x", "y ↓"], [["#1_{~^\\}", "2 ± 1"], ["b", "<3"]], {(1, 1)}, 1
    )
    text = markup.latex([table], "$note_")
    assert r"a\_b \& 50 \%. \$note\_" in text
    assert r"\#1\_\{\textasciitilde{}\textasciicircum{}\textbackslash{}\} & 2 $\pm$ 1 \\" in text
    assert r"b & \textbf{$<$3} \\" in text
    assert text.count(r"\midrule") == 2
    assert text.count(r"\begin") == text.count(r"\end")


def test_markdown_has_as_many_cells_in_every_line():
    table = markup.Table("t", ["x", "y"], [["a|b", "1"], ["c", "2"]], {(0, 1)}, 1)
    lines = [line for line in markup.markdown([table], "note").splitlines() if line.startswith("|")]
    assert lines == ["| x | y |", "| --- | ---: |", "| a\\|b | **1** |", "| — | — |", "| c | 2 |"]


def test_sentences_are_aligned_left_and_may_break():
    table = markup.Table("t", ["x", "y", "why"], [["a", "1", "it is so"]], prose={2})
    assert "| --- | ---: | --- |" in markup.markdown([table], "")
    assert r"\begin{tabular}{@{}lrp{0.33\linewidth}@{}}" in markup.latex([table], "")
    assert "<td>1</td><td class='prose'>it is so</td>" in markup.html([table], "")


def test_html_is_escaped_and_well_formed():
    table = markup.Table("a < b", ["x", "y"], [["<i>", "1"], ["c & d", "2"]], {(0, 1)}, 1)
    text = markup.html([table], "5 < 6")
    body = text.partition("<h3>")[2].replace("<p>", "").replace("</p>", "")
    root = ElementTree.fromstring(f"<r><h3>{body}</r>")
    assert [cell.text or cell[0].text for cell in root.iter("td")] == ["<i>", "1", "c & d", "2"]
    assert [cell.text for cell in root.iter("b")] == ["1"]
    assert [row.get("class") for row in root.iter("tr")] == ["", "", "rule"]


def test_times_are_medians_with_their_range():
    ours = {"vine": {"fit": [1.0, 2.0, 30.0], "sample": [0.5, 0.459, 0.4]}, "copy": {"fit": [0.01]}}
    times = times_table.summarise_times(timings(ours))
    vine = times[times["sampler"] == "vine"]
    assert list(vine["phase"]) == ["fit", "sample"]
    assert list(vine["median"]) == [2.0, 0.459]
    assert list(vine["greatest"]) == [30.0, 0.5]
    (table,), note = times_table.time_tables(times, 400, {"vine": "grid = 9", "kde": "high = 4.0"})
    assert table.rows[0] == ["Vine copula", "2.00", "1.00 to 30.0", "0.459", "0.400 to 0.500"]
    assert table.rows[1] == ["Training copies", "0.0100", "0.0100 to 0.0100", *[layout.NOT_RUN] * 2]
    assert "1 to 3 seeds for 400 draws" in note
    assert note.endswith("Not as in the paper: Vine copula grid = 9. Below the line: controls.")


def test_times_refuse_a_run_that_is_there_twice():
    frame = timings({"kde": {"fit": [1.0]}})
    with pytest.raises(ValueError, match=r"second value for one run: .*sampler kde"):
        times_table.summarise_times(pd.concat([frame, frame]))


def test_files_are_the_numbers_and_the_same_every_time(tmp_path):
    frame = scores({"kde": [0.1, 0.2], "gaussian": [1 / 3, 1.0]})
    for folder, rows in (("a", frame), ("b", frame.copy())):
        means = scores_table.summarise_scores(rows)
        paths = [tmp_path / folder / f"scores.{suffix}" for suffix in ("csv", "md", "tex", "html")]
        layout.write(means, *scores_table.score_tables(rows, means), *paths)
    for name in ("scores.csv", "scores.md", "scores.tex", "scores.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    read = pd.read_csv(tmp_path / "a/scores.csv")
    assert list(read["sampler"]) == ["gaussian", "kde"]
    assert read["mean"][0] == (1 / 3 + 1.0) / 2


def test_empty_tables_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        scores_table.summarise_scores(scores({}))
