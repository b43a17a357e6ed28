"""Tables and figures of every sampler on every autoencoder, and what is refused when planning."""

import itertools

import numpy as np
import pandas as pd
import pytest
from expost import kinds
from expost.analyses import soundness, two_way
from expost.figures import methods, style
from expost.figures import two_way as plot
from expost.metrics import describe
from expost.stats import two_way as shares
from expost.tables import two_way_table
from matplotlib.colors import to_hex

AUTOENCODERS = ("ae", "vae", "wae")
SAMPLERS = ("gmm", "gaussian", "kde")
METRICS = ("frechet", "density", "coverage", "c_t")
SHOWN = [("classifier", METRICS)]


def tidy(seeds=3, of_autoencoder=1.0, of_sampler=0.2, noise=0.05, space="classifier"):
    """Scores whose logarithms, of distances, or values are sums of effects and some noise."""
    rng, rows = np.random.default_rng(0), []
    for metric, seed in itertools.product(METRICS, range(seeds)):
        pairs = [*itertools.product(AUTOENCODERS, SAMPLERS), ("ae", "copy"), ("ae", "held_out")]
        for autoencoder, sampler in [*pairs, *((a, "reconstruction") for a in AUTOENCODERS)]:
            value = of_autoencoder * AUTOENCODERS.index(autoencoder) + noise * rng.normal()
            if sampler in SAMPLERS:
                value += of_sampler * SAMPLERS.index(sampler)
            value = np.exp(value) if metric == "frechet" else value
            rows.append(("digits", autoencoder, sampler, 40, 800, seed, space, metric, value))
    axes = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed"]
    return pd.DataFrame(rows, columns=[*axes, "space", "metric", "value"])


def of(scores, metric):
    return scores[scores["metric"] == metric]


def tables_of(scores, sound=soundness.NOTHING_KNOWN):
    numbers = two_way_table.summarise(scores)
    return two_way_table.two_way_tables(scores, numbers, SHOWN, sound)


def test_distances_are_decomposed_by_ratios_other_scores_as_they_are_and_controls_not_at_all():
    scores = tidy()
    for metric in METRICS:
        part = of(scores, metric)
        found = two_way.explain(part, metric)
        value = part.set_index(["seed", "autoencoder", "sampler"])["value"].to_dict()
        cube = [[[value[k, a, s] for s in SAMPLERS] for a in AUTOENCODERS] for k in range(3)]
        values = np.log(cube) if metric == "frechet" else np.array(cube)
        assert found.logarithm == (metric == "frechet")
        wanted = shares.decompose(values)
        assert found.found.omega == pytest.approx(wanted.omega)
        assert found.leader() == "autoencoder"
    assert (
        two_way.explain(of(tidy(of_autoencoder=0.1, of_sampler=2), "c_t"), "c_t").leader()
        == "sampler"
    )
    assert two_way.explain(of(tidy(of_autoencoder=0, of_sampler=0), "c_t"), "c_t").leader() == ""


def test_a_distance_that_is_not_above_0_is_decomposed_as_it_is():
    scores = of(tidy(), "frechet")
    scores.loc[scores["sampler"] == "copy", "value"] = 0.0
    assert two_way.explain(scores, "frechet").logarithm  # controls have no say
    scores.loc[scores.index[0], "value"] = 0.0
    assert not two_way.explain(scores, "frechet").logarithm


def test_what_cannot_be_decomposed_has_a_reason():
    assert two_way.explain(of(tidy(seeds=1), "c_t"), "c_t").reason == two_way.ONE_SEED
    flat = of(tidy(), "coverage").assign(value=0.25)
    assert two_way.explain(flat, "coverage").reason == "all scores are 0.25"
    lacking = tidy().query("not (autoencoder == 'wae' and sampler == 'kde' and seed == 1)")
    with pytest.raises(ValueError, match="no score of wae with kde of seed 1, 1 cells in all"):
        two_way_table.summarise(lacking)


def test_cells_marginal_means_controls_and_the_best_stand_where_they_belong():
    scores = tidy()
    tables, note = tables_of(scores)
    assert [t.title.partition(": ")[2] for t in tables[:2]] == [
        "Fréchet distance ↓, classifier features",
        "Density → 1, classifier features",
    ]
    table = tables[2]  # coverage: its means are sums of effects
    assert table.columns == [
        *("Autoencoder", "Gaussian", "KDE", "GMM", "all samplers", "Reconstruction")
    ]
    assert [row[0] for row in table.rows] == [
        *(*AUTOENCODERS, "all autoencoders", "Training copies", "Held-out images")
    ]
    assert table.rule == 3
    coverage = of(scores, "coverage").set_index(["autoencoder", "sampler"])["value"]

    def mean(text):
        return float(text.partition(" ")[0])

    for i, j in itertools.product(range(3), range(3)):
        cell = coverage.loc[(AUTOENCODERS[i], ("gaussian", "kde", "gmm")[j])].mean()
        assert mean(table.rows[i][1 + j]) == pytest.approx(cell, abs=0.01)
    competing = coverage[coverage.index.isin(SAMPLERS, level=1)]
    assert mean(table.rows[1][4]) == pytest.approx(competing.loc["vae"].mean(), abs=0.01)
    assert mean(table.rows[3][2]) == pytest.approx(coverage.loc[:, "kde"].mean(), abs=0.01)
    assert mean(table.rows[3][4]) == pytest.approx(competing.mean(), abs=0.01)
    assert table.rows[3][5] == "–"
    assert table.rows[5][1:4] == [""] * 3
    assert (2, 2) in table.bold  # wae with kde
    assert all(row == 2 for row, _ in table.bold)
    assert "geometric" in note
    distances = of(scores, "frechet").query("sampler in @SAMPLERS")
    geometric = np.exp(np.log(distances["value"]).groupby(distances["seed"]).mean()).mean()
    assert mean(tables[0].rows[3][4]) == pytest.approx(geometric, abs=0.05)


def test_shares_are_percent_and_the_verdict_is_in_words():
    (*_, table), note = tables_of(tidy())
    assert [row[1] for row in table.rows] == ["logarithm", "value", "value", "value"]
    found = two_way.explain(of(tidy(), "c_t"), "c_t").found
    row = table.rows[3]
    assert row[0] == f"{describe('c_t').heading}, classifier features"
    for cell, share in zip(row[2:6], found.omega.values(), strict=True):
        assert float(cell.partition(" ")[0]) == pytest.approx(100 * share, abs=0.1)
    assert row[6].startswith("<0.001")
    assert row[-1].startswith("The autoencoder, by 9")
    assert "omega²" in note
    (*_, table), _ = tables_of(tidy(seeds=2))
    assert table.rows[0][-1] == "Cannot be told from two seeds."
    (*_, table), _ = tables_of(tidy(seeds=1))
    assert table.rows[0][2:] == ["–"] * 7 + [f"Cannot be told: {two_way.ONE_SEED}."]
    (*_, table), _ = tables_of(tidy(of_autoencoder=0, of_sampler=0))
    assert table.rows[0][-1].startswith("Cannot be told: autoencoder less sampler is ")


def test_the_csv_has_every_number():
    numbers = two_way_table.summarise(tidy())
    found = two_way.explain(of(tidy(), "c_t"), "c_t").found
    rows = numbers[(numbers["metric"] == "c_t") & numbers["part"].notna()].set_index("part")
    assert [*rows.index[:4]] == ["autoencoder", "sampler", "both together", "seeds"]
    assert rows.loc["autoencoder", "f"] == found.effects["rows"].f
    assert rows.loc["sampler", "share"] == found.omega["columns"]
    assert rows.loc["autoencoder less sampler", "share_half_width"] == found.lead_half_width
    assert rows.loc["autoencoder less sampler", "verdict"] == "autoencoder"
    assert (numbers["mean"].notna() == numbers["part"].isna()).all()


def test_spaces_in_doubt_are_marked():
    sound = soundness.Soundness([], {("digits", "classifier"): "it learned nothing"})
    tables, note = tables_of(tidy(), sound)
    assert all(table.title.startswith("In doubt (see the note): ") for table in tables[:-1])
    assert all(row[0].startswith("In doubt (see the note): ") for row in tables[-1].rows)
    assert note.startswith("In doubt: classifier features of digits, as it learned nothing.")


def points(panel):
    """Colour -> (x, y) of its point in each row, from the top."""
    found = {}
    for line in panel.lines:
        if line.get_marker() not in ("None", ""):
            x, y = line.get_xydata()[0]
            found.setdefault(to_hex(line.get_color()).upper(), []).append((x, y))
    return found


def test_panels_have_a_row_an_autoencoder_and_a_point_a_sampler():
    scores = tidy()
    figure = plot.two_way(scores, SHOWN, [])
    panels, bars = figure.axes[:4], figure.axes[4]
    assert [p.get_title() for p in panels] == [describe(m).heading for m in METRICS]
    assert [t.get_text() for t in panels[0].get_yticklabels()] == list(AUTOENCODERS)
    assert panels[0].get_xscale() == "log"
    assert panels[0].get_ylim() == (2.5, -0.5)  # the first autoencoder is on top
    for panel, metric in zip(panels, METRICS, strict=True):
        part = of(scores, metric).set_index(["autoencoder", "sampler"])["value"]
        drawn = points(panel)
        assert len(drawn) == len(SAMPLERS)
        for sampler in SAMPLERS:
            for i, (x, y) in enumerate(drawn[methods.METHODS[sampler].colour]):
                assert x == pytest.approx(part.loc[(AUTOENCODERS[i], sampler)].mean())
                assert abs(y - i) < 0.5
        (dashed,) = [line for line in panel.lines if line.get_linestyle() == "--"]
        assert dashed.get_xdata()[0] == pytest.approx(part.loc["ae", "held_out"].mean())
    widths = [bar.get_width() for bar in bars.patches]
    found = two_way.explain(of(scores, "frechet"), "frechet").found
    drawn = np.clip([*found.omega.values()], 0, None)
    np.testing.assert_allclose(widths[:4], drawn / drawn.sum())
    assert figure.get_size_inches()[0] == style.COLUMN


def test_lines_of_two_seeds_go_from_one_to_the_other():
    scores = tidy(seeds=2)
    figure = plot.two_way(scores, SHOWN, [])
    lines = [line.get_xdata() for line in figure.axes[2].lines if line.get_linestyle() == "-"]
    rows = of(scores, "coverage").query("sampler in @SAMPLERS")
    found = rows.groupby(["autoencoder", "sampler"])["value"].agg(["min", "max"]).to_numpy()
    found = np.clip(found, *figure.axes[2].get_xlim())
    wide = [line for line in lines if len(line) == 2]
    np.testing.assert_allclose(np.sort(wide, axis=0), np.sort(found, axis=0))
    texts = [text.get_text() for text in figure.texts]
    assert "Lines: from one seed to the other. Dashed: held-out images" in texts


def test_one_seed_has_neither_intervals_nor_shares_and_says_so():
    figure = plot.two_way(tidy(seeds=1), SHOWN, ["Not scored: recall in pixels"])
    assert len(figure.axes) == 4
    texts = [text.get_text() for text in figure.texts]
    assert any(text.startswith("One seed: how sure a point is, is not known") for text in texts)
    assert "Not scored: recall in pixels" in texts


def test_the_kind_shows_what_is_asked_and_never_codes(tmp_path):
    codes = of(tidy(space="codes"), "c_t")
    path = tmp_path / "scores.csv"
    pd.concat([tidy(), codes]).to_csv(path, index=False)
    given, kind = {"numbers": [str(path)]}, kinds.load("two_way")
    numbers, tables, _ = kind.tabulate(given, {"panels": "all"})
    assert set(numbers["space"]) == {"classifier"}
    assert len(tables) == 5
    about = {"dataset": "digits", "panels": {"features": ["c_t", "recall"]}}
    figure = kind.draw(given, about)
    assert [axes.get_title() for axes in figure.axes] == [describe("c_t").heading, ""]
    assert any("Not scored: Recall" in text.get_text() for text in figure.texts)
