"""The SLURM profile on a real cluster of three pretended nodes: some of the smoke run on it.

Of each rule that a cluster treats in a way of its own there is a job: on a GPU, in a group, or
after another of the same training.
"""

import re
import subprocess
import sys

import pandas as pd
import pytest
import yaml
from conftest import ROOT, copy_project
from planned import overlay

PROFILE = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text())
# Jobs take seconds here, of which two starts of Snakemake take most: fits are grouped too.
GROUPS = PROFILE["groups"] | {"fit_sampler": "fits"}
SIZE = 3
CHANGES = {"groups": GROUPS, "group-components": dict.fromkeys(GROUPS.values(), SIZE)}
# A first look at them soon pays; and no file system is slow.
COMMAND = (
    *(sys.executable, "-m", "snakemake", "--profile", "profiles/changed", "--latency-wait", "5"),
    *("--slurm-init-seconds-before-status-checks", "4"),
)
TARGETS = (
    *("scores", "sample_grid", "targeted_sampling", "nearest_neighbours"),
    "cost_over_sample_size",
)
FEW = {
    "scores": {"methods": ["ae/gaussian", "ae/copy", "ae/held_out"]},
    "sample_grid": {"methods": ["ae/gaussian", "ae/held_out"]},
    "targeted_sampling": {"methods": ["ae/empirical_beta"]},
    "nearest_neighbours": {"methods": ["ae/gaussian"]},
    "cost_over_sample_size": {
        "grid": [{"sampler": ["gaussian"], "dimension": [2], "size": [20, 40]}]
    },
}
ON_GPU = {"train", "classifier", "reference", "training_features", "decode", "decode_groups"}


def prepare(folder):
    """A copy of the project with the profile and the small study; the arguments for both."""
    copy_project(folder)
    (folder / "profiles/changed").mkdir()
    (folder / "profiles/changed/config.yaml").write_text(yaml.safe_dump(PROFILE | CHANGES))
    study = {"seeds": [0], "figures": FEW}
    return [*COMMAND, *overlay(folder, overrides={"ebcae": study}), *TARGETS]


@pytest.fixture(scope="module")
def run(slurm, tmp_path_factory):
    """The small study through SLURM, ended: where it is."""
    folder = tmp_path_factory.mktemp("slurm")
    command = prepare(folder)
    with open(folder / "slurm.log", "w") as log:
        done = subprocess.run(command, cwd=folder, env=slurm.env, stdout=log, stderr=log)
    assert done.returncode == 0, (folder / "slurm.log").read_text()
    return folder


def test_the_small_study_has_a_job_of_every_rule_that_clusters_treat_apart(tmp_path):
    """Or the run above would show little; planned on this machine, where nothing is submitted."""
    command = prepare(tmp_path / "project")
    plan = subprocess.run(
        [*command[:3], "--cores", "1", "--dry-run", *command[-len(TARGETS) - 4 :]],
        cwd=tmp_path / "project",
        capture_output=True,
        text=True,
    )
    assert plan.returncode == 0, plan.stderr + plan.stdout
    rules = re.findall(r"^rule (\w+):", plan.stdout + plan.stderr, re.MULTILINE)
    assert set(rules) >= (GROUPS.keys() | ON_GPU)
    assert rules.count("train") == 2
    assert len(rules) < 40


def name_of(job):
    """The rule of a job, or its group with the rules of its members behind it."""
    return job["Comment"].removeprefix("rule_").partition("_wildcards_")[0]


def test_results_are_the_bytes_of_a_local_run(run, smoke):
    kinds = ("*.safetensors", "**/codes.npz", "**/draws.npz", "**/images.npy", "**/features.npz")
    for kind in kinds:
        made = [path.relative_to(run) for path in run.glob(f"results/runs/*/*/seed0/{kind}")]
        assert made, kind
        for path in made:
            assert (run / path).read_bytes() == (smoke / path).read_bytes(), path


def test_scores_are_those_of_a_local_run(run, smoke):
    ours, all_of_them = (pd.read_csv(f / "results/scores/scores.csv") for f in (run, smoke))
    assert set(ours["sampler"]) == {"gaussian", "copy", "held_out"}
    same = ours.merge(all_of_them)  # on every column, values included
    assert len(same) == len(ours) > 100


def test_every_figure_and_table_was_made(run):
    figures = {path.parent.name for path in run.glob("results/figures/*/*.png")}
    assert figures == set(TARGETS) - {"scores"}
    tables = {path.stem for path in run.glob("results/tables/*.md")}
    assert tables == {"scores", "targeted_sampling"}


def test_the_second_job_of_a_training_goes_on_from_the_first(run):
    log = (run / "logs/train/digits/ebcae.ae/seed0/epoch2.log").read_text()
    assert "going on after epoch 1" in log


def test_networks_get_a_gpu_and_nothing_else_does(run, slurm):
    for job in slurm.jobs():
        on_gpu = name_of(job) in ON_GPU or name_of(job).startswith("decoding_")
        place = (job["Partition"], job["NodeList"][:3], job.get("TresPerJob"))
        assert place == (("gpu", "gpu", "gres:gpu:1") if on_gpu else ("cpu", "cpu", None)), job


def test_groups_ask_for_the_time_of_all_and_the_memory_of_one(run, slurm):
    asked = {}
    for job in slurm.jobs():
        group = name_of(job).partition("_")[0]
        if group in GROUPS.values():
            what = job["TimeLimit"], job["MinMemoryNode"], job["NumCPUs"]
            asked.setdefault(group, []).append(what)
    assert asked.keys() == set(GROUPS.values())
    hours = f"0{SIZE}:00:00"  # of a full group, of which each asks for one
    assert max(asked["decoding"]) == (hours, "8000M", "1")
    assert max(asked["scores"]) == (hours, "4000M", "1")
    scored = len(list(run.glob("results/runs/**/scores.json")))
    assert len(asked["scores"]) == -(-scored // SIZE)


def test_what_stands_in_the_profile_is_there():
    """Rules are named in it, and Snakemake ignores those that do not exist."""
    listing = [sys.executable, "-m", "snakemake", "--list-rules"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    rules = set(done.stdout.split())
    assert PROFILE["set-resources"].keys() == ON_GPU
    assert rules >= PROFILE["groups"].keys() | ON_GPU
    assert set(PROFILE["groups"].values()) == PROFILE["group-components"].keys()


def test_no_rule_is_tried_again_within_one_allocation():
    """As `retries` in a rule would; those of the profile ask for a new one, a larger one."""
    for path in (ROOT / "Snakefile", *ROOT.glob("workflow/rules/*.smk")):
        assert not re.search(r"^\s*retries\b", path.read_text(), re.MULTILINE), path


def test_the_papers_preset_plans_with_memory_for_its_images(project):
    """The largest data set's; 2.2 GB of images, which some jobs copy."""
    faces = project / "data/celeba"
    faces.mkdir(parents=True)
    for name in ("img_align_celeba.zip", "list_attr_celeba.txt", "list_eval_partition.txt"):
        (faces / name).touch()
    target = "results/runs/celeba/ebcae.ae/seed0/epoch200/gaussian/n2000m2000/scores.json"
    profile = ("--profile", "profiles/slurm", "--configfile", "workflow/presets/paper.yaml")
    command = [sys.executable, "-m", "snakemake", *profile, "--config", "data_dir=data"]
    plan = subprocess.run(
        [*command, "-n", "--", target], cwd=project, capture_output=True, text=True
    )
    assert plan.returncode == 0, plan.stderr + plan.stdout
    asked = dict(
        re.findall(
            r"^rule (\w+):\n(?:    .*\n)*?    resources: .*mem_mb=(\d+)", plan.stdout, re.MULTILINE
        )
    )
    assert asked["train"] == "8000", plan.stdout
    images = re.findall(
        r"^rule (\w+):\n    input: results/data/celeba.npz", plan.stdout, re.MULTILINE
    )
    assert {"train", "encode", "reference"} <= {*images}
    assert {asked[rule] for rule in images} == {"8000"}
