"""Trees of vines: how they are labelled, where their nodes go, and that all can be read."""

import itertools

import networkx as nx
import numpy as np
import pytest
from expost.datasets import synthetic_codes
from expost.figures import style, tree_layout, vine_graph, vine_trees
from expost.samplers import Vine

# A vine on four variables whose second tree is a path: 1-2, 2-3, 2-4; 13|2, 34|2; 14|23.
KNOWN = [
    [([1, 2], [], 0.5), ([2, 3], [], -0.4), ([2, 4], [], 0.3)],
    [([1, 3], [2], 0.2), ([3, 4], [2], 0.1)],
    [([1, 4], [2, 3], 0.0)],
]
KNOWN = [
    [dict(zip(("conditioned", "conditioning", "tau"), edge, strict=True)) for edge in tree]
    for tree in KNOWN
]


def fitted(d, trees=4):
    return Vine(trees, family="gaussian").fit(synthetic_codes.codes(150, d, 1)).trees()


def test_nodes_are_the_edges_of_the_tree_before():
    assert vine_graph.graphs(KNOWN) == [
        (["1", "2", "3", "4"], [(0, 1), (1, 2), (1, 3)]),
        (["1,2", "2,3", "2,4"], [(0, 1), (1, 2)]),
        (["1,3|2", "3,4|2"], [(0, 1)]),
    ]


def test_a_fitted_vine_is_regular():
    """Each tree is one; joined edges of the tree before share a node (proximity)."""
    before = None
    for names, edges in vine_graph.graphs(fitted(9)):
        assert nx.is_tree(nx.Graph(edges))
        assert len(names) == len(edges) + 1
        for a, b in edges if before else ():
            assert len(set(before[a]) & set(before[b])) == 1
        before = edges


def test_what_is_no_vine_is_refused():
    strange = [KNOWN[0], [KNOWN[1][0], {"conditioned": [1, 4], "conditioning": [3], "tau": 0.1}]]
    with pytest.raises(ValueError, match=r"edge of tree 2 joins the variables \[1, 3\]"):
        vine_graph.graphs(strange)
    with pytest.raises(ValueError, match="without trees; set its truncation"):
        vine_trees.vine_trees([])


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("most", [1, 4, 30])
def test_a_tree_is_laid_out_without_two_nodes_at_one_place_or_edges_that_cross(seed, most):
    tree = nx.random_labeled_tree(1 + seed, seed=seed)
    layout = tree_layout.hang(len(tree), list(tree.edges), most)
    assert len(layout.parents) == min(most, len(tree))
    assert len(layout.parents) + sum(layout.hidden.values()) == len(tree)
    places = {(layout.columns[node], layout.rows[node]) for node in layout.parents}
    assert len(places) == len(layout.parents)
    roots = [node for node, parent in layout.parents.items() if parent is None]
    assert len(roots) == 1
    for node, parent in layout.parents.items():
        if parent is None:
            continue
        assert tree.has_edge(node, parent)
        side = layout.columns[node] - layout.columns[parent]
        low, high = layout.rows[parent], layout.rows[node]
        assert (side, high > low) in ((0, True), (1, True), (1, high > low))
        assert high >= low
        between = [(c, r) for c, r in places if c == layout.columns[parent] and low < r < high]
        assert not between  # no box on the line down, nor beside where lines fan out
        if side == 1:
            ends = [(c, r) for c, r in places if c == layout.columns[parent] and r == high]
            assert not [place for place in ends if place[1] != low]


def test_the_longest_path_goes_straight_down_and_the_middle_is_shown():
    path = [(i, i + 1) for i in range(8)]
    layout = tree_layout.hang(9, path, 9)
    assert layout.rows == {i: i for i in range(9)}
    assert set(layout.columns.values()) == {0}
    layout = tree_layout.hang(9, path, 3)
    assert set(layout.parents) == {3, 4, 5}
    assert layout.hidden == {3: 3, 5: 3}


@pytest.mark.parametrize("edges", [[(0, 1)], [(0, 1), (0, 1)], [(0, 1), (1, 2), (2, 0)]])
def test_edges_that_make_no_tree_are_refused(edges):
    with pytest.raises(ValueError, match=f"3 nodes and {len(edges)} edges"):
        tree_layout.hang(3, edges, 10)


@pytest.mark.parametrize("trees", [KNOWN[:1], KNOWN, fitted(2), fitted(10), fitted(20), fitted(40)])
def test_every_label_can_be_read(trees, tmp_path):
    figure = vine_trees.vine_trees(trees)
    figure.draw_without_rendering()
    texts = [*figure.axes[0].texts, figure.axes[1].title]
    boxes = [text.get_window_extent() for text in texts]
    patches = [patch.get_window_extent() for patch in figure.axes[0].patches]
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across < 1 or down < 0.25 * min(one.height, other.height)  # boxes have air in them
    for one, other in itertools.combinations(patches, 2):
        assert not one.overlaps(other)
    for box in (*boxes, *patches):
        assert 0 <= box.x0 <= box.x1 <= figure.bbox.x1
        assert 0 <= box.y0 <= box.y1 <= figure.bbox.y1
    style.save(figure, tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size < style.PNG_BYTES


def test_edges_carry_their_label_their_tau_and_its_strength():
    axes = vine_trees.vine_trees(KNOWN).axes[0]
    texts = [text.get_text() for text in axes.texts]
    for text in ("T1", "T3", "1,3|2", "1,4|2,3", "-0.40", "0.00"):
        assert text in texts
    lines = axes.lines[: len(KNOWN[0])]
    colours = {tuple(np.round(line.get_color(), 3)) for line in lines}
    assert len(colours) == 3
    assert max(line.get_linewidth() for line in lines) == pytest.approx(0.8 + 2.4)


def test_a_large_vine_says_what_is_left_out():
    texts = [text.get_text() for text in vine_trees.vine_trees(fitted(40)).axes[0].texts]
    assert "T1: 20 of 40 nodes" in texts
    assert "T4: 20 of 37 nodes" in texts
    assert any("(+" in text for text in texts)
