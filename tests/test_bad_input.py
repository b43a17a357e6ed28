"""Bad input, through the workflow: a clear message, early, and nothing half-written."""

import shutil

import numpy as np
import pytest
import yaml
from conftest import SMOKE, copy_results, snakemake
from PIL import Image

AE = "results/runs/digits/ebcae.ae/seed0"


def overlay(project, **changes):
    path = project / "overlay.yaml"
    path.write_text(yaml.safe_dump(changes))
    return ("--configfile=overlay.yaml",)


def refused(run, *words):
    """The run failed, and said each of the words."""
    assert run.returncode != 0, run.stdout
    for word in words:
        assert word in run.stdout, run.stdout


def nothing_in(folder):
    """No file in or below a folder; logs and Snakemake's own are elsewhere."""
    return not folder.exists() or not [p for p in folder.rglob("*") if p.is_file()]


def study(**changes):
    return {"overrides": {"ebcae": changes}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sedes": [0]}, ["'sedes' was unexpected"]),
        ({"overrides": {"ebcea": {}}}, ["unknown study 'ebcea' in `overrides`", "ebcae"]),
        ({"on": ["digist"]}, ["unknown data set 'digist' in `on` of the config", "digits"]),
        ({"datasets": {"digits": {"siez": 32}}}, ["'siez' was unexpected"]),
        (study(sedes=[0]), ["study 'ebcae'", "'sedes' was unexpected"]),
        (study(training={"lr": 1}), ["'lr' was unexpected"]),
        (study(samplers={"kde": {"bandwith": 1}}), ["'bandwith'", "bandwidth"]),
        (
            study(figures={"scores": {"methods": ["ae/gausian"]}}),
            ["unknown sampler 'gausian'", "figure 'scores' of study 'ebcae'", "gaussian"],
        ),
        (study(size=998), ["got size 998", "997 training images"]),
        ({"data_dir": "no/such/folder"}, ["data_dir 'no/such/folder'", "no folder"]),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[0].replace("/", ""),
)
def test_a_wrong_config_is_refused_before_anything_runs(project, changes, words):
    run = snakemake(project, *overlay(project, **changes), "all")
    refused(run, *words)
    assert len(run.stdout.splitlines()) < 50  # none of the schema, which would fill the screen
    assert nothing_in(project / "results/data")


def test_a_list_on_the_command_line_is_refused_with_what_to_do(project):
    value = "overrides={ebcae: {seeds: [5]}}"
    run = snakemake(project, "--dry-run", "--config", value)
    refused(run, "'5' is not of type 'integer'", "['seeds'][0]", "a file for --configfile")


def with_codes(smoke, project, change):
    """A copy of the smoke run whose codes of one checkpoint were changed; their fits are stale."""
    copy_results(smoke, project)
    (project / "results/provenance.json").unlink()  # or the change would be refused as damage
    folder = project / AE / "epoch2"
    with np.load(folder / "codes.npz", allow_pickle=False) as archive:
        codes = dict(archive)
    change(codes["train"])
    np.savez(folder / "codes.npz", **codes)
    shutil.rmtree(folder / "gaussian")
    return folder / "gaussian"


def broken_nan(codes):
    codes[:, 1] = np.nan


def broken_constant(codes):
    codes[:, 2] = 1.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (broken_nan, ["100 of 400 code values are not finite, in columns 1"]),
        (broken_constant, ["1 of 4 columns of the codes are constant (2)", "smaller latent size"]),
    ],
)
def test_broken_codes_are_refused(smoke, project, change, words):
    out = with_codes(smoke, project, change)
    target = f"{AE}/epoch2/gaussian/n100m40/draws.npz"
    run = snakemake(project, SMOKE, "--allowed-rules", "fit_sampler", "--", target)
    refused(run, *words)
    assert not [p for p in out.rglob("*") if p.name in ("draws.npz", "timing.json")]


def dataset(project, name="mine", **entry):
    options = overlay(project, datasets={name: entry})
    return snakemake(project, *options, "--", f"results/data/{name}.npz")


def archive(path, images=None, labels=None):
    images = np.zeros((20, 1, 32, 32), np.uint8) if images is None else images
    labels = np.arange(len(images)) % 2 if labels is None else labels
    np.savez(path, images_train=images, images_test=images, labels_train=labels, labels_test=labels)


def test_a_truncated_archive_is_named(project):
    archive(project / "mine.npz")
    (project / "mine.npz").write_bytes((project / "mine.npz").read_bytes()[:-2000])
    refused(dataset(project, kind="npz", path="mine.npz"), "mine.npz is truncated", "again")
    assert nothing_in(project / "results/data")


def test_images_of_a_wrong_shape_are_refused(project):
    archive(project / "mine.npz", images=np.zeros((20, 32, 32, 3), np.uint8))
    refused(
        dataset(project, kind="npz", path="mine.npz"), "(20, 32, 32, 3)", "transpose(0, 3, 1, 2)"
    )
    assert nothing_in(project / "results/data")


def test_images_that_the_networks_cannot_halve_are_refused(project):
    images = np.random.default_rng(0).integers(0, 255, (20, 1, 28, 28), np.uint8)
    archive(project / "mine.npz", images=images)
    options = overlay(
        project,
        on=["mine"],
        datasets={"mine": {"kind": "npz", "path": "mine.npz"}},
        **study(draws=10, size=20, sizes=[20]),
    )
    target = "results/runs/mine/ebcae.ae/seed0/epoch5.safetensors"
    refused(snakemake(project, *options, "--", target), "28x28", "multiples of 8", "`size`")
    assert nothing_in(project / "results/runs/mine")


def test_more_codes_than_an_archive_has_are_refused(project):
    rng = np.random.default_rng(0)
    archive(project / "mine.npz", images=rng.integers(0, 255, (30, 1, 16, 16), np.uint8))
    options = overlay(
        project,
        studies=["ebcae"],
        on=["mine"],
        datasets={"mine": {"kind": "npz", "path": "mine.npz"}},
        **study(draws=10, size=31, training={"latent": 2, "epochs": [1]}),
    )
    target = "results/runs/mine/ebcae.ae/seed0/epoch1/gaussian/n31m10/draws.npz"
    words = "got size 31", "mine has 30 training images", "or fewer"
    refused(snakemake(project, *options, "--", target), *words)
    assert nothing_in(project / "results/data")


def test_a_class_with_no_images_is_named(project):
    for split in ("train", "test"):
        for kind in ("cat", "dog"):
            (project / "pets" / split / kind).mkdir(parents=True)
        Image.new("L", (32, 32), 100).save(project / "pets" / split / "cat/1.png")
    refused(dataset(project, kind="folder", path="pets"), "dog")
    assert nothing_in(project / "results/data")


def test_a_missing_archive_says_where_to_put_it(project):
    run = dataset(project, kind="npz", path="nowhere.npz")
    refused(run, f"there is no nowhere.npz, looked for in {project.resolve()};", "data_dir")
    assert nothing_in(project / "results/data")


def test_what_a_figure_is_drawn_for_is_looked_for_before_anything_is_planned(project):
    config = {"on": ["mine"], "datasets": {"mine": {"kind": "folder", "path": "gone", "size": 32}}}
    (project / "mine.yaml").write_text(yaml.safe_dump(config))
    run = snakemake(project, "-n", "--configfile=mine.yaml", "tsne")
    refused(run, "data set mine: there is no gone, looked for in")
    assert "Wildcards" not in run.stdout  # that of a job


def test_a_home_folder_must_be_written_out(project):
    run = dataset(project, kind="folder", path="~/pictures")
    refused(run, "there is no ~/pictures (~ is read as a name: write the folder")


def test_a_results_folder_that_cannot_be_written_is_named(project):
    shutil.rmtree(project / "results", ignore_errors=True)
    (project / "results").symlink_to("/proc/self")  # which refuses even root
    refused(snakemake(project, "all"), "cannot write to results", "make it writable")
    assert nothing_in(project / "logs")
