"""Tables of text as Markdown and LaTeX."""

from dataclasses import dataclass, field

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
}


@dataclass
class Table:
    """Rows of text under a heading.

    Args:
        title: of the table.
        columns: a heading each; the first column is aligned left, the others right.
        rows: cells, as many a row as columns.
        bold: (row, column) of the cells in bold.
        rule: number of rows above a dividing line; None for no line.
    """

    title: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    bold: set[tuple[int, int]] = field(default_factory=set)
    rule: int | None = None


def markdown(tables: list[Table], note: str) -> str:
    """All tables under their titles, then the note; a dividing line is a row of dashes."""
    parts = []
    for table in tables:
        lines = [table.columns, ["---", *["---:"] * (len(table.columns) - 1)]]
        for i, row in enumerate(table.rows):
            if i and i == table.rule:
                lines.append(["—"] * len(row))
            cells = [cell.replace("|", "\\|") for cell in row]
            lines.append([f"**{c}**" if (i, j) in table.bold else c for j, c in enumerate(cells)])
        parts.append(
            f"### {table.title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)
        )
    return "\n\n".join([*parts, note]) + "\n"


def latex(tables: list[Table], note: str) -> str:
    r"""A `table` environment each, to be read by `\input`; wants the package booktabs."""
    parts = [f"% {note}\n% \\usepackage{{booktabs}}"]
    for table in tables:
        rows = [" & ".join(map(escape, table.columns)) + r" \\", r"\midrule"]
        for i, row in enumerate(table.rows):
            if i and i == table.rule:
                rows.append(r"\midrule")
            cells = map(escape, row)
            shown = [rf"\textbf{{{c}}}" if (i, j) in table.bold else c for j, c in enumerate(cells)]
            rows.append(" & ".join(shown) + r" \\")
        parts.append(
            "\\begin{table}\n\\centering\\scriptsize\\setlength{\\tabcolsep}{2pt}\n"
            f"\\caption{{{escape(table.title)}. {escape(note)}}}\n"
            f"\\begin{{tabular}}{{@{{}}l{'r' * (len(table.columns) - 1)}@{{}}}}\n\\toprule\n"
            + "\n".join(rows)
            + "\n\\bottomrule\n\\end{tabular}\n\\end{table}"
        )
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """The text with all characters that mean something to LaTeX made plain."""
    return "".join(_LATEX.get(character, character) for character in text)
