"""Of the results of a real run: what a change of the code makes again, and what it does not."""

import json
import re
from contextlib import ExitStack
from operator import methodcaller

import pytest
from conftest import SMOKE, copy_project, copy_results, snakemake
from expost.provenance import integrity
from expost.samplers import SAMPLERS
from expost.study import code_identity
from planned import edited, planned, times

SCORES = "results/runs/digits/ebcae.ae/seed0/epoch2/gaussian/n100m40/scores.json"
FAMILIES = {"two_sample", "classes", "moments", "copying"}


@pytest.fixture(scope="module")
def copied(smoke, tmp_path_factory):
    """A copy of the smoke run with its results, whose code tests edit."""
    folder = copy_project(tmp_path_factory.mktemp("code") / "project")
    copy_results(smoke, folder)
    return folder


@pytest.fixture
def library(copied):
    return copied / "workflow/expost"


def test_words_and_formatting_make_nothing_again(copied, library):
    with (
        edited(library / "io/files.py", lambda text: text.replace('"""', '"""Now: ', 1)),
        edited(library / "training/loop.py", lambda text: f"# A comment.\n{text}\n\n"),
        edited(library / "study/runs.py", lambda text: re.sub(r'"""One[^"]*"""', '"""1."""', text)),
        edited(copied / "workflow/scripts/train.py", lambda text: f"{text}# A comment.\n"),
    ):
        assert planned(copied, SMOKE) == {}


def test_neither_does_the_order_of_imports_nor_the_name_of_a_file(copied, library):
    old, new = (library / f"samplers/numerics/{name}.py" for name in ("kernel_cdf", "smooth_cdf"))
    users = [path for path in library.rglob("*.py") if "kernel_cdf" in path.read_text()]
    assert users
    swap = ("import numpy as np\nimport torch\n", "import torch\nimport numpy as np\n")
    before = {path: path.read_text() for path in users}
    old.rename(new)
    try:
        for path in users:
            path.write_text(before[path].replace("kernel_cdf", "smooth_cdf"))
        with edited(library / "training/loop.py", lambda text: text.replace(*swap)):
            assert planned(copied, SMOKE) == {}
    finally:
        new.rename(old)
        for path, text in before.items():
            path.write_text(text)


def test_another_constant_fits_again_what_uses_it_and_nothing_else(copied, library):
    module = "samplers.numerics.kernel_cdf"
    script = copied / "workflow/scripts/fit_sampler.py"
    users = {
        name for name in SAMPLERS if module in code_identity.modules(script, f"samplers/{name}")
    }
    assert {"empirical_beta", "independent"} <= users
    path = library.joinpath(*module.split(".")).with_suffix(".py")
    with edited(path, lambda text: text.replace("KNOTS = 20 ", "KNOTS = 21 ")):
        plan = planned(copied, SMOKE)
    for rule in ("fit_sampler", "decode", "score"):
        fitted = {re.search(r"/([a-z_]+)[^/]*/n\d+m\d+/", output)[1] for output in plan[rule]}
        assert fitted == users, rule
    assert {re.search(r"size/([a-z_]+)/", output)[1] for output in plan["cost"]} == users & {
        "gaussian",
        "empirical_beta",
        "real_nvp",
    }
    untouched = {"dataset", "classifier", "train", "encode", "reference", "training_features"}
    assert not plan.keys() & untouched


def test_an_edited_sampler_is_fitted_again_and_nobody_else(copied, library):
    with edited(library / "samplers/gmm.py", lambda text: text + "\nEDITED = 1\n"):
        plan = planned(copied, SMOKE, "scores")
    assert {output.split("/")[6] for output in plan["fit_sampler"]} == {"gmm"}
    assert "train" not in plan


FIRST = {
    "samplers": '"gaussian": "Gaussian"',
    "objectives": '"ae"',
    "datasets": '"celeba"',
    "features": '"pixels"',
    "metrics": '"emd"',
}
TEXTS = {
    "metrics": 'from .base import Metric\n\nMETRIC = Metric(title="New", family="new")\n',
    "features": 'TITLE = "new"\n',
    "samplers": "from .gaussian import Gaussian\n\n\nclass New(Gaussian):\n    pass\n",
}
LINES = {"metrics": '"brand_new",', "samplers": '"brand_new": "New",'}


def test_a_new_line_in_any_registry_makes_nothing_again(copied, library):
    with ExitStack() as stack:
        for package, first in FIRST.items():
            module, path = (library / package / name for name in ("brand_new.py", "__init__.py"))
            module.write_text(TEXTS.get(package, "NEW = True\n"))
            stack.callback(module.unlink)
            line = LINES.get(package, '"brand_new": ("New", ()),')
            change = methodcaller("replace", first, f"{line}\n    {first}", 1)
            stack.enter_context(edited(path, change))
            assert path.read_text().count("brand_new") == 1
        assert planned(copied, SMOKE) == {}


def test_another_call_of_a_metric_scores_again_and_fits_nothing(copied, library):
    change = ('given=("nearest",)', 'given=("pairs",)')
    with edited(library / "metrics/authenticity.py", lambda text: text.replace(*change)):
        plan = planned(copied, SMOKE, "scores")
    assert plan.keys() == {"score", "collect", "table", "scores"}


def test_one_more_metric_of_a_family_leaves_the_scores_of_others_alone(copied, library):
    kept = (copied / SCORES).with_name("kept")
    assert {path.stem for path in kept.iterdir()} == FAMILIES
    about = (
        'METRIC = Metric(title="New", family="moments", given=("real_points", "generated_points"))'
    )
    function = 'def brand_new(real, generated):\n    """Two."""\n    return 2.0'
    module = library / "metrics/brand_new.py"
    text = f'"""New."""\n\nfrom .base import Metric\n\n{about}\n\n\n{function}\n'
    module.write_text(text)
    before = times(kept)
    try:
        with edited(
            library / "metrics/__init__.py",
            lambda text: text.replace('"emd"', '"brand_new", "emd"'),
        ):
            run = snakemake(copied, SMOKE, "--", SCORES)
    finally:
        module.unlink()
    assert run.returncode == 0, run.stdout
    after = times(kept)
    assert {path.stem for path in before if before[path] != after[path]} == {"moments"}
    rows = json.loads((copied / SCORES).read_text())["rows"]
    assert [row["value"] for row in rows if row["metric"] == "brand_new"] == [2.0] * 2
    assert integrity.differences(copied / "results")["changed"] == []  # what is kept is no result
