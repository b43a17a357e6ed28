"""What the report lists can be read and opened, whichever results there are."""

from itertools import combinations

import pytest
from expost.study import report_rows
from planning import STUDIES, figure, planned, write_study

TITLE = {"title": "Samples."}


def listed(results):
    """What Snakemake's report makes of results: its rows, by what the switch is set to.

    As `getData` of abstract_results.js: every label but the first becomes a switch if it takes two
    values, each in half of the results; of several, none does.

    Args:
        results: path -> labels.
    """
    keys = list(dict.fromkeys(key for labels in results.values() for key in labels))
    switches = {}
    for key in keys[1:]:
        values = [labels[key] for labels in results.values() if key in labels]
        if len(set(values)) == 2 and all(2 * values.count(v) == len(results) for v in values):
            switches[key] = sorted(set(values))
    if len(switches) > 1:
        switches = {}
    rows = {}
    for path, labels in results.items():
        row = ",".join(labels.get(key, "") for key in keys if key not in switches)
        rows.setdefault(row, {})[",".join(labels[key] for key in switches)] = path
    return rows, next(iter(switches.values()), [""])


def lost(results):
    """What of the results cannot be opened: a row without one, or one that another hides."""
    rows, settings = listed(results)
    blank = [row for row, paths in rows.items() if paths.keys() != set(settings)]
    return blank or results.keys() - {path for paths in rows.values() for path in paths.values()}


def subsets(results):
    for size in range(1, len(results) + 1):
        for paths in combinations(results, size):
            yield {path: results[path] for path in paths}


def results_of(plan, names, label=report_rows.labels):
    """Path -> labels of the pictures and tables of some figures."""
    found = {}
    for name in names:
        shown, kind = plan.figures[name], plan.figures[name].kind
        datasets = ["synthetic"] if kind.of == "costs" else shown.datasets
        for dataset in datasets if kind.figure else ():
            found[f"{name}/{dataset}"] = label(plan, name, dataset)
        if kind.table:
            found[f"{name}/table"] = label(plan, name)
    return found


def by_parts(plan, name, dataset=None):
    """Labels that look better, one a part, which the page breaks on."""
    return {"figure": plan.figures[name].title, "data set": dataset or "all"}


@pytest.fixture(scope="module")
def plan():
    datasets = {"other": {"kind": "digits", "size": 16, "test": 800}}
    return planned(config={"on": ["digits", "other"], "datasets": datasets})


NAMES = ("sample_grid", "scores", "targeted_sampling", "tsne", "cost_over_sample_size", "claims")


def test_any_subset_of_the_results_can_be_opened(plan):
    results = results_of(plan, NAMES)
    assert len(results) == 10
    assert not [subset.keys() for subset in subsets(results) if lost(subset)]


def test_two_labels_would_break_the_page(plan):
    """So that the model above is known to find what a reader met."""
    results = results_of(plan, NAMES, by_parts)
    assert lost({path: results[path] for path in ("sample_grid/digits", "scores/table")})
    assert any(map(lost, subsets(results)))
    assert lost({"a": {"result": "same"}, "b": {"result": "same"}})
    full = {f"{a}{b}": {"a": a, "b": b} for a in "xy" for b in "xy"}
    assert not lost(full)


def test_every_result_of_the_shipped_study_has_a_row_of_its_own(plan):
    results = results_of(plan, plan.figures)
    rows = [labels["result"] for labels in results.values()]
    assert len(set(rows)) == len(rows) == len(results)
    assert rows[0] == "Samples, a row a method, real images last (EBCAE Fig. 2, 14) – digits"
    assert results["claims/table"]["result"].endswith("tested here – table of all data sets")
    assert results["cost_over_sample_size/synthetic"]["result"].endswith(" – synthetic codes")


def test_figures_of_one_title_are_told_apart():
    plan = planned({"figures": {"sample_grid": TITLE, "tsne": {"title": " Samples\n"}}})
    rows = results_of(plan, ["sample_grid", "tsne"])
    assert [labels["result"] for labels in rows.values()] == [
        "Samples – sample_grid, digits",
        "Samples – tsne, digits",
    ]


def test_of_several_studies_each_row_says_whose_it_is(tmp_path):
    grid = {"other_grid": {"kind": "gallery"} | TITLE}
    (tmp_path / "ebcae").symlink_to(STUDIES / "ebcae")
    write_study(tmp_path, "tiny", paper="Tiny", figures=grid)
    write_study(tmp_path, "again", paper="Tiny", figures={"third_grid": grid["other_grid"]})
    plan = planned(
        figure("sample_grid", **TITLE), {"studies": ["ebcae", "tiny", "again"]}, tmp_path
    )
    rows = results_of(plan, ["sample_grid", "other_grid", "third_grid"]).values()
    assert [labels["result"] for labels in rows] == [
        "EBCAE: Samples – digits",
        "Tiny: Samples – other_grid, digits",
        "Tiny: Samples – third_grid, digits",
    ]
