"""Names from data, configs and ledgers are shown and never obeyed, whatever they are made of."""

import html
import re
from html.parser import HTMLParser

import jinja2
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from docutils.core import publish_parts
from expost.datasets import image_groups
from expost.figures import gallery, group_rows, style
from expost.io.escaping import in_one_line, in_rst
from expost.study import summary
from expost.tables import claims_table, markup, shares_table
from planning import figure, planned, schema

NAMES = {
    "html": "<script>alert(1)</script>",
    "quotes": "' onload='alert(1)\" x=\"&lt;",
    "latex": r"50% & $x_1$ \input{/etc/passwd} #{}~^",
    "lines": "a\nb\r\n\\end{document}\n\n% c\x0b\x0c\x85\u2028\u2029<h1>d",
    "bars": "a | b \\| c \\\\",
    "link": "[a](javascript:alert(1)) ![b](x) <http:c> `d` *e*",
    "options": "[2cm] *",
    "invisible": "a\0b\x1b[2Jc\x7f\u202ed\ud800e\ufefff",
    "letters": "Größe αβγ 数字 ελ",
}
# Where Arrow is installed, frames hold no character that cannot be written; no class has one.
IN_FRAMES = {key: name.replace("\ud800", "") for key, name in NAMES.items()}
TAGS = {"meta", "style", "h3", "table", "tr", "th", "td", "b", "p"}


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(name, value) for name, value in attrs if tag != "meta"}

    def handle_data(self, data):
        self.texts.append(data)


def hostile(name):
    """A table that has a name everywhere."""
    return markup.Table(name, ["Method", name], [[name, "1"], [name, name]], {(0, 0), (1, 1)}, 1)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_html_shows_names(name):
    page = Page(markup.html([hostile(name)], name))
    assert page.tags <= TAGS
    assert page.attributes <= {("class", ""), ("class", "rule")}
    assert page.texts.count(in_one_line(name)) == 6  # title, heading, three cells, note


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_latex_shows_names(name):
    text = markup.latex([hostile(name)], name)
    text.encode()
    comment, lines = text.splitlines()[0], text.splitlines()[1:]
    assert comment == f"% {in_one_line(name)}"
    assert text.replace("\n", "").isprintable()
    body = "\n".join(lines)
    words = r"""usepackage|begin|end|centering|scriptsize|setlength|tabcolsep|caption|toprule
        |midrule|bottomrule|textbf|textbackslash|textasciitilde|textasciicircum|linewidth|pm|to
        |downarrow|uparrow"""
    plain = re.sub(rf"\\(?:[\\&%$\#_{{}}]|(?:{words})(?![a-z]))", "", body, flags=re.VERBOSE)
    assert "\\" not in plain  # no command but ours
    assert not re.search(r"(?<!\$)<|>(?!\$)|[#^~]", plain)
    assert body.count(r"\begin") == body.count(r"\end") == 2
    assert len(lines) == len(markup.latex([hostile("a")], "a").splitlines()) - 1
    for row in re.findall(r"^(.*) \\\\$", body, re.MULTILINE):
        assert len(re.findall(r"(?<!\\)&", row)) == 1
        assert row[0] not in "[*"  # options of the row before
    unescaped = re.sub(r"\\[\\{}]", "", body)
    assert unescaped.count("{") == unescaped.count("}")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_markdown_shows_names(name):
    text = markup.markdown([hostile(name)], name)
    text.encode()
    assert len(text.splitlines()) == len(markup.markdown([hostile("a")], "a").splitlines())
    bare = re.sub(r"\\[\\|<*`(]", "", text)
    rows = [line for line in bare.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {3}
    assert not re.search(r"<|`|\]\(", bare)
    assert bare.replace("**", "").count("*") == 0


def shares(drawn, asked, dataset="mine"):
    rows = [
        {"drawn": part, "group": group, "metric": metric, "value": 0.5}
        for part in drawn
        for group in asked
        for metric in ("share", "probability")
    ]
    axes = {"dataset": dataset, "autoencoder": "ae", "sampler": "kde"}
    axes |= {"seed": 0, "epoch": 1, "size": 10}
    return shares_table.summarise_shares(pd.DataFrame([axes | row for row in rows]))


@pytest.mark.parametrize("name", IN_FRAMES.values(), ids=IN_FRAMES)
def test_attributes_in_tables_of_shares_are_escaped(name):
    targeted = shares([name, "untargeted"], [name], name)
    recombined = shares(["dependence_of", "recombined", "nearest", "margins_of"], [name, "b"])
    for found, note in (
        shares_table.targeted_tables(targeted),
        shares_table.recombination_tables(recombined),
    ):
        page = Page(markup.html(found, note))
        assert page.tags <= TAGS
        assert any(in_one_line(image_groups.label(name)) in text for text in page.texts)
        markup.latex(found, note).encode()
        markup.markdown(found, note).encode()


def test_claims_and_reasons_are_escaped():
    row = dict.fromkeys(["id", "dataset", "outcome", "test"], "") | {"verdict": "not tested here"}
    for name in IN_FRAMES.values():
        row |= {"claim": name, "section": name, "reason": name, "dataset": name}
        found, note = claims_table.claims_tables(pd.DataFrame([row]))
        page = Page(markup.html(found, note))
        assert page.tags <= TAGS
        assert page.texts.count(in_one_line(name)) == 3


@pytest.mark.filterwarnings("ignore:Glyph")  # no font has all letters
@pytest.mark.parametrize("name", [*NAMES.values(), "$", "$\\frac$", "a_b^{c"], ids=ascii)
def test_attributes_in_figures_are_no_formulas(name, tmp_path):
    images = np.zeros((4, 1, 8, 8), np.uint8)
    drawn = np.array([name, "untargeted"] * 2)
    run = ("mine", "ae", "kde", 1, 10, 0)
    blocks = group_rows.targeted_sampling([run], [images], [drawn])
    style.save(gallery.sample_grid(*blocks, columns=2), tmp_path / "x.pdf")


def patterns():
    """The patterns of all names that become paths, by what they are names of."""
    study = schema("study")["properties"]
    kinds = ("autoencoders", "samplers", "figures")
    found = {key: study[key]["propertyNames"]["pattern"] for key in kinds}
    figure = study["figures"]["additionalProperties"]["properties"]
    values = figure["knobs"]["additionalProperties"]["additionalProperties"]["items"]
    datasets = schema("config")["properties"]["datasets"]["propertyNames"]
    return found | {"knobs": values["pattern"], "datasets": datasets["pattern"]}


PATTERNS = patterns()


@pytest.mark.parametrize("what", PATTERNS)
def test_names_in_paths_are_letters_digits_and_little_else(what):
    pattern = re.compile(PATTERNS[what])
    for good in ("a", "digits", "fashion_mnist", "mnist2"):
        assert pattern.search(good)
    for bad in (
        "",
        "a\n",
        "a/b",
        "a b",
        "../a",
        "a\0",
        "a;b",
        "a$b",
        "a'b",
        "a|b",
        "{a}",
        "ä",
        "-a",
    ):
        assert not pattern.search(bad), bad
    if what != "knobs":
        for bad in ("a_", "_a", "A", "1", "a.b", "a-b"):
            assert not pattern.search(bad), bad


def test_claims_on_the_landing_page_are_words():
    odd = r"a_ `b`_ *c* **d** |e| <f>`_ \g :h:`i`"
    errors = {"report_level": 1, "halt_level": 2, "warning_stream": False}
    body = publish_parts(in_rst(odd), writer="html", settings_overrides=errors)["body"]
    assert body.strip() == f"<p>{html.escape(odd)}</p>"


def test_the_landing_page_takes_names_for_words():
    """A name that the schemas take, in every place, makes no link, error or tag of its own."""
    odd = "a__b_c"
    config = {"on": [odd], "datasets": {odd: {"kind": "npz", "path": "a.npz", "size": 32}}}
    methods = [f"{odd}/{odd}", "ae/copy", "ae/held_out"]
    named = {"autoencoders": {odd: {"objective": "ae"}}, "samplers": {odd: {"sampler": "kde"}}}
    plan = planned(named | figure("scores", methods=methods), config)
    shown = plan.config | {"summary_of": lambda categories: summary.summary(plan)}
    shown["claims"], shown["choices"] = [], [in_rst(f"{odd} is best.")]
    shown["made_by"] = {
        **{"commit": None, "config": "0" * 64, "seconds": 1.0, "python": "3.11"},
        **{"cpu": "this", "packages": {odd: "1"}},
        "scores": {"cpu": ["<b>CPU</b>"], "device": ["cpu"], "commit": [odd]},
    }
    picture = {"data": "AAAA\nAAAA", "path": "a.png", "content": "img", "alt": odd}
    shown["picture_of"] = lambda categories: picture | {"title": in_rst(f"{odd} `b`_ <i>")}
    text = jinja2.Template((ROOT / "workflow/report/landing.rst").read_text()).render(
        snakemake=type("S", (), {"config": shown}), files=[], categories={}
    )
    errors = {"report_level": 1, "halt_level": 2, "warning_stream": False}
    body = publish_parts(text, writer="html", settings_overrides=errors)["body"]
    for line in ("Data sets", "Autoencoders", "Samplers"):
        assert "a__b_c" in re.search(rf"{line}: (.*)", body)[1]
    assert "&lt;b&gt;CPU&lt;/b&gt;" in body
    assert "a__b_c `b`_ &lt;i&gt;" in body
    assert 'src="data:image/png;base64,AAAAAAAA"' in body
    assert "problematic" not in body
