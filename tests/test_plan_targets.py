"""A command is refused for what its own targets lack, all at once; a misspelt name always is."""

import copy

import pytest
import yaml
from conftest import snakemake
from expost import kinds
from expost.runtime import device
from expost.study import overlays, summary, targets
from expost.study.plan import Plan
from planning import CONFIG, STUDIES, figure, planned, validate


def refused(overrides, wanted):
    """What a plan of these targets says, or nothing."""
    whole = overlays.merged(copy.deepcopy(CONFIG), {"overrides": {"ebcae": overrides}})
    try:
        Plan(whole, kinds.every(), STUDIES, validate, wanted)
    except ValueError as error:
        return str(error)
    return ""


EPOCHS = {"figures": {name: {"epochs": [2]} for name in ("scores", "trade_off", "tsne")}}


RUN = "results/runs/digits/ebcae.ae/seed0/epoch40/gaussian/n700m400/images.npy"


@pytest.mark.parametrize(
    "wanted",
    [
        *(["sample_grid"], ["results/figures/vine_trees/digits.png"], []),
        *(["results/data/digits.npz"], [RUN]),
    ],
)
def test_a_target_that_lacks_nothing_is_planned(wanted):
    assert refused(EPOCHS, wanted) == ""
    assert refused(figure("scores", sizes=[998]), wanted) == ""
    assert refused(figure("tsne", seeds="all", epochs="all"), wanted) == ""
    assert refused(figure("cost_over_sample_size", grid=COSTS), wanted) == ""


COSTS = [{"sampler": ["gmm"], "dimension": [2], "size": [5]}]


@pytest.mark.parametrize(
    ("wanted", "figures"),
    [
        (["scores"], "figure 'scores' of study"),
        (["sample_grid", "tsne"], "figure 'tsne' of study"),
        (["results/tables/scores.md"], "figure 'scores' of study"),
        (["results/scores/scores.csv"], "figure 'scores' of study"),
        (["ebcae"], "figures 'scores', 'tsne', 'trade_off' of study"),
        (["all"], "figures 'scores', 'tsne', 'trade_off' of study"),
        (["figures"], "figures 'scores', 'tsne', 'trade_off' of study"),
    ],
)
def test_all_that_lacks_is_said_at_once_with_what_to_write(wanted, figures):
    said = refused(EPOCHS, wanted).splitlines()
    assert said[0] == (
        f"got unknown epoch 2 in {figures} 'ebcae', autoencoder ebcae.ae; wanted one of 5, 15, 40"
    )
    assert said[-1].startswith(
        "Write `overrides: {ebcae: {training: {epochs: [2, 5, 15, 40]}}}` into the config"
    )
    assert len(said) <= 3


def test_what_a_table_is_about_is_asked_for_with_it():
    lacking = figure("computing_times", sizes=[998])
    assert "'computing_times'" in refused(lacking, ["published_table1"])
    assert "'computing_times'" in refused(lacking, ["claims"])
    assert refused(lacking, ["published_figure3"]) == ""


@pytest.mark.parametrize("wanted", [["sample_grid"], []])
@pytest.mark.parametrize(
    ("overrides", "word"),
    [
        (figure("scores", kind="score"), "'score'"),
        (figure("scores", methods=["ae/gausian", "ae/copy", "ae/held_out"]), "'gausian'"),
        (figure("scores", features=["incepton"]), "'incepton'"),
        (figure("tsne", point=3), "point"),
        (figure("published_table1", compared_with="tsne"), "'tsne'"),
        ({"training": {"latent": 0}}, "0 is less"),
        ({"samplers": {"kde": {"bandwith": 1}}}, "'bandwith'"),
        (figure("cost_over_sample_size", grid=[COSTS[0] | {"sampler": ["gnn"]}]), "'gnn'"),
    ],
)
def test_a_mistake_in_any_figure_is_refused(overrides, word, wanted):
    assert word in refused(overrides, wanted)


def test_epochs_that_a_training_keeps_are_fine():
    assert refused(EPOCHS | {"training": {"epochs": [2, 5]}}, ["all"]) == ""


def test_figures_are_found_by_target():
    plan = planned()
    assert [figure.name for figure in targets.asked(plan, ["tsne"])] == ["tsne"]
    assert len(targets.asked(plan, ["ebcae"])) == len(plan.figures)
    assert targets.asked(plan, []) == []


def test_a_data_set_that_no_figure_shows_is_told():
    extra = {"datasets": {"extra": {"kind": "mnist"}}}
    assert summary.unused(planned(), CONFIG) == []
    assert summary.unused(planned(None, extra), CONFIG) == ["extra"]
    # Who has others drawn in place of the usual ones has not forgotten these.
    assert summary.unused(planned(None, extra | {"on": ["extra"]}), CONFIG) == []
    assert summary.unused(planned(figure("scores", on=["extra"]), extra), CONFIG) == []


@pytest.mark.parametrize("gpus", [0, 1])
def test_cuda_is_refused_where_there_is_none(gpus, monkeypatch):
    monkeypatch.setattr(device, "_has_gpu", lambda: gpus)
    device.check("cpu", "float32")
    device.check("auto", "float32")
    if gpus:
        device.check("cuda", "float32")
    else:
        with pytest.raises(ValueError, match="device is 'cuda' but this machine has no CUDA"):
            device.check("cuda", "float32")


@pytest.mark.parametrize(
    ("flags", "gpus", "fine"),
    [
        ("flags : avx512_bf16", 0, True),
        ("flags : avx2", 0, False),
        ("flags : avx2", 1, True),
        ("", 0, True),  # no Linux: the jobs tell
    ],
)
def test_bfloat16_is_refused_without_instructions(flags, gpus, fine, monkeypatch):
    monkeypatch.setattr(device, "_has_gpu", lambda: gpus)
    monkeypatch.setattr(device, "_features_of_processor", lambda: flags)
    if fine:
        device.check("auto", "bfloat16")
    else:
        with pytest.raises(ValueError, match="precision is 'bfloat16' but this machine's"):
            device.check("auto", "bfloat16")


def test_snakemake_refuses_for_its_targets_alone(project):
    """What it is asked for, it tells a workflow after the rules are read."""
    (project / "mine.yaml").write_text(yaml.safe_dump({"overrides": {"ebcae": EPOCHS}}))
    command = ("--dry-run", "--quiet", "all", "--configfile=mine.yaml")
    assert snakemake(project, *command, "sample_grid").returncode == 0
    run = snakemake(project, *command, "scores")
    assert run.returncode == 1
    assert "got unknown epoch 2 in figure 'scores' of study 'ebcae'" in run.stdout
    assert len(run.stdout.splitlines()) < 10


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("smaple_grid", r"'smaple_grid'; wanted one of .* \(did you mean 'sample_grid'\?\)"),
        ("xyz", "unknown target 'xyz'; wanted one of those that .* or a file in results/$"),
        ("scores.md", r"'scores.md'; .* or a file in results/ \(did you mean 'scores'\?\)"),
    ],
)
def test_a_target_that_nobody_knows_is_told_with_a_likely_one(word, said):
    with pytest.raises(ValueError, match=said):
        targets.check_names(["all", word], ["all", "sample_grid", "scores"])


def test_rules_and_files_are_targets():
    targets.check_names(["all", "results/nothing.npz", "."], ["all"])


def test_snakemake_says_what_a_misspelt_target_may_have_meant(project):
    run = snakemake(project, "--dry-run", "smaple_grid")
    assert run.returncode == 1
    assert "got unknown target 'smaple_grid'; wanted" in run.stdout
    assert "(did you mean 'sample_grid'?)" in run.stdout


def test_devices_of_a_cluster_are_its_own(project):
    """A login node has no GPU; where jobs run here, one that is asked for must be there."""
    command = ("--dry-run", "--quiet", "all", "--config", "device=cuda", "--")
    there = snakemake(project, "--profile", "profiles/slurm", *command, "sample_grid")
    assert there.returncode == 0, there.stdout
    if not device._has_gpu():
        here = snakemake(project, *command, "sample_grid")
        assert here.returncode == 1
        assert "device is 'cuda' but this machine has no CUDA device" in here.stdout


def test_a_file_of_a_run_that_wants_too_many_images_is_refused():
    run = "results/runs/digits/ebcae.ae/seed0/epoch40"
    assert "got size 998 in " in refused({}, [f"{run}/gaussian/n998m400/images.npy"])
    assert "got draws 401 in " in refused({}, [f"{run}/held_out/n800m401/scores.json"])
    assert refused({}, [f"{run}/gaussian/n997m401/scores.json"]) == ""
