"""Figures become runs, and every run that several of them ask for is one."""

import pytest
import yaml
from expost.study import summary
from planning import STUDIES, figure, one_figure, planned, write_study

STUDY = yaml.safe_load((STUDIES / "ebcae/study.yaml").read_text())
CLAIMS = {"kind": "claims", "title": "None."}
MNIST = {"datasets": {"mnist": {"kind": "mnist", "size": 32}}}


def values(found, axis):
    return list(dict.fromkeys(getattr(run, axis) for run in found))


def test_the_shipped_config_plans_every_figure_of_its_studies():
    plan = planned()
    assert list(plan.figures) == list(STUDY["figures"])
    assert not summary.left_out(plan)
    assert {f.datasets for f in plan.figures.values() if f.runs and f.kind.of != "costs"} == {
        ("digits",)
    }


def test_runs_are_the_product_of_the_lists():
    found = one_figure(
        "sample_grid",
        methods=["ae/kde", "vae/prior"],
        epochs=[5, 40],
        sizes=[100, 200],
        seeds="all",
    )
    axes = zip(*[run[1:3] for run in found.runs], strict=True)
    assert [set(axis) for axis in axes] == [{"ebcae.ae", "ebcae.vae"}, {"kde", "prior"}]
    assert len(found.runs) == len(set(found.runs)) == 2 * 2 * 2 * 3
    assert {run.draws for run in found.runs} == {STUDY["draws"]}


def test_a_method_listed_and_turned_is_run_once():
    found = one_figure("trade_off", methods=["ae/kde", "ae/copy", "ae/held_out"])
    assert len(found.runs) == len(set(found.runs))
    assert values(found.runs, "sampler").count("kde") == 1


def test_figures_without_samplers_have_a_run_an_autoencoder():
    assert planned().figures["interpolation"].runs == (
        ("digits", "ebcae.ae", 40, 0),
        ("digits", "ebcae.vae", 40, 0),
    )


def test_originals_are_shown_by_the_controls_that_do():
    real = {"samplers": {"real": {"sampler": "held_out"}}}
    plan = planned(real | figure("tsne", methods=["ae/real"]))
    shown = [run for name in ("scores", "tsne", "interpolation") for run in plan.figures[name].runs]
    originals = {run[2] for run in shown if plan.shows_originals(run)}
    assert originals == {"copy", "held_out", "real"}


def test_costs_are_the_products_of_each_entry_each_once():
    entry = {"sampler": ["kde", "gmm"], "dimension": [2], "size": [10, 20]}
    found = one_figure("cost_over_sample_size", grid=[entry, entry | {"size": [20, 30]}])
    assert len(found.runs) == len(set(found.runs)) == 2 * 3


@pytest.mark.parametrize(
    ("word", "epochs"), [("first", [5]), ("last", [40]), ("all", [5, 15, 40]), ([40, 5], [5, 40])]
)
def test_epochs_are_those_after_which_the_autoencoder_is_kept(word, epochs):
    assert values(one_figure("scores", epochs=word).runs, "epoch") == epochs


def test_each_autoencoder_has_its_own_epochs():
    change = {"autoencoders": {"vae": {"epochs": [7, 3]}}}
    found = planned(change | figure("scores", epochs="all")).figures["scores"].runs
    kept = {run.autoencoder: set() for run in found}
    for run in found:
        kept[run.autoencoder].add(run.epoch)
    assert kept == {"ebcae.ae": {5, 15, 40}, "ebcae.vae": {3, 7}}


def test_a_training_goes_on_from_the_epoch_before():
    plan = planned()
    before = [plan.previous("digits", "ebcae.ae", epoch) for epoch in (5, 15, 40)]
    assert before == [None, 5, 15]


@pytest.mark.parametrize(
    ("word", "sizes"), [("first", [100]), ("last", [800]), ("all", [100, 400, 800]), ([70], [70])]
)
def test_sizes_are_those_of_the_study(word, sizes):
    assert values(one_figure("scores", sizes=word).runs, "size") == sizes


def test_without_words_a_figure_has_the_studys_size_last_epoch_and_all_seeds():
    found = planned({"size": 150, "seeds": [4, 2]}).figures["scores"].runs
    assert [values(found, axis) for axis in ("epoch", "size", "seed")] == [[40], [150], [4, 2]]


@pytest.mark.parametrize(("name", "axis"), [("epochs", "epoch"), ("sample_size", "size")])
def test_what_controls_show_does_not_change_along_an_axis_and_is_run_once(name, axis):
    """Copies and held-out images know no epoch, rows of the test set know no size."""
    change = {"size": 400, "methods": ["ae/kde", "ae/reconstruction", "ae/copy", "ae/held_out"]}
    found = planned(change).figures[f"metrics_over_{name}"].runs
    along = {s: [] for s in values(found, "sampler")}
    for run in found:
        if run.seed == 0:
            along[run.sampler].append(getattr(run, axis))
    every = {"epoch": [5, 15, 40], "size": [100, 400, 800]}[axis]
    assert along["kde"] == every
    assert along["copy"] == along["held_out"] == {"epoch": [40], "size": [400]}[axis]
    assert len(along["reconstruction"]) == {"epoch": 3, "size": 1}[axis]


def test_overrides_merge_mappings_and_replace_lists():
    change = {"seeds": [5], "training": {"latent": 3}, "samplers": {"kde": {"count": 7}}}
    study, usual = planned(change).studies["ebcae"], planned().studies["ebcae"]
    assert study["seeds"] == [5]
    assert study["training"] == usual["training"] | {"latent": 3}
    assert study["samplers"] == usual["samplers"] | {"kde": {"high": 4.0, "count": 7}}
    assert planned({"training": {"epochs": [2]}}).epochs("digits", "ebcae.vae") == [2]


def test_runs_are_scored_by_all_that_any_figure_asks_for():
    def prior(plan):
        return next(run for run in plan.figures["scores"].runs if run.sampler == "prior")

    asked = {"features": ["resnet34"], "metrics": ["copying"]}
    plan = planned(figure("scores", **asked))
    assert plan.spaces(prior(plan)) == ("classifier", "resnet34")  # the curves want the first
    assert plan.families(prior(plan)) == ("two_sample", "classes", "moments", "copying")
    curves = ("metrics_over_epochs", "metrics_over_sample_size")
    others = {name: {"methods": ["ae/copy", "ae/held_out"]} for name in curves}
    plan = planned({"figures": others | {"scores": asked}})
    assert plan.spaces(prior(plan)) == ("resnet34",)
    assert plan.families(prior(plan)) == ("copying",)


def test_entries_on_a_data_set_are_for_that_one():
    change = {"samplers": {"kde": {"on": {"mnist": {"count": 5}}}}}
    plan = planned(change, MNIST | {"on": ["digits", "mnist"]})
    found = [run for run in plan.figures["scores"].runs if run.sampler == "kde"]
    entries = {run.dataset: plan.sampler(run) for run in found}
    assert entries["digits"] == {"high": 4.0, "count": 79}
    assert entries["mnist"] == {"high": 4.0, "count": 5}


def test_another_study_can_be_shown_by_its_autoencoders(tmp_path):
    write_study(tmp_path, "ebcae")
    of_its_own = {"autoencoders": {"rae": {"objective": "ae"}}, "figures": {"none": CLAIMS}}
    write_study(tmp_path, "other", **of_its_own)
    methods = ["ae/gmm", "other.rae/gmm", "ae/held_out"]
    plan = planned(figure("sample_grid", methods=methods), folder=tmp_path)
    found = plan.figures["sample_grid"]
    assert list(dict.fromkeys(map(found.display, found.runs))) == ["ae", "other.rae"]
    assert "other.rae" in plan.autoencoders()
    assert "none" not in plan.figures


def test_two_figures_of_one_name_are_refused(tmp_path):
    write_study(tmp_path, "ebcae")
    write_study(tmp_path, "other", figures={"scores": CLAIMS})
    both = {"studies": ["ebcae", "other"]}
    with pytest.raises(ValueError, match="'scores' of study 'other', as is one of study 'ebcae'"):
        planned(None, both, tmp_path)
    with pytest.raises(ValueError, match="figure called 'other' of study 'ebcae', as is a study"):
        planned({"figures": {"other": CLAIMS}}, None, tmp_path)


def test_the_report_counts_what_is_shown():
    plan = planned({"figures": {"trade_off": {"seeds": [9]}}})
    assert summary.summary(plan, {"trade_off"})["seeds"] == [9]
    assert summary.summary(plan, set())["studies"] == []
    found = summary.summary(plan)
    assert found["seeds"] == [0, 1, 2, 9]
    assert found["sizes"] == [100, 400, 800]
    assert found["autoencoders"] == ["ae", "vae"]
    assert "kde" in found["samplers"]
    assert set(found["controls"]) == {"copy", "held_out", "reconstruction", "prior"}
    assert found["datasets"] == ["digits (read as digits, 32×32 pixels)"]
