"""Rows of panels in one column of a paper; all sizes in inches."""

from . import style

LEFT, TITLE, TICKS, HEAD, GAP = 0.33, 0.2, 0.17, 0.17, 0.07


class Column:
    """A matplotlib figure as wide as a column, with rows of panels, some under a heading.

    Args:
        rows: the heading, if any, and the keys of each row's panels.
        across: panels a row at most.
        height: of a panel.
        below: what is left free below all rows.
        name: what is left free on the left of a row.
        beside: what is left free on the right of a panel.
        stacked: panels that each key has, one below the other.
        title: above the first panel of a key.

    Attributes:
        figure: of matplotlib.
        stacks: key -> its panels, from the top.
        firsts: the stacks on the left.
        width: of a panel.
    """

    def __init__(
        self, rows, across, height, below, name=0.0, beside=0.05, stacked=1, title=TITLE
    ):  # fmt: skip
        from matplotlib.figure import Figure

        stack = stacked * (height + GAP) - GAP
        headings = sum(bool(heading) for heading, _ in rows)
        self.height = len(rows) * (title + stack + TICKS) + headings * HEAD + below
        self.width = (style.COLUMN - name) / across - LEFT - beside
        self.figure = Figure(figsize=(style.COLUMN, self.height))
        self.stacks, self.firsts, top = {}, [], self.height
        for heading, keys in rows:
            if heading:
                self.write(heading, top - HEAD / 2, fontweight="bold")
                top -= HEAD
            top -= title
            for j, key in enumerate(keys):
                left = name + j * (LEFT + self.width + beside) + LEFT
                bottoms = [top - height - k * (height + GAP) for k in range(stacked)]
                self.stacks[key] = [self._axes(left, bottom, height) for bottom in bottoms]
            self.firsts.append(self.stacks[keys[0]])
            top -= stack + TICKS

    def write(self, text: str, height: float, **look) -> None:
        """A line of text across the column, so many inches above its end."""
        self.figure.text(0.5, height / self.height, text, ha="center", va="center", **look)

    def _axes(self, left: float, bottom: float, height: float):
        across, down = style.COLUMN, self.height
        return self.figure.add_axes(
            [left / across, bottom / down, self.width / across, height / down]
        )
