"""Files and configs that went wrong, at random: strategies for the tests that fuzz."""

import copy
import datetime
from pathlib import Path

from hypothesis import strategies as st

# What stands at odd places in heads, lengths and counts.
BYTES = [
    b"",
    b"\0",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"\0\0\0\x80",
    b"\xff" * 8,
    b"\n",
    b"-1",
    b"{",
]
NOISE = st.binary(max_size=200)


def flip_a_bit(path: Path) -> None:
    """Damage the middle of a file, as no reader of its format need notice."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@st.composite
def damaged(draw, whole: bytes) -> bytes:
    """Bytes that were cut, flipped, overwritten, repeated or filled up, once or a few times."""
    content = whole
    for _ in range(draw(st.integers(1, 3))):
        start, stop = sorted(draw(st.integers(0, len(content))) for _ in range(2))
        odd = draw(st.sampled_from(BYTES) | st.binary(max_size=12))
        kind = draw(st.sampled_from(["cut", "end", "flip", "overwrite", "insert", "repeat"]))
        if kind == "cut":
            content = content[:start] + content[stop:]
        elif kind == "end":
            content = content[:start]
        elif kind == "flip" and start < len(content):
            bit = content[start] ^ 1 << draw(st.integers(0, 7))
            content = content[:start] + bytes([bit]) + content[start + 1 :]
        elif kind == "overwrite":
            content = content[:start] + odd + content[start + len(odd) :]
        elif kind == "insert":
            content = content[:start] + odd + content[start:]
        elif kind == "repeat":
            content = content[:stop] + content[start:stop] + content[stop:]
    return content


ODD = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1, 2, 3, 16, 31, 32, 10**9, 10**30, -(10**30), 10**400),
        *(0.5, 40.0, -0.0, 1e308, 5e-324, float("nan"), float("inf"), -float("inf")),
        *("", "digits", "ae", "kde", "ae/kde", "not 3", "10", "auto", "null", "../x", "/", "a\n"),
        *("a" * 5000, "\0", "\ud800", "é", "a/b/c", "-", "{dataset}", "$(x)", "%s", "<b>"),
        *([], {}, [[]], {"": {}}, ["ae/kde", "ae/kde"], [1, 1.0], {"sampler": "kde"}),
        *(datetime.date(2020, 1, 1), b"x", (1, 2), 1j, print, {1: 2}, {None: None}, {True: []}),
    ]
)
TEXT = st.text(max_size=5)
VALUES = ODD | st.recursive(
    ODD | TEXT | st.integers() | st.floats(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXT, part, max_size=3),
    max_leaves=4,
)


def places(tree, *before) -> list[tuple]:
    """The keys that lead to every part of a tree of mappings and lists."""
    found = [before] if before else []
    if isinstance(tree, dict | list):
        parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
        for key, part in parts:
            found += places(part, *before, key)
    return found


class Edited:
    """A tree, and the keys and values that were touched in it, which are all that is shown."""

    def __init__(self, tree: dict | list, touched: list):
        self.tree, self.touched = tree, touched

    def __repr__(self):
        return f"Edited(touched={self.touched})"


@st.composite
def edited(draw, whole: dict | list) -> Edited:
    """A tree with a part replaced, left out, added or exchanged, once or a few times."""
    tree, touched = copy.deepcopy(whole), []
    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.sampled_from(places(tree) or [()]))
        if not where:
            break
        *above, key = where
        parent = tree
        for step in above:
            parent = parent[step]
        kind = draw(st.sampled_from(["replace", "replace", "remove", "add", "exchange", "near"]))
        value = copy.deepcopy(draw(VALUES))  # one that is sampled is always the same object
        if kind == "remove":
            value = parent.pop(key)
        elif kind == "add" and isinstance(parent, dict):
            key = draw(st.text("abz_ -/\n", max_size=4) | st.sampled_from([1, None, True, "x"]))
            parent[key] = value
        elif kind == "exchange":
            other = tree
            for step in draw(st.sampled_from(places(tree))):
                other = other[step]
            parent[key] = copy.deepcopy(other)
        elif kind == "near" and isinstance(parent[key], int | float):
            steps = [-1, 1, 1000] if abs(parent[key]) > 1e9 else [-1, 1, 1000, 0.5, 0.0]
            parent[key] += draw(st.sampled_from(steps))
        else:
            parent[key] = value
        touched += [*above, key, value]
    return Edited(tree, touched)


def stringed(tree):
    """A tree with keys that JSON has."""
    if isinstance(tree, dict):
        return {str(key): stringed(part) for key, part in tree.items()}
    return [stringed(part) for part in tree] if isinstance(tree, list | tuple) else tree
