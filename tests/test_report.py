"""The report as a reader meets it, in a browser: what ran, the claims, every result."""

import html
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from browser import Browser
from conftest import ROOT
from expost import kinds
from report_reader import Reader

QUESTIONS = (
    "1 What do samples look like?",
    "2 How good are they?",
    "3 Do they copy?",
    "4 What do they cost?",
    "5 What else can be done?",
    "6 Does it agree with the paper?",
)
PAGES = {
    f"{name}, {what}": page
    for name, kind in kinds.every().items()
    for what, page in (("figure", kind.figure), ("table", kind.table))
    if page
}
STUDIES = [
    yaml.safe_load((ROOT / f"workflow/studies/{name}/study.yaml").read_text())
    for name in ("ebcae", "rae", "gens", "lmgae")
]


@pytest.fixture(scope="module")
def report(browser, smoke):
    """The browser with the report of the smoke run open, which no test leaves for another."""
    browser.open(smoke / "results/report.html")
    browser.until("return document.querySelector('#app nav') !== null")
    return browser


def show(report, path):
    """Open one result, as a click on its button does."""
    report.run(
        "const path = arguments[0], kind = getResultMimeType(path) == 'text/html' ? 'html' : 'img';"
        "app.setView({navbarMode: 'resultinfo', resultPath: path, content: kind,"
        "             contentPath: results[path].data_uri})",
        path,
    )


def test_the_landing_page_says_what_ran_and_how_the_claims_came_out(report, smoke):
    text = report.run("return document.querySelector('#app .prose').innerText")
    for words in ("digits (read as digits, 16×16 pixels)", "ae, vae", "40 generated images"):
        assert words in text
    assert re.search(r"digits\s+\d+\s+\d+\s+\d+", text), text
    claims = yaml.safe_load((smoke / "workflow/studies/ebcae/claims.yaml").read_text())
    for claim in claims:
        words = re.escape(" ".join(claim["claim"].split()))
        assert re.search(rf"(not )?(supported|tested here)[a-z: ]*\s+{words}", text), words
    record = json.loads((smoke / "results/provenance.json").read_text())
    assert record["made_by"]["config"] in text
    assert f"numpy {record['made_by']['packages']['numpy']}, scipy" in text
    assert f"computed on {record['made_by']['cpu']}, images decoded on device cpu, commit" in text
    took = "{:.0f} min {:02.0f} s".format(*divmod(int(record["made_by"]["seconds"]), 60))
    assert f"The last run that made anything took {took}." in text
    assert (
        report.run("return document.querySelector('#app h1.title').getBoundingClientRect().top")
        >= 0
    )
    assert "{{" not in text
    assert "{%" not in text


def test_the_claims_are_one_click_away(report):
    report.run(
        "for (const link of document.querySelectorAll('#app .prose a'))"
        "  if (link.innerText.includes('claim of EBCAE')) link.click()"
    )
    report.until("return document.querySelector('iframe') !== null")
    report.enter("iframe")
    text = report.until("return document.body && document.body.innerText")
    assert "Dependence between coordinates matters" in text
    assert "digits: not supported" in text
    report.enter(None)


def test_every_figure_is_seen(report):
    figures = report.run(
        "return Object.keys(results).filter(path => getResultMimeType(path) == 'image/png')"
    )
    assert len(figures) >= 4
    for path in figures:
        show(report, path)
        width = report.until(
            "const image = document.querySelector('#app .grow > div > img');"
            "return image && image.src == results[arguments[0]].data_uri && image.complete"
            "       && image.naturalWidth",
            path,
        )
        assert width > 300, path
        box = report.run(
            "return document.querySelector('#app .grow > div > img').getBoundingClientRect()"
        )
        assert box["top"] >= 0, f"the top of {path} cannot be scrolled to"
        assert box["right"] <= report.run("return innerWidth"), f"{path} is cut off"


def test_every_table_is_seen_whole(report):
    """No table is wider than the frame it is shown in."""
    tables = report.run(
        "return Object.keys(results).filter(path => getResultMimeType(path) == 'text/html')"
    )
    assert len(tables) >= 5
    for path in tables:
        show(report, path)
        report.until(
            "return document.querySelector('iframe').src == results[arguments[0]].data_uri", path
        )
        report.enter("iframe")
        rows = report.until("return document.querySelectorAll('td').length")
        wide, room = report.run(
            "const page = document.documentElement; return [page.scrollWidth, page.clientWidth]"
        )
        report.enter(None)
        assert rows > 4, path
        assert wide <= room, f"{path} is {wide - room} pixels too wide"


def test_results_are_grouped_by_question_and_have_labels_and_captions(report):
    groups, found = report.run("return [categories, results]")
    assert set(groups) <= set(QUESTIONS)
    listed = [path for group in groups.values() for paths in group.values() for path in paths]
    assert sorted(listed) == sorted(found)
    for path, result in found.items():
        assert result["caption"].count("<p>") == 1, path
        paper, title = next(
            (study["paper"], figure["title"])
            for study in STUDIES
            for name, figure in study["figures"].items()
            if f"/{name}/" in path or f"/{name}." in path
        )
        assert html.escape(title, quote=False)[:40] in result["caption"], path
        shown = "table of all data sets" if path.endswith(".html") else Path(path).stem
        shown = "synthetic codes" if shown == "synthetic" else shown
        assert result["labels"] == {"result": f"{paper}: {title.removesuffix('.')} – {shown}"}


def test_every_category_and_result_can_be_clicked_on(report, smoke):
    reader = Reader(report, smoke / "results/report.html")
    assert reader.categories() == list(QUESTIONS)
    assert set(reader.open_everything()) == set(report.run("return Object.keys(results)"))


def test_no_part_of_the_results_breaks_a_list(report):
    """Snakemake's own code, given any part of the results, as a search may find it."""
    tried, odd = report.run(
        "const paths = Object.keys(results), odd = [];"
        "const list = Object.create(Subcategory.prototype);"
        "const most = Math.min(2 ** paths.length, 2 ** 14);"
        "for (let number = 1; number < most; number++) {"
        "  const part = paths.filter((_, place) => number >> place & 1);"
        "  list.getResults = () => part.map(path => [path, results[path]]);"
        "  const found = list.getData();"
        "  if (found.toggleLabels.size > 0 || found.entries.size != part.length) odd.push(part);"
        "}"
        "return [most - 1, odd]"
    )
    assert tried > 10_000
    assert odd == []


def test_the_general_pages_open(report, smoke):
    reader = Reader(report, smoke / "results/report.html")
    for name, shown in (("Workflow", "#rulegraph canvas"), ("Statistics", "#timeline canvas")):
        reader.press(name)
        report.until(f"return document.querySelector('{shown}') !== null")
    reader.press("About")


@pytest.mark.parametrize("width", [600, 1920])
def test_nothing_is_wider_than_its_window(browser, smoke, width):
    """Neither the page nor the list beside it has to be moved from side to side."""
    with Browser(width, 900) as other:
        reader = Reader(other, smoke / "results/report.html")
        assert reader.picture() > width / 4
        for category in reader.categories():
            reader.go_home()
            reader.press(category)
            wide, room = other.run(
                "const list = document.querySelector('#app nav');"
                "return [list.scrollWidth, list.clientWidth]"
            )
            assert wide <= room <= 0.46 * width, category
        text = other.run(
            "const text = document.querySelector('#app .prose').getBoundingClientRect();"
            "return text.right <= innerWidth"
        )
        assert text


def test_the_first_page_leads_to_every_question(report, smoke):
    reader = Reader(report, smoke / "results/report.html")
    for question in QUESTIONS:
        reader.go_home()
        report.run(
            "for (const link of document.querySelectorAll('#app .prose li a'))"
            "  if (link.innerText == arguments[0]) link.click()",
            question,
        )
        report.until("return app.state.category == arguments[0]", question)
        assert reader.rows()


def test_what_is_read_about_a_result_is_for_people(report, smoke):
    reader = Reader(report, smoke / "results/report.html")
    reader.press(QUESTIONS[0])
    text = reader.read_about_row(0)
    assert "none of them chosen" in text
    assert "about={" not in text


def test_the_console_has_nothing_to_complain_of(report):
    """Last, when all has been looked at."""
    assert report.errors() == []


@pytest.mark.parametrize("page", PAGES)
def test_a_caption_is_two_or_three_sentences_of_known_words(page):
    text = PAGES[page].caption
    sentences = re.findall(r"[.!?](?=\s|$)(?<!Fig\.)", text)
    assert 1 < len(sentences) < 4, text
    assert text.endswith("."), text


def test_kinds_ask_the_questions():
    assert {page.category for page in PAGES.values()} == set(QUESTIONS)


def test_the_continuous_integration_has_a_browser():
    script = (ROOT / ".ci/run").read_text()
    assert "chromium chromium-driver)" in script
    assert "EXPOST_REQUIRE_BROWSER=1" in script
    subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=True)
