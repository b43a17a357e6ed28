"""What the README and the other pages say can be followed."""

import re

import pytest
import yaml
from conftest import ROOT
from expost import Sampler, samplers

PLACES = ("*.md", "[a-z]*/README.md", "workflow/**/README.md", "results/reference/**/*.md")
STUDIES = {
    path.parent.name: yaml.safe_load(path.read_text())["figures"].keys()
    for path in sorted(ROOT.glob("workflow/studies/*/study.yaml"))
}
PAGES = sorted({path for place in PLACES for path in ROOT.glob(place)})
WRITTEN = [path for path in PAGES if path.stem.isupper()]  # tables of results are made


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_exist(page):
    for link in re.findall(r"(?:\]\(|src=\")([^)#\"]+)[)\"]", page.read_text()):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("picture", sorted(ROOT.glob("results/reference/**/*.png")), ids=str)
def test_pictures_are_small(picture):
    assert picture.stat().st_size < 300_000


def test_every_target_of_the_readme_is_one():
    targets = re.findall(r"snakemake --cores 8 (\w+)", (ROOT / "README.md").read_text())
    assert set(targets) <= {"all", *STUDIES, *(name for of in STUDIES.values() for name in of)}
    assert len(targets) >= 3


@pytest.mark.parametrize("study", STUDIES)
def test_the_page_of_a_study_has_every_figure_of_it(study):
    page = (ROOT / f"workflow/studies/{study}/README.md").read_text()
    cells = [row.split("|")[2] for row in page.splitlines() if row.count("|") == 4]
    assert set(re.findall(r"`(\w+)`", "".join(cells))) == STUDIES[study]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_of_prose_are_short(page):
    """Rows of tables, pictures and links cannot be broken."""
    prose = [line for line in page.read_text().splitlines() if not re.match(r"[|!\[]", line)]
    assert not [line for line in prose if len(line) > 120]


@pytest.mark.parametrize(
    ("what", "can"),
    [
        ("do so", lambda one: one._sample_near is not Sampler._sample_near),
        ("be mixed", lambda one: one.recombines()),
    ],
)
def test_samplers_that_can_do_something_are_named(what, can):
    text = (ROOT / "README.md").read_text()
    (named,) = re.findall(rf"; ([^;]+) can {what}", text)
    classes = {name: type(samplers.build(name)) for name in samplers.names()}
    assert set(re.findall(r"`(\w+)`", named)) == {n for n, one in classes.items() if can(one)}


def commands():
    """Every `snakemake` command of the pages and of the presets' first lines."""
    presets = sorted(ROOT.glob("workflow/presets/*.yaml"))
    for path in (*WRITTEN, *presets):
        text = path.read_text().replace("\\\n", " ").replace("\\\n#", " ")
        for command in re.findall(r"^[#\s]*(snakemake --?\w[^`#\n]*)", text, re.MULTILINE):
            yield path.name, command.split()


def test_targets_of_commands_are_not_taken_for_values():
    """After `--configfile` and `--config` all words are, up to the next option."""
    found = list(commands())
    assert len(found) >= 6
    for page, words in found:
        for option, value in (("--configfile", ".yaml"), ("--config", "=")):
            after = words[words.index(option) + 1 :] if option in words else []
            for word in after:
                if word.startswith("--"):
                    break
                assert value in word, (page, words)
