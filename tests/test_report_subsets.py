"""The report of any part of the results, in a browser: every category and result opens."""

import shutil

import pytest
from conftest import copy_project, copy_results, snakemake
from planned import overlay
from report_reader import Reader

TITLE = "</script><script>document.title = 'obeyed'</script> \"`a`_ & <b>$x$."
METHODS = ["ae/gaussian", "ae/held_out"]
CHANGES = {
    "datasets": {"other": {"kind": "digits", "size": 16, "test": 800}},
    "overrides": {
        "ebcae": {
            "figures": {
                "sample_grid": {"on": ["digits", "other"], "methods": METHODS},
                "nearest_neighbours": {"on": ["other"], "methods": METHODS},
                "trade_off": {"title": TITLE},
            }
        }
    },
}
SUBSETS = {  # targets, and how many results they have
    "one figure of two data sets": (["sample_grid"], 2),
    "one question, other data sets": (["tsne", "nearest_neighbours"], 2),
    "one question, one data set": (["tsne", "trade_off"], 2),
    "a table and a figure": (["scores", "metrics_over_epochs"], 2),
    "tables": (["scores", "computing_times", "published_table1", "claims"], 4),
    "one table": (["claims"], 1),
    "several questions": (["sample_grid", "recombination", "tsne", "trade_off"], 6),
    "a title of other languages": (["trade_off"], 1),
    "no result": (["results/data/digits.npz"], 0),
}


@pytest.fixture(scope="module")
def reports(smoke, tmp_path_factory):
    """A report for each subset, all made in one copy of the smoke run."""
    folder = copy_project(tmp_path_factory.mktemp("subsets") / "project")
    copy_results(smoke, folder)
    found = {}
    for number, (name, (targets, _)) in enumerate(SUBSETS.items()):
        run = snakemake(folder, *overlay(folder, **CHANGES), *targets)
        assert run.returncode == 0, run.stdout
        found[name] = folder / f"{number}.html"
        shutil.copy(folder / "results/report.html", found[name])
    return found


@pytest.mark.parametrize("subset", SUBSETS)
def test_every_category_and_result_opens(browser, reports, subset):
    reader = Reader(browser, reports[subset])
    found = reader.open_everything()
    assert len(found) == len(set(found.values())) == SUBSETS[subset][1]
    assert sorted(reader.search("results/")) == sorted(found.values())
    assert browser.errors() == []


@pytest.mark.parametrize("subset", SUBSETS)
def test_the_first_page_shows_a_picture_of_what_there_is(browser, reports, subset):
    reader = Reader(browser, reports[subset])
    if SUBSETS[subset][1] == 0:
        assert reader.picture() is None
        return
    assert reader.picture() >= 250  # pixels across, as it is shown: some figures are tall
    path = reader.open_picture()
    assert path.endswith(".html") == ("table" in subset and "figure" not in subset)
    assert browser.errors() == []


def test_a_title_is_shown_and_not_obeyed(browser, reports):
    reader = Reader(browser, reports["a title of other languages"])
    assert list(reader.open_everything().values()) == [f"EBCAE: {TITLE[:-1]} – digits"]
    reader.read_about_row(0)
    assert TITLE in browser.run("return document.querySelector('#app nav .prose').innerText")
    assert browser.run("return document.title") == "Snakemake Report"
