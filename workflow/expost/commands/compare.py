"""`expost compare`: codes to a table of all samplers, and a page that shows it."""

import argparse
import base64
import io
from html import escape
from pathlib import Path

from ..io import files
from ..io.escaping import name_shown
from ..runtime import extras
from ..runtime.log import log
from . import arguments

HELP = """Compare samplers of codes: quality, copying and cost, with seeds and controls.

example:
  expost compare my.npy --report out.html

All samplers that suit the codes are fitted, to three quarters of them unless there are test codes,
and their draws compared with codes that they have not seen. What it prints says which to take."""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif;margin:2em}} img{{max-width:100%;width:30em}}</style></head>
<body>
<h1>{title}</h1>
<p>{about}</p>
{table}
<h2>Copying against quality</h2>
{picture}
</body>
</html>
"""
PICTURE = (
    '<img alt="Copying against quality, a point a sampler" src="data:image/png;base64,{data}">'
)


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    arguments.add_codes(parser)
    what = "such a file of codes that nothing was fitted to"
    parser.add_argument("--test", metavar="FILE", help=what)
    parser.add_argument("--test-array", help="which one of several arrays of that file")
    parser.add_argument("--samplers", help="names with commas between them; all that suit if not")
    seeds = "how many times everything is drawn anew (3); of one, intervals are not known"
    parser.add_argument("--seeds", type=arguments.whole(1), default=3, help=seeds)
    arguments.add_output(parser, "--report", what="an .html file to write, which needs no other")


def do(asked: argparse.Namespace) -> None:
    """Compare, show the table, and write the page.

    Raises:
        ValueError, TypeError, OSError, ImportError: what is wrong, and what to do.
    """
    path = None
    if asked.report is not None:
        path = arguments.check_output(asked.report, asked.force, ".html")
    if asked.test_array is not None and asked.test is None:
        raise ValueError("got --test-array without --test; name that file, too")
    if path is not None and (package := extras.missing(extras.FIGURES)):
        log.warning("the report will be without its picture: %s", extras.needed("that", package))
    codes = arguments.read(asked.codes, asked.array, asked.columns)
    test = None
    if asked.test is not None:
        test = arguments.read(asked.test, asked.test_array, asked.columns)
    names = None
    if asked.samplers is not None:
        names = [name.strip() for name in asked.samplers.split(",")]
    from ..comparing import compare

    found = compare(codes, test, samplers=names, seeds=asked.seeds)
    print(found)
    if path is not None:
        n, d = codes.shape
        told = "" if test is None else f", compared with {len(test):,} of {name_shown(asked.test)}"
        _write(path, name_shown(asked.codes), f"{n:,} codes of {d} dimensions{told}", found)
        print(f"\nwritten: {path}")


def _write(path: Path, name: str, about: str, found) -> None:
    """The table, what it says, and the trade-off on one page."""
    text = PAGE.format(
        title=escape(f"Samplers of {name}"),
        about=escape(about),
        table=found._repr_html_(),
        picture=_picture(found),
    )
    with files.whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _picture(found) -> str:
    """The trade-off, or what it needs to be drawn."""
    if package := extras.missing(extras.FIGURES):
        return f"<p>{escape(str(extras.needed('This picture', package)))}.</p>"
    drawn = io.BytesIO()
    found.plot().savefig(drawn, format="png", dpi=200)
    return PICTURE.format(data=base64.b64encode(drawn.getvalue()).decode())
