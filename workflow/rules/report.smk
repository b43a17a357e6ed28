"""
The report after each run: what made it, how claims came out, and a picture for its first page.

Needs     results/figures/**, results/tables/**, results/scores/*.csv, results/data/*/classifier.json
Makes     results/report.html, after each run
Options   studies
"""

import base64
from contextlib import suppress
from functools import cache

import pandas as pd
from snakemake.logging import logger
from snakemake.report.html_reporter import data as report_data

from expost.analyses import soundness
from expost.comparing import of_runs
from expost.datasets import wide_columns
from expost.figures import cover, methods, naming
from expost.papers.claims import verdicts
from expost.provenance import integrity, stamp


def what_made_it():
    """For the report: this process, the jobs behind all scores, the time that the last run took."""
    # Where nothing is to be done, Snakemake knows of no jobs.
    scores = Path("results/runs").glob("*/*/seed*/epoch*/*/n*/scores.json")
    found = {"scores": stamp.makers(scores)}
    with suppress(FileNotFoundError):
        found |= integrity.load("results")["made_by"]
    return found | stamp.made_by(config)


def claims_judged():
    """For the report: of each study whose claims are judged, how they came out, as csv."""
    found = []
    for name in figures_of("claims"):
        path = Path(f"results/tables/{name}.csv")
        if path.exists():
            judged = verdicts.read(path)
            paper = plan.studies[plan.figures[name].study]["paper"]
            tables = {
                "counts": verdicts.count(judged),
                "overview": verdicts.overview(judged),
            }
            texts = {part: table.to_csv(index=False) for part, table in tables.items()}
            found.append({"paper": paper, "target": name} | texts)
    return found


def results_in(categories):
    """All results that the report shows, by path, in its order."""
    return {
        str(result.path): result
        for _, parts in sorted(categories.items())
        for results in parts.values()
        for result in sorted(results, key=lambda result: result.path)
    }


def figures_in(categories):
    """The figures and tables that the report shows."""
    paths = map(Path, results_in(categories))
    return {(p.parent if p.suffix == ".png" else p).stem for p in paths}


def summary_of(categories):
    """For the report's first page: what its results are of, in the words of figures and tables."""
    found = summary.summary(plan, figures_in(categories))
    words = {
        key: [methods.of_sampler(name).label for name in found[key]]
        for key in ("samplers", "controls")
    }
    return found | words


def choices():
    """For the report's first page: which sampler to take of codes that are given, and a warning."""
    found = []
    for name in figures_of("scores"):
        figure, path = plan.figures[name], Path(f"results/scores/{name}.csv")
        runs_shown = runs_of_codes(figure)
        times = times_of(runs_shown)
        if runs_shown and all(Path(one).exists() for one in (path, *times)):
            about = runs.AXES, shown(figure, runs_shown), times
            with naming.of(**written.about(figure, plan.studies[figure.study])):
                found += of_runs.sentences(pd.read_csv(path), *about)
            of = dict.fromkeys(run.dataset for run in runs_shown)
            archives = [f"results/data/{dataset}.npz" for dataset in of]
            found += filter(None, map(wide_columns.of_archive, archives))
    return list(map(escaping.in_rst, found))


def picture_of(categories):
    """For the report's first page: its first figure, or a table's numbers, and what that is.

    Of codes alone, copying against quality comes first.
    """
    found = results_in(categories)
    shown = {name for name in figures_in(categories) if name in plan.figures}
    of = {dataset for name in shown for dataset in plan.figures[name].datasets}
    first = [
        path
        for path in found
        if all(map(are_given, of)) and Path(path).parent.name in figures_of("copying")
    ]
    path = cover.choose(filter(cover.shows, [*first, *found]))
    if path is None:
        return None
    try:
        data = base64.encodebytes(cover_from(path)).decode().strip()
    except ImportError as error:  # jobs may have matplotlib to themselves
        logger.warning(f"The first page of the report has no picture: {error}.")
        return None
    shown = found[path].labels["result"]
    return {
        "data": data,
        "path": path,
        "content": "img" if path.endswith(".png") else "html",
        "alt": shown,
        "title": escaping.in_rst(shown),
    }


def cover_from(path):
    """A result as a picture, with its study's names: of a figure its own, of a table numbers."""
    figure = plan.figures.get(Path(path).stem)
    if figure is None:  # a picture is named after its data set
        return cover.png(path, spaces_known())
    with naming.of(**written.about(figure, plan.studies[figure.study])):
        return cover.png(path, spaces_known())


def in_script(render):
    """What stands in a script of the report, without anything that could end the script."""

    def rendered(*arguments):
        # Of JSON only strings have these, which say the same so.
        return render(*arguments).replace("<", "\\u003c")

    return rendered


@cache
def spaces_known():
    """Which spaces are in doubt, and how good the classifiers behind some are."""
    figures = [
        f for f in plan.figures.values() if f.kind.numbers in ("scores", "shares")
    ]
    made = {path for f in figures for path in accuracies(f.name) if Path(path).exists()}
    tables = [
        Path(f"results/scores/{f.name}.csv")
        for f in figures
        if f.kind.numbers == "scores"
    ]
    scored = [pd.read_csv(path) for path in tables if path.exists()]
    shown = {dataset for figure in figures for dataset in figure.datasets}
    return soundness.look(sorted(made), scored).of(shown)


def spaces_in_words():
    """For the report: a sentence for each space in doubt, and one for each classifier."""
    known = spaces_known()
    return {
        "doubts": list(map(escaping.in_rst, known.warnings())),
        "accuracies": list(map(escaping.in_rst, known.accuracies())),
    }


def make_report(make=workflow.create_report, **settings):
    """The report after a run, with what made it; none where its figures may lack.

    That is after a dry run, and where the run was to end before its target.
    """
    shortened = workflow.dag_settings.until or workflow.dag_settings.omit_from
    if shortened:
        logger.info(
            "No report, as --until or --omit-from leave out what it would show."
        )
    if not workflow.dryrun and not shortened:
        refuse_damaged_results()
        page = settings.get("report_settings")
        if getattr(page, "stylesheet_path", "") is None:  # none was asked for
            page.stylesheet_path = library / "report/style.css"
        about = {
            "made_by": what_made_it(),
            "summary_of": summary_of,
            "choices": choices(),
            "claims": claims_judged(),
            "picture_of": picture_of,
            "spaces": spaces_in_words(),
        }
        config.update(about)
        make(**settings)
        for key in about:
            del config[key]
        record_results()


# The default profile has a report made after each run.
workflow.create_report = make_report

# Snakemake lets titles and names of groups, which it puts into a script, end it.
report_data.render_results = in_script(report_data.render_results)
