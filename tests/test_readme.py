"""What the README and the other pages say can be followed."""

import re

import pytest
from conftest import ROOT, STUDY

PLACES = ("*.md", "[a-z]*/README.md", "workflow/*/README.md", "results/reference/**/*.md")
PAGES = sorted({path for place in PLACES for path in ROOT.glob(place)})


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_exist(page):
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("picture", sorted(ROOT.glob("results/reference/**/*.png")), ids=str)
def test_pictures_are_small(picture):
    assert picture.stat().st_size < 300_000


def test_every_target_of_the_readme_is_a_figure_of_the_study():
    targets = re.findall(r"`snakemake --cores [18] (\w+)`", (ROOT / "README.md").read_text())
    assert len(targets) >= 10
    assert set(targets) <= STUDY["figures"].keys()
