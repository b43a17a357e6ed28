"""What Snakemake plans to make: what is missing or changed, and nothing else."""

import re
from contextlib import contextmanager

import pytest
import yaml
from conftest import ROOT, snakemake

SMOKE = "--configfile=tests/smoke.yaml"


def test_a_second_run_does_nothing(smoke):
    run = snakemake(smoke, SMOKE, "all", "--dry-run")
    assert "Nothing to be done" in run.stdout, run.stdout


@contextmanager
def edited(path, change):
    """A file with other text for a while."""
    before = path.read_text()
    path.write_text(change(before))
    try:
        yield
    finally:
        path.write_text(before)


def test_editing_a_sampler_refits_it_and_nobody_else(smoke):
    with edited(smoke / "workflow/expost/samplers/vine.py", lambda text: text + "\nEDITED = 1\n"):
        plan = snakemake(smoke, SMOKE, "scores", "--dry-run", "--quiet", "host").stdout
    samplers = {
        line.partition("epoch2/")[2].split("/")[0]
        for line in plan.splitlines()
        if line.strip().startswith("output:") and "draws.npz" in line
    }
    assert samplers == {"vine"}
    assert "rule train:" not in plan


def test_one_more_variant_is_one_more_fit(smoke):
    variants = {
        "samplers": {"ebc_smooth": {"sampler": "empirical_beta", "degree": 16}},
        "experiments": {
            "trade_off": {
                "method": ["ae/copy", "ae/held_out", "ae/ebc_smooth"],
                "knobs": {"ae/gmm": {"n_components": [3]}},
            }
        },
    }
    (smoke / "variants.yaml").write_text(yaml.safe_dump(variants))
    overlays = ("--configfile", "tests/smoke.yaml", "variants.yaml")
    plan = snakemake(smoke, "--dry-run", "--quiet", "host", *overlays, "--", "trade_off")
    fits = [
        line
        for line in plan.stdout.splitlines()
        if line.strip().startswith("output:") and "draws.npz" in line
    ]
    assert len(fits) == 2, plan.stdout
    assert "/ebc_smooth/n100/" in "".join(fits)
    assert "/gmm-n_components-3/n100/" in "".join(fits)
    assert not re.search("rule (train|table_|figure_s)", plan.stdout)


def test_words_and_formatting_make_nothing_again(smoke):
    folder = smoke / "workflow"
    with (
        edited(folder / "expost/io/files.py", lambda text: text.replace('"""', '"""Now: ', 1)),
        edited(folder / "expost/training/loop.py", lambda text: f"# A comment.\n{text}\n\n"),
        edited(folder / "scripts/train.py", lambda text: f"{text}# A comment.\n"),
    ):
        plan = snakemake(smoke, SMOKE, "--dry-run").stdout
    assert "Nothing to be done" in plan, plan


@pytest.mark.parametrize(
    ("package", "first"),
    [
        ("samplers", '"gaussian"'),
        ("objectives", '"ae"'),
        ("datasets", '"celeba"'),
        ("features", '"pixels"'),
    ],
)
def test_a_new_line_in_a_registry_makes_nothing_again(smoke, package, first):
    (smoke / f"workflow/expost/{package}/brand_new.py").touch()
    path = smoke / f"workflow/expost/{package}/__init__.py"
    new = f'"brand_new": ("New", ()),\n    {first}:'
    try:
        with edited(path, lambda text: text.replace(f"{first}:", new, 1)):
            assert path.read_text().count("brand_new") == 1
            plan = snakemake(smoke, SMOKE, "--dry-run").stdout
    finally:
        (smoke / f"workflow/expost/{package}/brand_new.py").unlink()
    assert "Nothing to be done" in plan, plan


def test_another_call_of_a_metric_scores_again_and_fits_nothing(smoke):
    path = smoke / "workflow/expost/metrics/__init__.py"
    change = ('"authenticity": ("nearest",)', '"authenticity": ("pairs",)')
    with edited(path, lambda text: text.replace(*change)):
        plan = snakemake(smoke, SMOKE, "scores", "--dry-run").stdout
    assert "rule score:" in plan
    assert not re.search("rule (train|fit_sampler|decode):", plan)


def test_data_dir_is_no_reason_to_run_anything_again(smoke):
    (smoke / "mydata").mkdir(exist_ok=True)
    plan = snakemake(smoke, SMOKE, "--dry-run", "--config", "data_dir=mydata").stdout
    assert "Nothing to be done" in plan, plan


def test_the_shipped_config_and_presets_can_be_planned(tmp_path):
    for name in ("svhn", "celeba"):
        (tmp_path / f"{name}.npz").touch()  # a plan looks no further than whether it is there
    for overlay in (None, *sorted((ROOT / "workflow/presets").glob("*.yaml"))):
        chosen = () if overlay is None else ("--configfile", str(overlay))
        data_dir = ("--config", f"data_dir={tmp_path}")
        if overlay is not None and overlay.stem == "paper":  # which is for clusters
            chosen += ("--profile", "profiles/slurm")
        run = snakemake(ROOT, "--dry-run", "--forceall", *chosen, *data_dir)
        assert run.returncode == 0, run.stdout
