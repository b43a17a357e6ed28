"""Copies of the project to run Snakemake in, and one smoke run that several tests look at."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
import yaml
from browser import Browser
from browser import missing as missing_of_browser
from expost.runtime import threads
from slurm_cluster import SlurmCluster, missing

ROOT = Path(__file__).parents[1]
SMOKE = "--configfile=tests/smoke.yaml"
STUDY = yaml.safe_load((ROOT / "workflow/studies/ebcae/study.yaml").read_text())
LONGEST = [
    *("test_slurm", "test_slurm_faults", "test_same_bytes", "test_faults", "test_samplers"),
    *("test_plans", "test_two_studies", "test_what_runs_again", "test_subsets", "test_bad_input"),
    *("test_report_subsets", "test_downloads", "test_threads", "test_training"),
    *("test_contributing", "test_own_data", "test_compare_study", "test_notebooks"),
    *("test_train_together",),
]
# Of the library: what computes, in floating-point numbers.
COMPUTING = "samplers|metrics|features|networks|objectives|training|stats|analyses"
# Not again with another processor's instructions: bytes that are equal on any, pictures, what
# starts Python anew, a number format that old ones have no instructions for, and long trainings of
# networks that others train as well.
ONCE = (
    *("test_resume", "test_resume_objectives"),
    *("test_trade_off", "test_curves", "test_plots"),
    *("test_sampler_registry", "test_light_jobs", "test_eager"),
    *("test_bfloat16_moves_features_a_little", "test_spaces_of_another_precision_say_so"),
    "test_the_usual_steps_are_enough_for_480_images_of_six_classes",
    "test_attributes_are_learned_and_told_as_probabilities",
    "test_scores_of_attribute_features_are_those_without_classes",
    "test_early_stopping_does_not_overfit",
)
# As in jobs, and before anything is loaded: threads that spin take the cores from other processes.
threads.wait_asleep()
# Their fixtures, and what a failed assert compared.
pytest_plugins = ["downloading", "fuzzing", "hostile"]
# A shell has its background ignore it, which all that tests start would inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)


def copy_project(folder: Path) -> Path:
    """The files that git tracks, or would, in a new folder: a fresh clone, edits included."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)  # newer than results, it would be no good
    return folder


def snakemake(folder: Path, *arguments: str, cores: int = 2) -> subprocess.CompletedProcess:
    """Run Snakemake in a copy of the project; its output is in `stdout`, errors included."""
    return subprocess.run(
        [sys.executable, "-m", "snakemake", "--cores", str(cores), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def is_numerical(item) -> bool:
    """Whether a test's file imports what computes, and neither starts Snakemake nor does damage."""
    if "smoke" in item.fixturenames:  # which is a run of everything
        return False
    if item.path.stem in ONCE or item.originalname in ONCE:
        return False
    if item.path.stem.startswith(("test_fuzz", "test_hostile")) or "snakemake" in vars(item.module):
        return False
    names = (getattr(x, "__module__", None) or x.__name__ for x in imported(item.module))
    return any(re.match(rf"expost\.({COMPUTING})\b", name) for name in names)


def imported(module):
    """The modules, classes and functions that a module knows by name."""
    return [x for x in vars(module).values() if isinstance(x, (ModuleType, type, FunctionType))]


def pytest_collection_modifyitems(items):
    """Mark numerical tests. Put long files first, so that at the end no process waits."""

    def place(item):
        return LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)

    items.sort(key=place)
    for item in items:
        if is_numerical(item):
            item.add_marker("numerical")


@pytest.fixture(scope="session")
def smoke(tmp_path_factory, worker_id):
    """A copy of the project in which every figure has been run, small, once for all tests.

    The first of pytest's processes that needs it makes it; tests leave its results as they are.
    """
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":  # every process has a folder of its own in that of all
        shared = shared.parent
    folder, made = shared / "smoke", shared / "smoke.made"
    with open(shared / "smoke.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            run = snakemake(copy_project(folder), SMOKE, "all")
            assert run.returncode == 0, run.stdout
            made.touch()
    return folder


@pytest.fixture
def project(tmp_path):
    """A fresh copy of the project."""
    return copy_project(tmp_path / "project")


def copy_results(smoke: Path, project: Path) -> None:
    """What the smoke run made, and what Snakemake knows of it, in a fresh copy of the project."""
    shutil.copytree(smoke / "results", project / "results", dirs_exist_ok=True)
    shutil.copytree(smoke / ".snakemake/metadata", project / ".snakemake/metadata")


def want(lacking: list[str], packages: str, required: str) -> None:
    """Skip what cannot be tested here, or fail where a variable says that it must be."""
    if lacking:
        reason = f"no {', '.join(lacking)} here: install {packages}"
        (pytest.fail if os.environ.get(required) else pytest.skip)(reason)


@pytest.fixture(scope="module")
def browser():
    """A window for a module; without Chromium its tests skip, or fail where it must be."""
    want(missing_of_browser(), "chromium and chromium-driver", "EXPOST_REQUIRE_BROWSER")
    with Browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def slurm():
    """A cluster of its own for a module; without SLURM its tests skip, or fail where it must be."""
    want(missing(), "slurm-wlm and munge", "EXPOST_REQUIRE_SLURM")
    # pytest's own folders may be too deep for the name of a socket.
    with tempfile.TemporaryDirectory(prefix="slurm-") as root, SlurmCluster(Path(root)) as cluster:
        yield cluster
