"""The SLURM profile on a real cluster of three pretended nodes: all of the smoke run on it."""

import re
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT, copy_project

PROFILE = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text())
# Jobs take seconds here, of which two starts of Snakemake take most: fits are grouped too.
GROUPS = PROFILE["groups"] | {"fit_sampler": "fits"}
SIZE = 8
CHANGES = {"groups": GROUPS, "group-components": dict.fromkeys(GROUPS.values(), SIZE)}
# A first look at them soon pays; and no file system is slow.
COMMAND = (
    *(sys.executable, "-m", "snakemake", "--profile", "profiles/changed", "--latency-wait", "5"),
    *("--slurm-init-seconds-before-status-checks", "4", "--configfile=tests/smoke.yaml"),
)
ON_GPU = {"train", "classifier", "reference", "training_features", "decode", "decode_groups"}


@pytest.fixture(scope="module")
def run(slurm, tmp_path_factory):
    """The smoke run through SLURM, ended: where it is."""
    folder = copy_project(tmp_path_factory.mktemp("slurm"))
    (folder / "profiles/changed").mkdir()
    (folder / "profiles/changed/config.yaml").write_text(yaml.safe_dump(PROFILE | CHANGES))
    with open(folder / "slurm.log", "w") as log:
        done = subprocess.run([*COMMAND, "all"], cwd=folder, env=slurm.env, stdout=log, stderr=log)
    assert done.returncode == 0, (folder / "slurm.log").read_text()
    return folder


def name_of(job):
    """The rule of a job, or its group with the rules of its members behind it."""
    return job["Comment"].removeprefix("rule_").partition("_wildcards_")[0]


def test_score_tables_are_the_bytes_of_a_local_run(run, smoke):
    for kind in ("scores/*.csv", "shares/*.csv", "tables/scores.md", "tables/recombination.md"):
        local = [path.relative_to(smoke) for path in smoke.glob(f"results/{kind}")]
        assert local, kind
        for path in local:
            assert (run / path).read_bytes() == (smoke / path).read_bytes(), path


def test_every_figure_and_table_was_made(run, smoke):
    def made(folder):
        paths = [*folder.glob("results/figures/*/*"), *folder.glob("results/tables/*")]
        return {path.relative_to(folder) for path in paths}

    assert made(run) == made(smoke)


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
    scored = len(list(run.glob("results/digits/**/scores.json")))
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
    target = "results/celeba/ae/seed0/epoch200/gaussian/n2000/scores.json"
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
