"""Structure of a fitted vine: its first trees, with Kendall's tau along the edges."""

import numpy as np

from . import pictures, style, tree_layout, vine_graph

SHOWN = 4  # trees, two beside each other
MOST = 20  # nodes of a tree
NAME, TAU = 6.5, style.SMALL  # points: of labels, of the numbers at edges
# Dots: around all; from row to row; a box's height; a tree's title; beside a label; where edges
# fan out; between trees; the scale of colours, and how far down it and its numbers reach.
MARGIN, ROW, BOX, TITLE, AIR, FAN, APART, BAR, HEAD = 14, 60, 30, 40, 9, 30, 60, 240, 60
COLOURS = "coolwarm"
DPI = 200  # of the png


def vine_trees(trees: list[list[dict]]):
    """The first trees of a vine, with labels as in `vine_graph`.

    Kendall's tau of an edge is its colour and its width, and stands below its line, or to the
    right of it. Of a large tree the nodes nearest to its centre are shown, and how many are behind.

    Args:
        trees: as `Vine.trees` gives them.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no trees, or not those of a regular vine.
    """
    from matplotlib.figure import Figure

    if not trees:
        raise ValueError("got a vine without trees; set its truncation to 1 or more")
    with style.context():
        figure = Figure(dpi=DPI)
        shown = [
            _Tree(figure, *graph, tree)
            for graph, tree in zip(vine_graph.graphs(trees)[:SHOWN], trees, strict=False)
        ]
        rows = [shown[i : i + 2] for i in range(0, len(shown), 2)]
        left = max(row[0].width for row in rows) + APART  # of the second tree of a row
        width = left + max((row[1].width for row in rows if len(row) > 1), default=0)
        width = max(width, 2 * BAR)
        heights = [max(tree.height for tree in row) + APART for row in rows]
        total = width + 2 * MARGIN, sum(heights) - APART + 2 * MARGIN + HEAD
        pictures.resize(figure, *total)
        axes = figure.add_axes([0, 0, 1, 1])  # in dots, from the upper left corner
        axes.set(xlim=(0, total[0]), ylim=(total[1], 0))
        axes.set_axis_off()
        strongest = max(abs(edge["tau"]) for tree in trees[:SHOWN] for edge in tree)
        colours = _scale(figure, *total, strongest)
        for k, tree in enumerate(shown):
            x, y = MARGIN + left * (k % 2), MARGIN + HEAD + sum(heights[: k // 2])
            axes.text(x, y + TITLE / 2, tree.title(k + 1), va="center", fontweight="bold")
            tree.draw(axes, x, y + TITLE, colours)
    return figure


class _Tree:
    """One tree, measured: where its columns of boxes are, in dots."""

    def __init__(self, figure, names, edges, tree):
        self.count = len(names)
        self.layout = tree_layout.hang(self.count, edges, MOST)
        of_pair = {frozenset(pair): edge for pair, edge in zip(edges, tree, strict=True)}
        self.edges = {  # node -> the edge to its parent
            node: of_pair[frozenset([node, parent])]
            for node, parent in self.layout.parents.items()
            if parent is not None
        }
        hidden = self.layout.hidden
        self.names = {
            node: names[node] + (f" (+{hidden[node]})" if node in hidden else "")
            for node in self.layout.parents
        }
        labels = [vine_graph.label(edge) for edge in self.edges.values()]
        label = pictures.longest(figure, labels, fontsize=NAME) + 2 * AIR
        number = pictures.longest(figure, ["-0.00"], fontsize=TAU)
        self.boxes, right = [], -FAN - label  # (centre, half width) of each column
        for column in range(max(self.layout.columns.values()) + 1):
            inside = [name for n, name in self.names.items() if self.layout.columns[n] == column]
            half = pictures.longest(figure, inside, fontsize=NAME) / 2 + AIR
            left = max(right + FAN + label, label - half)  # a label beside the first column fits
            self.boxes.append((left + half, half))
            right = left + 2 * half
        self.width = max(right, *(centre + AIR + number for centre, _ in self.boxes))
        self.height = TITLE + ROW * (max(self.layout.rows.values()) + 1)

    def title(self, number: int) -> str:
        shown = len(self.names)
        return f"T{number}" + (f": {shown} of {self.count} nodes" if shown < self.count else "")

    def draw(self, axes, left: float, top: float, colours) -> None:
        column, row = self.layout.columns, self.layout.rows
        boxes = {}  # node -> centre, half width
        for node, name in self.names.items():
            centre, half = self.boxes[column[node]]
            x, y = boxes[node] = left + centre, top + ROW * (row[node] + 0.5)
            _box(axes, x, y, half, name, "--" if node in self.layout.hidden else "-")
        for node, edge in self.edges.items():
            x, y = boxes[node]
            from_x, from_y = boxes[parent := self.layout.parents[node]]
            if column[node] == column[parent]:
                line = [(x, from_y + BOX / 2), (x, y - BOX / 2)]
                label, tau = (x - AIR, y - ROW / 2), (x + AIR, y - ROW / 2)
                sides = [("right", "center_baseline"), ("left", "center_baseline")]
            else:
                start, end = from_x + self.boxes[column[parent]][1], x - self.boxes[column[node]][1]
                line = [(start, from_y), (start + FAN, y), (end, y)]
                middle = (start + FAN + end) / 2
                label, tau = (middle, y - 5), (middle, y + 5)
                sides = [("center", "bottom"), ("center", "top")]
            width = 0.8 + 2.4 * abs(edge["tau"]) / colours.norm.vmax
            axes.plot(*zip(*line, strict=True), color=colours.to_rgba(edge["tau"]), linewidth=width)
            look = {"fontsize": NAME, "ha": sides[0][0], "va": sides[0][1]}
            axes.text(*label, vine_graph.label(edge), **look)
            look = {"fontsize": TAU, "ha": sides[1][0], "va": sides[1][1], "color": "#444444"}
            axes.text(*tau, f"{edge['tau']:z.2f}", **look)


def _box(axes, x: float, y: float, half: float, name: str, line: str) -> None:
    """A node: its label in a box, whose line is dashed where branches are cut."""
    from matplotlib.patches import FancyBboxPatch

    look = {"facecolor": "white", "edgecolor": "#777777", "boxstyle": "round,pad=0,rounding_size=6"}
    corner, size = (x - half, y - BOX / 2), (2 * half, BOX)
    axes.add_patch(FancyBboxPatch(corner, *size, linewidth=0.6, linestyle=line, zorder=3, **look))
    axes.text(x, y, name, ha="center", va="center_baseline", fontsize=NAME, zorder=4)


def _scale(figure, width: float, height: float, strongest: float):
    """Colours of tau, the same for either sign, and their bar in the upper right corner."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    end = max(np.ceil(10 * strongest) / 10, 0.1)
    colours = ScalarMappable(Normalize(-end, end), COLOURS)
    box = [(width - MARGIN - AIR - BAR) / width, 1 - 44 / height, BAR / width, 12 / height]
    bar = figure.colorbar(colours, cax=figure.add_axes(box), orientation="horizontal")
    bar.set_ticks([-end, 0, end])
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=TAU, length=2, pad=1)
    bar.ax.set_title("Kendall's tau", fontsize=NAME, pad=2)
    return colours
