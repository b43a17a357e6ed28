"""Spaces whose network learned nothing, or that cannot tell images from noise, are marked."""

import html
import json

import jinja2
import numpy as np
import pandas as pd
import pytest
from claiming import entry, load, tidy
from conftest import ROOT
from docutils.core import publish_parts
from expost.analyses import soundness
from expost.features import held_out_accuracy
from expost.features.base import Features
from expost.figures import remarks, style
from expost.papers.claims import verdicts
from expost.tables import scores_table, shares_table

RNG = np.random.default_rng(0)


def probabilities(told, sure, count):
    """Of each image: so much for the class that is told, the rest shared by the others."""
    spread = np.full((len(told), count), (1 - sure) / (count - 1), np.float32)
    spread[np.arange(len(told)), told] = sure
    return Features(np.zeros((len(told), 2)), probabilities=spread)


def measured(truth, told, sure=0.9, count=6):
    return held_out_accuracy.measure("mine", probabilities(told, sure, count), truth)


TRUTH, MANY = np.arange(96) % 6, np.arange(6000) // 1000
LEARNED = np.where(RNG.random(96) < 0.8, TRUTH, (TRUTH + 1) % 6)


def test_accuracy_is_the_mean_of_what_each_class_recalls():
    truth, told = np.array([0] * 8 + [1] * 2), np.array([0] * 6 + [1] * 2 + [1, 0])
    found = measured(truth, told, count=2)
    assert found.accuracy == pytest.approx((6 / 8 + 1 / 2) / 2)
    assert (found.right, found.chance, found.images) == (pytest.approx(0.7), 0.5, 10)


def test_accuracy_of_attributes_is_balanced_in_each():
    truth = np.array([[1, 0], [1, 0], [1, 0], [0, 1]])
    had = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]], np.float32)
    found = held_out_accuracy.measure("faces", Features(had, attributes=had), truth)
    assert found.accuracy == pytest.approx(((2 / 3 + 1) / 2 + (2 / 3 + 1) / 2) / 2)
    assert (found.told, found.chance, found.count) == ("attributes", 0.5, 2)
    alike = np.column_stack([truth, np.zeros(4, int)])  # one that no test image has
    had = np.column_stack([had, [0.1] * 4]).astype(np.float32)
    same = held_out_accuracy.measure("faces", Features(had, attributes=had), alike)
    assert same.accuracy == pytest.approx(found.accuracy)


@pytest.mark.parametrize("seed", range(5))
def test_a_network_that_learned_is_not_in_doubt(seed):
    told = np.where(np.random.default_rng(seed).random(96) < 0.7, TRUTH, (TRUTH + 1) % 6)
    found = measured(TRUTH, told, sure=0.7)
    assert found.accuracy > 0.5
    assert found.doubt == ""
    assert "balanced over its 6 classes (chance: 0.17; 96 images)" in str(found)


@pytest.mark.parametrize(
    ("truth", "told"),
    {
        "always the same": (TRUTH, np.zeros(96, int)),
        "always the commonest": (np.array([0] * 90 + [1] * 6), np.zeros(96, int)),
        "at random": (TRUTH, RNG.integers(6, size=96)),
        "better, and hardly so": (MANY, np.where(np.arange(6000) % 12 == 0, MANY, 0)),
        "all right, of two images": (np.array([0, 1]), np.array([0, 1])),
        "one class in the test part": (np.zeros(50, int), np.zeros(50, int)),
    }.values(),
)
def test_a_network_not_clearly_better_than_chance_is_in_doubt(truth, told):
    assert "not clearly better than chance" in measured(truth, told).doubt


def test_a_network_that_is_right_and_not_sure_has_hardly_begun():
    """480 images, 20 steps: right six times in ten, and an Inception Score of 1.02 of 6."""
    found = measured(TRUTH, LEARNED, sure=0.25)
    assert found.accuracy > 0.6
    assert "has hardly begun to learn" in found.doubt
    assert not measured(TRUTH, LEARNED, sure=0.75).doubt


def kept(folder, found):
    path = folder / f"{found.dataset}.json"
    path.write_text(json.dumps(found._asdict()))
    return str(path)


def test_what_was_kept_is_read_again_and_damage_is_named(tmp_path):
    found = measured(TRUTH, LEARNED)
    path = kept(tmp_path, found)
    assert held_out_accuracy.read(path) == found
    for damage in ({"accuracy": "high"}, {"more": 1}, {"count": None}):
        (tmp_path / "mine.json").write_text(json.dumps(found._asdict() | damage))
        with pytest.raises(ValueError, match="mine.json cannot be read"):
            held_out_accuracy.read(path)


def scored(real, noise, metric="emd", space="classifier", noisy="vae/prior"):
    return tidy({"ae/held_out": real, noisy: noise, "ae/kde": [1.5, 1.6, 1.7]}, f"{space}/{metric}")


BETTER, WORSE = [1.0, 1.2, 1.1], [1.3, 1.4, 1.2]


@pytest.mark.parametrize("metric", soundness.TELLING)
@pytest.mark.parametrize("space", ["classifier", "resnet34", "classifier_bfloat16"])
def test_held_out_images_must_beat_noise_seed_by_seed(metric, space):
    turned = (lambda x: [3 - one for one in x]) if metric == "inception_score" else list
    sound = soundness.look([], [scored(turned(BETTER), turned(WORSE), metric, space)])
    assert not sound.doubts
    lost = soundness.look([], [scored(turned(WORSE), turned(BETTER), metric, space)])
    assert list(lost.doubts) == [("digits", space)]
    tied = soundness.look([], [scored(BETTER, BETTER, metric, space)])
    assert list(tied.doubts) == [("digits", space)]


def test_noise_that_was_not_run_or_not_in_features_says_nothing():
    assert not soundness.look([], [scored(WORSE, BETTER, noisy="ae/gmm")]).doubts
    assert not soundness.look([], [scored(WORSE, BETTER, space="pixels")]).doubts


def test_a_difference_that_is_clear_over_seeds_may_fail_in_one():
    ahead = np.append(np.full(19, 1.0), -0.1)
    assert not soundness.look([], [scored(np.ones(20), 1 + ahead)]).doubts
    assert soundness.look([], [scored(np.ones(3), 1 + ahead[-3:])]).doubts


@pytest.fixture
def in_doubt(tmp_path):
    """One data set whose classifier learned nothing, and one whose classifier did."""
    bad = measured(TRUTH, np.zeros(96, int))
    good = measured(TRUTH, LEARNED)._replace(dataset="good")
    return [kept(tmp_path, found) for found in (bad, good)]


def two_data_sets(measure="classifier/emd"):
    return pd.concat(
        tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]}, measure, dataset=dataset)
        for dataset in ("mine", "good")
    )


def test_claims_that_rest_on_such_a_space_are_not_tested(tmp_path, in_doubt):
    doubts = soundness.look(in_doubt, [two_data_sets()]).by_data_set()
    assert doubts.keys() == {"mine"}
    table = pd.concat([two_data_sets(), two_data_sets("pixels/emd")])
    for by, words in (("features/emd", "not tested here"), ("pixels/emd", "supported")):
        claims = load(tmp_path, entry(test={"by": [by]}))
        found = verdicts.judge(claims, {"scores": table}, 2000, doubts=doubts)
        judged = found.set_index("dataset")
        assert judged["verdict"].to_dict() == {"mine": words, "good": "supported"}
        if by == "features/emd":
            assert "classifier features cannot tell: its network" in judged["reason"]["mine"]


def test_tables_of_such_a_space_say_so_in_title_and_note(in_doubt):
    scores = two_data_sets()
    sound = soundness.look(in_doubt, [scores])
    means = scores_table.summarise_scores(scores)
    tables, note = scores_table.score_tables(scores, means, sound)
    titles = [table.title.split(":")[0] for table in tables]
    assert titles == ["In doubt (see the note)", "good, epoch 40, 2000 codes"]
    assert note.startswith("In doubt: classifier features of mine, as its network tells")
    assert note.endswith("(chance: 0.17; 96 images).")
    untouched, plain = scores_table.score_tables(scores, means)
    assert "In doubt" not in plain + str(untouched)
    assert [table.rows for table in untouched] == [table.rows for table in tables]


def test_tables_of_what_a_classifier_takes_images_for_say_so_too(in_doubt):
    axes = {"autoencoder": "ae", "sampler": "kde", "epoch": 4, "size": 9, "group": "1"}
    rows = [
        axes | {"dataset": dataset, "seed": seed, "drawn": drawn, "metric": metric, "value": 0.5}
        for dataset in ("mine", "good")
        for seed in (0, 1)
        for drawn in ("1", "untargeted")
        for metric in shares_table.METRICS
    ]
    means = shares_table.summarise_shares(pd.DataFrame(rows))
    tables, note = shares_table.targeted_tables(means, soundness.look(in_doubt))
    assert [table.title.startswith("In doubt") for table in tables] == [True, True, False, False]
    assert note.startswith("In doubt: classifier features of mine")


def test_remarks_stand_beside_a_figure_whose_place_they_leave_alone(tmp_path):
    from matplotlib.figure import Figure
    from PIL import Image

    figure = Figure(figsize=(3, 2), dpi=100)
    figure.subplots().plot([0, 1], label="a line")
    figure.legend(loc="lower center")
    assert remarks.bounds(figure) is None
    style.save(figure, tmp_path / "plain.png")
    remarks.add(figure, ["In doubt: $x_1$ of it. " * 9], ["So good."], 6)
    style.save(figure, tmp_path / "marked.png", tmp_path / "marked.pdf")
    plain, marked = (
        np.asarray(Image.open(tmp_path / f"{name}.png").convert("RGB")).astype(int)
        for name in ("plain", "marked")
    )
    shifts = range(len(marked) - len(plain))
    apart = [np.abs(marked[i : i + len(plain)] - plain).mean() for i in shifts]
    assert marked.shape[1] == plain.shape[1]
    assert min(apart) < 1  # of 255, where the parts of a dot are shared otherwise
    above = marked[: int(np.argmin(apart))]
    assert ((above[..., 0] - above[..., 1]) > 60).sum() > 100


def test_the_first_page_of_the_report_says_what_is_in_doubt(in_doubt):
    sound = soundness.look(in_doubt)
    page = (ROOT / "workflow/report/landing.rst").read_text()
    start = page.index("{% set spaces")
    part = page[start : page.index("{% if categories %}")]
    shown = {"spaces": {"doubts": sound.warnings(), "accuracies": sound.accuracies()}}
    body = publish_parts(jinja2.Template(part).render(config=shown), writer="html")["body"]
    assert body.count("<li>") == 3
    assert f"<strong>{html.escape(sound.warnings()[0])}</strong>" in body
    assert not jinja2.Template(part).render(config={}).strip()
