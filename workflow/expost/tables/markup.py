"""Tables of text as Markdown, LaTeX and HTML."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from html import escape as quote

from ..io.escaping import in_one_line

_STYLE = (
    "body{font:13px sans-serif;margin:1.5em}table{border-collapse:collapse}"
    "th,td{padding:.25em .6em;text-align:right;white-space:nowrap}"
    "td{font-variant-numeric:tabular-nums;vertical-align:top}"
    "th:first-child,td:first-child,.prose{text-align:left}"
    ".prose{white-space:normal;max-width:34em}p{max-width:60em}"
    "th{border-bottom:1px solid #777}.rule td{border-top:1px solid #777}"
)

_LATEX = {
    "\\": r"\textbackslash{}",
    **{character: "\\" + character for character in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "±": r"$\pm$",
    "<": "$<$",
    ">": "$>$",
    "↓": r"$\downarrow$",
    "↑": r"$\uparrow$",
    "→": r"$\to$",
    "–": "--",
    "×": r"$\times$",
    "[": "{[}",  # behind the end of a row these would be its options
    "*": "{*}",
}
PARTS = " / "  # between the numbers of a cell that has several
_MARKDOWN = {character: "\\" + character for character in "\\|<*`"}


@dataclass
class Table:
    """Rows of text under a heading.

    Args:
        title: of the table.
        columns: a heading each; the first column is aligned left, the others right.
        rows: cells, as many a row as columns.
        bold: (row, column) of the cells in bold, or (row, column, part) where only that one of the
            parts is, between which `PARTS` stands.
        rule: number of rows above a dividing line; None for no line.
        prose: columns of sentences, aligned left and broken into lines.
    """

    title: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    bold: set[tuple[int, ...]] = field(default_factory=set)
    rule: int | None = None
    prose: Collection[int] = ()

    def shown(self, i: int, escaped: Callable, bold: str) -> list[str]:
        """A row's cells, escaped, with what is bold put into a frame such as `**{}**`."""
        return [self._cell((i, j), cell, escaped, bold) for j, cell in enumerate(self.rows[i])]

    def _cell(self, place: tuple[int, int], cell: str, escaped: Callable, bold: str) -> str:
        parts = cell.split(PARTS)
        if place in self.bold or not any((*place, k) in self.bold for k in range(len(parts))):
            return bold.format(escaped(cell)) if place in self.bold else escaped(cell)
        texts = map(escaped, parts)
        shown = (bold.format(t) if (*place, k) in self.bold else t for k, t in enumerate(texts))
        return PARTS.join(shown)


def markdown(tables: list[Table], note: str) -> str:
    """All tables under their titles, then the note; a dividing line is a row of dashes."""
    parts = []
    for table in tables:
        sides = ["---" if j in {0, *table.prose} else "---:" for j in range(len(table.columns))]
        lines = [list(map(_markdown, table.columns)), sides]
        for i, row in enumerate(table.rows):
            if i and i == table.rule:
                lines.append(["—"] * len(row))
            lines.append(table.shown(i, _markdown, "**{}**"))
        parts.append(
            f"### {_markdown(table.title)}\n\n"
            + "\n".join(f"| {' | '.join(line)} |" for line in lines)
        )
    return "\n\n".join([*parts, _markdown(note)]) + "\n"


def latex(tables: list[Table], note: str) -> str:
    r"""A `table` environment each, to be read by `\input`; wants the package booktabs."""
    parts = [f"% {in_one_line(note)}\n% \\usepackage{{booktabs}}"]
    for table in tables:
        rows = [" & ".join(map(escape, table.columns)) + r" \\", r"\midrule"]
        width = f"p{{{0.66 / max(2, len(table.prose)):.2f}\\linewidth}}"
        sides = [width if j in table.prose else "lr"[j > 0] for j in range(len(table.columns))]
        for i in range(len(table.rows)):
            if i and i == table.rule:
                rows.append(r"\midrule")
            rows.append(" & ".join(table.shown(i, escape, r"\textbf{{{}}}")) + r" \\")
        parts.append(
            "\\begin{table}\n\\centering\\scriptsize\\setlength{\\tabcolsep}{2pt}\n"
            f"\\caption{{{escape(table.title)}. {escape(note)}}}\n"
            f"\\begin{{tabular}}{{@{{}}{''.join(sides)}@{{}}}}\n\\toprule\n"
            + "\n".join(rows)
            + "\n\\bottomrule\n\\end{tabular}\n\\end{table}"
        )
    return "\n\n".join(parts) + "\n"


def html(tables: list[Table], note: str) -> str:
    """A page by itself, for the report."""
    return f"<!doctype html><meta charset='utf-8'><style>{_STYLE}</style>\n{within(tables, note)}"


def within(tables: list[Table], note: str) -> str:
    """What stands in such a page, for one with a style of its own, as a notebook has."""
    parts = []
    for table in tables:
        rows = [_row("th", list(map(_quote, table.columns)), table.prose)]
        for i in range(len(table.rows)):
            cells = table.shown(i, _quote, "<b>{}</b>")
            rows.append(_row("td", cells, table.prose, "rule" if i and i == table.rule else ""))
        parts.append(f"<h3>{_quote(table.title)}</h3>\n<table>\n" + "\n".join(rows) + "\n</table>")
    return "\n".join([*parts, f"<p>{_quote(note)}</p>"]) + "\n"


def _row(tag: str, cells: list[str], prose: Collection[int], kind: str = "") -> str:
    tags = [f"{tag} class='prose'" if j in prose else tag for j in range(len(cells))]
    parts = (f"<{t}>{cell}</{tag}>" for t, cell in zip(tags, cells, strict=True))
    return f"<tr class='{kind}'>" + "".join(parts) + "</tr>"


def escape(text: str) -> str:
    """The text with all characters that mean something to LaTeX made plain."""
    return "".join(_LATEX.get(character, character) for character in in_one_line(text))


def _quote(text: str) -> str:
    return quote(in_one_line(text))


def _markdown(text: str) -> str:
    text = "".join(_MARKDOWN.get(character, character) for character in in_one_line(text))
    return text.replace("](", "]\\(")
