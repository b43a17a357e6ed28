"""Scores are kept by family, so that a change of one family computes no other again."""

import json

import numpy as np
import pytest
from expost.features.base import Features
from expost.metrics import NAMES, kept_scores
from expost.metrics.copying_search import of_both
from expost.metrics.scoring import FAMILIES, measure

DIGESTS = {"moments": "m1", "copying": "c1", "two_sample": "t1"}


def features(vectors):
    return Features(vectors.astype(np.float32))


class Run:
    """A run's features, and the families that were computed."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.asked, self.computed = folder, 0, []
        self.log_densities, self.known = {}, {}
        self.inputs = [folder / "a.npz", folder / "b.npz"]
        for path in self.inputs:
            path.write_bytes(path.name.encode())
        rng = np.random.default_rng(0)
        self.parts = [
            {space: features(rng.standard_normal((30, 3))) for space in ("pixels", "codes")}
            for _ in range(3)
        ]
        measure = kept_scores.measure

        def counted(*sides, families, **others):
            self.computed += families
            return measure(*sides, families=families, **others)

        monkeypatch.setattr(kept_scores, "measure", counted)

    def features(self):
        self.asked += 1
        return kept_scores.Sides(*self.parts, self.log_densities, self.known)

    def scores(self, **digests):
        """The rows, and the families that were computed for them."""
        self.computed = []
        families = DIGESTS | digests
        given = self.folder / "kept", families, self.inputs, self.features
        rows, self.curves = kept_scores.scores(*given)
        return rows, set(self.computed)


@pytest.fixture
def run(tmp_path, monkeypatch):
    return Run(tmp_path, monkeypatch)


def test_what_is_kept_is_not_computed_again_and_needs_no_features(run):
    first, computed = run.scores()
    assert computed == set(DIGESTS)
    assert run.scores() == (first, set())
    assert run.asked == 1


def test_what_is_known_is_handed_in_for_its_space(run):
    vectors = run.parts[0]["codes"].vectors
    run.known = {"codes": of_both(vectors, vectors[:7])}  # and there are more than seven
    with pytest.raises(ValueError, match="known of 30 training and 7 real points"):
        run.scores()


@pytest.mark.parametrize("family", DIGESTS)
def test_a_family_whose_code_changed_is_computed_again_and_no_other(run, family):
    first, _ = run.scores()
    assert run.scores(**{family: "new"}) == (first, {family})
    assert run.scores(**{family: "new"}) == (first, set())
    assert run.scores() == (first, {family})  # changed back: one version is kept


def test_a_further_family_leaves_the_others(run):
    fewer, _ = run.scores()
    rows, computed = run.scores(classes="x")
    assert computed == {"classes"}
    assert [row for row in rows if row in fewer] == fewer
    assert set(DIGESTS) | {"classes", "c_t_authors", "prd", "likelihood"} == set(FAMILIES)


def test_curves_are_kept_with_their_family_and_no_others(run):
    run.scores()
    assert run.curves == {}
    rows, computed = run.scores(prd="p1")
    assert computed == {"prd"}
    real, generated = (part["codes"] for part in run.parts[:2])
    whole = measure(real, generated, codes=True, families=["prd"])
    curve, found = whole.curve, run.curves
    assert set(found) == {"codes"}  # and not of pixels
    assert found["codes"]["precision"] == curve.precision[::10].tolist()
    assert found["codes"]["recall"] == curve.recall[::10].tolist()
    of_family = {row["metric"]: row["value"] for row in rows if row["metric"].startswith("prd_")}
    assert of_family == whole.scores
    assert len(of_family) == 2
    assert run.scores(prd="p1") == (rows, set())
    assert run.curves == found


def test_likelihood_is_of_codes_alone_and_absent_where_there_is_none(run):
    fewer, _ = run.scores()
    assert run.scores(likelihood="l1") == (fewer, {"likelihood"})
    run.log_densities = {"held_out_log_density": np.array([-1.0, -4.0])}
    run.log_densities["fitted_log_density"] = np.array([-1.0, -2.0])
    rows, computed = run.scores(likelihood="l2")
    assert computed == {"likelihood"}
    assert [row for row in rows if row not in fewer] == [
        {"space": "codes", "metric": "held_out_likelihood", "value": -2.5},
        {"space": "codes", "metric": "likelihood_gap", "value": 1.0},
    ]


@pytest.mark.parametrize("which", [0, 1])
def test_other_inputs_compute_all_again(run, which):
    run.scores()
    run.parts[1] = {space: features(of.vectors + 1) for space, of in run.parts[1].items()}
    run.inputs[which].write_bytes(b"other")
    rows, computed = run.scores()
    assert computed == set(DIGESTS)
    assert run.scores() == (rows, set())


def test_inputs_are_told_apart_by_what_is_in_them_and_their_order(run):
    rows, _ = run.scores()
    for path in run.inputs:
        path.write_bytes(path.read_bytes())  # newer, and the same
    assert run.scores() == (rows, set())
    run.inputs.reverse()
    assert run.scores()[1] == set(DIGESTS)


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "null", "3", '{"code": "m1"}', "\0"),
        *(
            {"rows": None},
            {"rows": 3},
            {"rows": [1]},
            {"spaces": []},
            {"spaces": None},
            {"rows": [{"space": "pixels"}]},
        ),
        {"rows": [{"space": "pixels", "metric": "unknown", "value": 1.0}]},
    ],
    ids=str,
)
def test_a_damaged_file_is_computed_again(run, content):
    first, _ = run.scores()
    path = run.folder / "kept/moments.json"
    if isinstance(content, str):
        path.write_text(content)
    else:
        kept = json.loads(path.read_text())
        path.write_text(json.dumps(kept | content))
    assert run.scores() == (first, {"moments"})
    assert run.scores() == (first, set())


def test_rows_are_in_the_order_of_spaces_and_metrics_however_they_were_kept(run):
    run.scores()
    rows, _ = run.scores(two_sample="new")
    spaces = list(dict.fromkeys(row["space"] for row in rows))
    assert spaces == ["pixels", "codes"]  # though codes alone have moments, which are first
    for space in ("pixels", "codes"):
        names = [row["metric"] for row in rows if row["space"] == space]
        assert names == sorted(names, key=NAMES.index)
        assert len(set(names)) == len(names) > 3
