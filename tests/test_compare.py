"""A whole comparison on small codes: parts, scores, what is kept, and how it is shown."""

import subprocess
import sys
from html import escape
from io import StringIO

import expost
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from expost import Features, Sampler, samplers
from expost.comparing import one_run, parts, shown, side_by_side

NAMES = ["gaussian", "kde", "empirical_beta"]
SCRIPT = """
import sys
sys.path.insert(0, {workflow!r})
import expost
import numpy as np

class Twice(expost.Gaussian):
    def _sample(self, n, rng):
        return 2 * super()._sample(n, rng)

codes = np.random.default_rng(0).standard_normal((120, 2))
table = expost.compare(codes, samplers=["kde", Twice()], seeds=2, processes={processes})
print(table.frame[~table.frame["metric"].isin(["fit", "sample"])].to_csv())
"""


class Bootstrap(Sampler):
    """Of somebody's own, without a density."""

    def _fit(self, codes, rng):
        self.codes_ = codes

    def _sample(self, n, rng):
        return self.codes_[self._pick(n, rng)]


class Broken(Bootstrap):
    """Fits no codes of one seed."""

    def _fit(self, codes, rng):
        if codes[0, 0] == self.refused:
            raise ArithmeticError("no <such>\ncodes")
        super()._fit(codes, rng)


def made(n=240, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 3)) @ rng.normal(size=(3, 3)) + 4 * rng.integers(2, size=(n, 1))


CODES = made()


def compare(*given, **options):
    return expost.compare(*given, **({"progress": False, "processes": 1} | options))


@pytest.fixture(scope="module")
def table():
    return compare(CODES, samplers=[*NAMES, Bootstrap()])


def without_costs(table):
    scores = table.frame[~table.frame["metric"].isin(one_run.COSTS)]
    return scores.sort_values(["sampler", "seed", "metric"], ignore_index=True)


def test_every_sampler_and_control_is_scored_once_a_seed(table):
    for (name, _), rows in table.frame.groupby(["sampler", "seed"]):
        lacking = set() if name in NAMES else {"held_out_likelihood"}
        assert sorted(rows["metric"]) == sorted({*one_run.METRICS, *one_run.COSTS} - lacking)
    shown = [*NAMES, "Bootstrap", *samplers.ORIGINALS]
    assert list(dict.fromkeys(table.frame["sampler"])) == shown
    assert set(table.frame["seed"]) == {0, 1, 2}
    assert np.isfinite(table.frame["value"]).all()


def test_scores_are_those_of_the_samplers_own_draws(table):
    """By hand: fitted to the same codes with the same random numbers."""
    (part,) = parts.split(CODES, None, [1], 180, 30)
    rng = expost.runtime.seeding.generator("compare", "gaussian", 1)
    sampler = expost.Gaussian().fit(part.fitted, rng)
    draws = sampler.sample(30, rng)
    wanted = expost.score(*map(Features, (part.reference, draws, part.fitted)), codes=True)
    wanted["held_out_likelihood"] = sampler.score_samples(part.reference).mean()
    rows = without_costs(table).query("sampler == 'gaussian' and seed == 1")
    assert dict(zip(rows["metric"], rows["value"], strict=True)) == pytest.approx(
        {name: wanted[name] for name in one_run.METRICS}, rel=1e-12
    )


def test_what_copies_is_seen_and_not_named(table):
    copies = table.frame.query("sampler == 'copy'").groupby("metric")["value"].max()
    assert (copies["authenticity"], copies["nearest_training"]) == (0, 0)
    best = table.best()
    assert "Bootstrap" in best.copying
    assert best.name in NAMES


@pytest.mark.parametrize("test", [None, made(50, seed=1)], ids=["held out", "told"])
def test_no_code_plays_two_parts(test):
    codes = made(103)
    rows = {tuple(row): i for i, row in enumerate(np.concatenate([codes, made(50, seed=1)]))}
    seen = []
    size, draws, *_ = parts.sizes(103, None if test is None else 50, None, None)
    for part in parts.split(codes, test, [0, 1, 2, 3], size, draws):
        held = {rows[tuple(row)] for row in np.concatenate([part.reference, part.other])}
        fitted = {rows[tuple(row)] for row in part.fitted}
        assert len(held) == 2 * draws == 2 * len(part.reference)
        assert len(fitted) == size == (77 if test is None else 103)
        assert not held & fitted
        assert max(fitted) < 103
        assert test is None or min(held) >= 103
        seen.append(held)
    assert all(a.isdisjoint(b) for i, a in enumerate(seen) for b in seen[:i]) == (test is None)


def test_neither_the_order_of_samplers_nor_the_other_seeds_change_a_score(table):
    again = compare(CODES, samplers=[Bootstrap(), *NAMES[::-1]], seeds=[2, 0])
    wanted = without_costs(table).query("seed != 1").reset_index(drop=True)
    pd.testing.assert_frame_equal(without_costs(again), wanted, check_exact=True)


def test_the_first_seeds_fits_are_kept(table, tmp_path):
    (part,) = parts.split(CODES, None, [0], 180, 30)
    assert np.array_equal(table["gaussian"].mean_, part.fitted.mean(axis=0))
    table.save(tmp_path / "made")
    loaded = expost.load(tmp_path / "made/kde.npz")
    assert np.array_equal(loaded.sample(5, rng=1), table["kde"].sample(5, rng=1))
    assert pd.read_csv(tmp_path / "made/scores.csv").equals(table.frame.reset_index(drop=True))
    said = (tmp_path / "made/best.txt").read_text()
    assert said.startswith(table.best().sentence)
    assert "Bootstrap is not written" in said
    with pytest.raises(ValueError, match="made is not empty; take another, or overwrite=True"):
        table.save(tmp_path / "made")
    (tmp_path / "made/mine.npz").write_bytes(b"mine")
    compare(CODES, samplers=["gaussian"], seeds=2).save(tmp_path / "made", overwrite=True)
    assert {path.name for path in (tmp_path / "made").glob("*.npz")} == {"gaussian.npz", "mine.npz"}
    with pytest.raises(ValueError, match="best.txt is a file"):
        table.save(tmp_path / "made/best.txt", overwrite=True)
    with pytest.raises(KeyError, match="did you mean 'gaussian'"):
        table["guassian"]


def test_the_summary_has_means_and_paired_differences(table):
    found = table.summary.set_index(["sampler", "metric"])
    emd = table.frame.query("metric == 'emd'").pivot(
        index="seed", columns="sampler", values="value"
    )
    best = emd[[*NAMES, "Bootstrap"]].mean().idxmin()
    gap = emd["kde"] - emd[best]
    row = found.loc[("kde", "emd")]
    assert row["mean"] == pytest.approx(emd["kde"].mean())
    assert row["behind"] == pytest.approx(gap.mean())
    assert row["behind_half_width"] == pytest.approx(4.302653 * gap.std() / np.sqrt(3), rel=1e-5)
    assert np.isnan(found.loc[("kde", "authenticity"), "behind"])  # which is best nowhere


def test_it_is_exported_and_shows_itself(table, tmp_path):
    assert pd.read_csv(StringIO(table.to_csv())).shape == table.summary.shape
    table.to_latex(tmp_path / "table.tex")
    assert r"\toprule" in (tmp_path / "table.tex").read_text()
    assert table.to_html().startswith("<!doctype html>")
    page = table._repr_html_()
    assert "body{" not in page  # of a notebook, whose own style it would change
    assert page.index(escape(str(table.best()))) < page.index("<table>")
    assert "A column without bold is one where no sampler can be told" in page
    best, rows, *_ = repr(table).split("\n\n")
    assert best == str(table.best())
    assert sum("→ 1" in row for row in rows.splitlines()) == 1  # with the last words
    costs = table.frame["metric"].isin(one_run.COSTS)  # which are as long as the load makes them
    alike = table.frame.assign(value=table.frame["value"].mask(costs, 0.01))
    assert max(map(len, shown.plain(shown.table(alike, {})).splitlines())) < 160
    assert "<th>Copying C_T&nbsp;→&nbsp;0</th>" in page
    assert "&lt; 0.001" in compare(CODES, samplers=["gaussian"], seeds=1).to_html()
    assert "<td>empirical_beta</td>" in page


def test_the_figure_has_a_point_a_sampler(table):
    figure = table.plot(quality="mmd")
    across, up = (
        table.summary.query(f"metric == '{name}'").set_index("sampler")["mean"]
        for name in ("mmd", "c_t")
    )
    drawn = {tuple(line.get_xydata()[0]) for line in figure.axes[0].lines if len(line.get_xydata())}
    assert drawn >= {(across[name], up[name]) for name in across.index}
    assert "MMD" in figure.axes[-1].get_xlabel()
    names = {text.get_text() for text in figure.axes[0].texts}
    assert names == set(across.index)  # as in the table, and as table["gmm"] asks for them
    with pytest.raises(ValueError, match="did you mean 'mmd'"):
        table.plot("mmdd")


def test_what_fails_says_why_and_the_others_go_on():
    (part,) = parts.split(CODES, None, [1], 180, 30)
    broken = Broken()
    broken.refused = part.fitted[0, 0]
    found = compare(CODES, samplers={"own": broken, "gaussian": expost.Gaussian()}, seeds=2)
    assert found.failures == {"own": "seed 1: ArithmeticError: no <such> codes"}
    assert "own failed with seed 1: ArithmeticError: no <such> codes." in found.notes
    assert set(found.frame.query("sampler == 'own'")["seed"]) == {0}
    assert set(found.frame.query("sampler == 'gaussian'")["seed"]) == {0, 1}
    assert found.best().name == "gaussian"
    assert "no &lt;such&gt; codes" in found._repr_html_()


def test_what_samplers_warn_of_is_a_note():
    found = compare(CODES * [0.1, 0.1, 1e4], samplers=["kde"], seeds=1)
    said = [note for note in found.notes if note.startswith("kde, seed 0: ")]
    assert said
    assert all(note.endswith(".") for note in said)
    frame = pd.DataFrame(CODES * [0.1, 0.1, 1e4], columns=["a", "7", "c"])
    named = compare(frame, samplers=["kde"], seeds=1).notes
    for notes, columns in ((found.notes, "0, 1"), (named, "a, 7")):
        assert f"of 3 columns ({columns});" in " ".join(notes)


def test_it_says_how_far_it_is(monkeypatch):
    said = []

    class Told:
        def __init__(self, total):
            said.append(total)

        def __call__(self, done, message):
            said.append(done)

        def close(self):
            said.append("closed")

    monkeypatch.setattr(side_by_side, "Progress", Told)
    compare(CODES, samplers=["gaussian"], seeds=2, progress=True)
    assert said == [6, 1, 2, 3, 4, 5, 6, "closed"]


def test_a_script_needs_no_guard_and_processes_change_no_score():
    printed = []
    for processes in (1, 2):
        code = SCRIPT.format(workflow=f"{ROOT}/workflow", processes=processes)
        command = [sys.executable, "-W", "error", "-c", code]
        printed.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert printed[0] == printed[1]
    names = set(pd.read_csv(StringIO(printed[0]))["sampler"])
    assert names == {"kde", "Twice", *samplers.ORIGINALS}
