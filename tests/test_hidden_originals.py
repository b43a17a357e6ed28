"""Figures without the images of the data set's own, for those who may not show them."""

import re
import shutil

import numpy as np
import pytest
import yaml
from conftest import snakemake
from expost.figures import ends, gallery, interpolation, nearest_neighbours, pictures
from PIL import Image

FIGURES = {  # the cells of each that are to be grey: rows, columns, inches
    "sample_grid": (1, 10, gallery.CELL),  # held-out images
    "targeted_sampling": (3, 10, gallery.CELL),  # held-out images for two targets and none
    "recombination": (3, 10, gallery.CELL),  # neighbours' originals of three copulas
    "nearest_neighbours": (4 + 2, 6, nearest_neighbours.CELL),  # of four methods; two show no other
    "gens_figure4": (1, 2 * ends.COLUMNS, ends.CELL),  # a row of each end, of one class
    "interpolation": (2 * 2, 2, interpolation.CELL),  # both ends of two pairs, two autoencoders
}
OTHERS = {
    *("gens_figure2", "gens_reconstructions", "gens_interpolations_of_images", "lmgae_figure4"),
    *("gens_interpolations", "gens_traversals"),  # of draws alone
}


@pytest.fixture(scope="module")
def hidden(smoke, tmp_path_factory):
    """The smoke run's figures again, without originals; and what Snakemake said."""
    project = shutil.copytree(smoke, tmp_path_factory.mktemp("hidden") / "project")
    (project / "hide.yaml").write_text(
        yaml.safe_dump({"datasets": {"digits": {"hide_originals": True}}})
    )
    overlays = ("--configfile", "tests/smoke.yaml", "hide.yaml")
    run = snakemake(project, *overlays, "--", "figures")
    assert run.returncode == 0, run.stdout
    return project, run.stdout


def test_nothing_but_these_figures_is_made_again(hidden):
    made = set(re.findall(r"^(?:local)?rule (\w+):", hidden[1], re.MULTILINE))
    assert made - {"figures"} == {"figure"}
    figures = set(re.findall(r"^    wildcards: figure=(\w+)", hidden[1], re.MULTILINE))
    alike = {f"rae_figure{i}" for i in range(3, 7)} | OTHERS  # of kinds seen below, or without any
    assert figures == FIGURES.keys() | alike


def test_the_report_says_so(smoke, hidden):
    words = " pixels, its own images shown in grey)"
    before, now = ((folder / "results/report.html").read_text() for folder in (smoke, hidden[0]))
    assert words in now
    assert words not in before


@pytest.mark.parametrize("stem", FIGURES)
def test_grey_is_where_originals_were_and_all_else_is_the_same(stem, smoke, hidden):
    before, now = (
        np.asarray(Image.open(folder / f"results/figures/{stem}/digits.png").convert("RGB"))
        for folder in (smoke, hidden[0])
    )
    rows, columns, inches = FIGURES[stem]
    side = 16 * pictures.dots(16, inches)
    changed = (before != now).any(axis=2)
    assert (now[changed] == 208).all()
    grey = (now == 208).all(axis=2).sum()  # a few elsewhere: edges of letters, lines of digits
    assert grey == pytest.approx(rows * columns * side**2, rel=0.03)
