"""The figure of precision against recall: what it is drawn from, and which lines it has."""

import itertools
import json
import re

import numpy as np
import pandas as pd
import pytest
from expost.figures import methods, naming, prd_curves, style
from expost.kinds import prd_curves as kind
from expost.metrics import prd_curve
from expost.metrics.prd_curve import Curve
from matplotlib.colors import to_hex
from planning import figure as changed
from planning import planned
from printed import smallest, width

SAMPLERS = ("gaussian", "gmm", "reconstruction", "copy", "held_out")


def curve(shift, points=101):
    """Of two laws over two clusters."""
    part = min(0.5 + shift, 1)
    whole = prd_curve.curve([0.5, 0.5], [part, 1 - part])
    step = (len(whole.recall) - 1) // (points - 1)
    return Curve(whole.precision[::step], whole.recall[::step])


def curves(autoencoders=("ae", "vae"), seeds=3):
    """Of each sampler on each autoencoder, but of the originals on the first alone."""
    pairs = itertools.product(autoencoders, SAMPLERS)
    kept = [p for p in pairs if p[0] == autoencoders[0] or p[1] not in SAMPLERS[-2:]]
    return {
        pair: [curve(0.04 * i + 0.01 * seed) for seed in range(seeds)]
        for i, pair in enumerate(kept)
    }


def drawn(panel, colour, thin=False):
    """The points of what is drawn in a colour, thin lines or others."""
    lines = [line for line in panel.lines if to_hex(line.get_color()).upper() == colour]
    return [line.get_xydata() for line in lines if (line.get_linewidth() < 0.5) is thin]


def test_a_line_is_the_mean_over_seeds_before_those_of_the_seeds():
    given = curves()
    figure = prd_curves.prd_curves(given, "classifier features")
    assert [panel.get_title() for panel in figure.axes] == ["ae", "vae"]
    for name, panel in zip(("ae", "vae"), figure.axes, strict=True):
        for sampler in SAMPLERS[:3]:
            colour, seeds = methods.METHODS[sampler].colour, given[name, sampler]
            (mean,) = drawn(panel, colour)
            np.testing.assert_allclose(mean[:, 0], np.mean([c.recall for c in seeds], axis=0))
            np.testing.assert_allclose(mean[:, 1], np.mean([c.precision for c in seeds], axis=0))
            for line, one in zip(drawn(panel, colour, thin=True), seeds, strict=True):
                np.testing.assert_array_equal(line, np.transpose([one.recall, one.precision]))


def test_the_originals_of_one_autoencoder_are_in_every_panel_in_grey():
    given = curves()
    for panel in prd_curves.prd_curves(given, "").axes:
        for sampler in ("copy", "held_out"):
            (line,) = drawn(panel, methods.METHODS[sampler].colour)
            wanted = np.mean([c.recall for c in given["ae", sampler]], axis=0)
            np.testing.assert_allclose(line[:, 0], wanted)
            red, green, blue = bytes.fromhex(methods.METHODS[sampler].colour[1:])
            assert red == green == blue


def test_originals_under_a_name_of_their_own_get_no_panel():
    given = curves(("ae",)) | {("vae", "gmm"): [curve(0)]}
    moved = {("first" if s in SAMPLERS[-2:] else a, s): of for (a, s), of in given.items()}
    figure = prd_curves.prd_curves(moved, "")
    assert [panel.get_title() for panel in figure.axes] == ["ae", "vae"]


def test_marks_stand_where_precision_and_recall_are_equal():
    for line in prd_curves.prd_curves(curves(seeds=1), "").axes[1].lines:
        if line.get_marker():
            (place,) = line.get_markevery()
            recall, precision = line.get_xydata()[place]
            assert recall == pytest.approx(precision, rel=1e-9)


def test_the_legend_names_each_sampler_once_and_a_models_own_prior_in_colour():
    given = curves() | {("ae", "prior"): [curve(0)], ("vae", "prior"): [curve(0.1)]}
    with naming.of({"ae": ("AE", False), "vae": ("The VAE", True)}, given):
        figure = prd_curves.prd_curves(given, "classifier features")
    assert [panel.get_title() for panel in figure.axes] == ["AE", "The VAE"]
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    shown = {to_hex(line.get_color()).upper() for line in figure.legends[0].get_lines()}
    assert sorted(names) == sorted(
        ["Gaussian", "GMM", "Reconstr.", "Copies", "Held out", "Prior", "Prior"]
    )
    assert shown >= {methods.METHODS[name].colour for name in ("prior", "vae/prior")}


@pytest.mark.parametrize("seeds", [1, 2])
def test_what_lines_are_is_said(seeds):
    said = [t.get_text() for t in prd_curves.prd_curves(curves(seeds=seeds), "the space").texts]
    assert ("One seed" in said) is (seeds == 1)
    assert ("Thin lines: single seeds" in said) is (seeds == 2)
    assert any("the space" in line for line in said)


@pytest.mark.parametrize("names", [["ae"], ["ae", "vae"], [*"abcdefg", "an_autoencoder_" * 3]])
def test_nothing_is_cut_off_and_letters_can_be_read(names, tmp_path):
    figure = prd_curves.prd_curves(curves(tuple(names)), "classifier features")
    style.save(figure, tmp_path / "figure.pdf")
    pdf = (tmp_path / "figure.pdf").read_bytes()
    assert width(pdf) == pytest.approx(style.COLUMN, abs=1e-3)
    assert smallest(pdf, style.COLUMN) >= 6
    figure.draw_without_rendering()
    texts = [*figure.texts, *(panel.title for panel in figure.axes)]
    texts += [text for panel in figure.axes for text in panel.texts]
    texts += [t for panel in figure.axes for t in panel.get_xticklabels() + panel.get_yticklabels()]
    boxes = [text.get_window_extent() for text in texts + figure.legends[0].get_texts()]
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across < 1 or down < 0.25 * min(one.height, other.height)  # boxes have air in them
    for box in boxes:
        assert box.x0 >= 0 <= box.y0
        assert box.x1 <= figure.bbox.x1
        assert box.y1 <= figure.bbox.y1


def test_no_curves_are_refused():
    with pytest.raises(ValueError, match="got no curves to show"):
        prd_curves.prd_curves({}, "")


def test_a_picture_shows_the_feature_space_that_its_figure_is_scored_in(tmp_path):
    """Though runs have curves of codes too, and of spaces that other figures ask for."""
    runs, paths, rows = [], [], []
    for i, (pair, seed) in enumerate(itertools.product(curves(("ae",)), (0, 1))):
        spaces = dict(zip(("codes", "resnet34", "classifier"), (0.1, 0.2, 0.01 * i), strict=True))
        found = {space: curve(shift) for space, shift in spaces.items()}
        content = {
            space: {"precision": c.precision.tolist(), "recall": c.recall.tolist()}
            for space, c in found.items()
        }
        paths.append(str(tmp_path / f"{i}.json"))
        (tmp_path / f"{i}.json").write_text(json.dumps({"rows": [], "curves": content}))
        run = ("digits", *pair, 2, 100, seed)
        runs.append((*run[:5], 40, seed))
        rows += [(*run, space, "prd_recall", 0.5) for space in ("codes", "classifier")]
    columns = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric"]
    pd.DataFrame(rows, columns=[*columns, "value"]).to_csv(tmp_path / "n.csv", index=False)
    given = {"numbers": [str(tmp_path / "n.csv")], "scores": paths}
    panel = kind.draw(given, {"dataset": "digits", "runs": runs}).axes[0]
    lines = drawn(panel, methods.METHODS["gmm"].colour, thin=True)
    for line, i in zip(lines, (2, 3), strict=True):
        np.testing.assert_allclose(line[:, 0], curve(0.01 * i).recall)


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"rows": []},
        {"curves": 3},
        {"curves": {"codes": {"precision": [0, 1], "recall": [1, 0]}}},
        *(
            {"curves": {"classifier": found}}
            for found in (
                {"precision": [0, 1]},
                {"precision": [0, 1], "recall": [1]},
                {"precision": [0, "x"], "recall": [1, 0]},
                {"precision": [0, [1]], "recall": [1, 0]},
                {"precision": [0, 1.5], "recall": [1, 0]},
                {"precision": [0, None], "recall": [1, 0]},
                {"precision": [[0, 1]], "recall": [[1, 0]]},
                {"precision": 0.5, "recall": 0.5},
                {"precision": [], "recall": []},
                {"precision": [0, 10**400], "recall": [1, 0]},
            )
        ),
    ],
    ids=str,
)
def test_scores_without_a_curve_or_with_none_that_is_one_are_named(content, tmp_path):
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(content))
    with pytest.raises(ValueError, match=rf"^{re.escape(str(path))} holds no PRD curve.*'classif"):
        prd_curve.read(path, "classifier")


def test_what_is_thinned_is_read_again(tmp_path):
    whole = prd_curve.curve([0.3, 0.7], [0.6, 0.4])
    (tmp_path / "a.json").write_text(json.dumps({"curves": {"classifier": whole.thinned()}}))
    found = prd_curve.read(tmp_path / "a.json", "classifier")
    np.testing.assert_array_equal(found.recall, whole.recall[::10])
    np.testing.assert_array_equal(found.precision, whole.precision[::10])
    assert len(found.recall) % 2 == 1  # so that the mark is at pi / 4


def mine(**keys):
    about = {"kind": "prd_curves", "title": "Precision against recall.", "epochs": "last"}
    return changed("mine", **about | keys)


def test_a_figure_of_curves_has_its_runs_scored_for_it_and_others_left_alone():
    plan = planned(mine(metrics=["prd"], methods=["ae/gmm", "ae/copy", "ae/held_out"]))
    families = {run: plan.families(run) for run in plan.figures["scores"].runs}
    with_curves = {run for run, found in families.items() if "prd" in found}
    assert with_curves == set(plan.figures["mine"].runs) != set(families)
    assert "prd" not in plan.figures["scores"].metrics


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({}, "two_sample, classes, moments, copying in figure 'mine'.*shows prd, so add that"),
        ({"metrics": ["prd"], "methods": ["ae/gmm"]}, "no method with the sampler"),
        ({"metrics": ["prd"], "epochs": "all"}, "got epoch .*its picture wants one"),
    ],
)
def test_figures_that_cannot_be_are_refused_when_planning(keys, message):
    with pytest.raises(ValueError, match=message):
        planned(mine(**keys))
