"""The picture on the first page of the report, of whatever there is."""

import io

import pandas as pd
import pytest
from expost.analyses.soundness import Soundness
from expost.figures import cover
from PIL import Image

AXES = {"dataset": "digits", "epoch": 5, "size": 100, "seeds": 3}
SCORES = [
    AXES
    | {"autoencoder": a, "sampler": s, "space": space, "metric": metric}
    | {"mean": mean + place, "half_width": 0.25}
    for place, (a, s) in enumerate([("ae", "kde"), ("vae", "prior"), ("ae", "held_out")])
    for space, metric, mean in [
        ("pixels", "emd", 3.0),
        ("pixels", "mmd", 9.0),
        ("codes", "emd", 5.0),
        ("classifier", "frechet", 100.0),
    ]
]


@pytest.fixture
def of_table(tmp_path):
    """A function of rows: the figure of a table of them."""

    def drawn(rows, **options):
        pd.DataFrame(rows).to_csv(tmp_path / "table.csv", index=False)
        return cover.of_table(tmp_path / "table.csv", **options)

    return drawn


def dots(panel):
    """Where the dots of a panel are: method -> value."""
    names = [label.get_text() for label in panel.figure.axes[0].get_yticklabels()]
    lines = [line for line in panel.get_lines() if line.get_marker() == "o"]
    return {names[int(line.get_ydata()[0])]: line.get_xdata()[0] for line in lines}


def test_the_first_figure_is_preferred_to_any_table():
    assert cover.choose(["a.html", "b/x.png", "c/y.png"]) == "b/x.png"
    assert cover.choose(["b.html", "a.html"]) == "b.html"
    assert cover.choose([]) is None


def test_a_figure_is_shown_as_it_is(tmp_path):
    (tmp_path / "a.png").write_bytes(b"as it is")
    assert cover.png(tmp_path / "a.png") == b"as it is"


def test_scores_are_shown_in_all_spaces_but_codes(of_table):
    pixels, features = of_table(SCORES).axes
    assert pixels.get_title() == "pixels: EMD ↓"
    assert dots(pixels) == {"KDE": 3.0, "VAE": 4.0, "Held-out images": 5.0}
    assert "classifier" in features.get_title()
    assert dots(features) == {"KDE": 100.0, "VAE": 101.0, "Held-out images": 102.0}
    assert list(pixels.get_lines()[0].get_xdata()) == [2.75, 3.25]


def test_a_space_in_doubt_is_marked(of_table):
    known = Soundness([], {("digits", "classifier"): "it learned nothing"})
    pixels, features = of_table(SCORES, sound=known).axes
    assert features.get_title().startswith("In doubt")
    assert pixels.get_title().startswith("pixels")


def test_codes_alone_are_better_than_nothing(of_table):
    (panel,) = of_table([row for row in SCORES if row["space"] == "codes"]).axes
    assert dots(panel)["KDE"] == 5.0


def test_of_several_data_sets_the_first_is_shown(of_table):
    drawn = of_table(SCORES + [row | {"dataset": "other", "mean": 0.0} for row in SCORES])
    assert dots(drawn.axes[0])["KDE"] == 3.0
    assert drawn.get_supxlabel() == "digits, epoch 5, 100 codes; lines: 95 % intervals over seeds"


def test_seconds_are_shown_with_their_range(of_table):
    seconds = {"median": 2.0, "least": 1.0, "greatest": 90.0}
    method = {"autoencoder": "ae", "sampler": "vine"}
    drawn = of_table([AXES | method | {"phase": phase} | seconds for phase in ("fit", "sample")])
    assert [panel.get_title() for panel in drawn.axes] == ["seconds to fit", "seconds to draw"]
    assert dots(drawn.axes[0]) == {"Vine copula": 2.0}
    assert drawn.axes[0].get_xscale() == "log"


@pytest.mark.parametrize("group", ["1", "$\\frac$", "<script>"])
def test_shares_are_of_what_was_drawn_for_them(of_table, group):
    method = {"autoencoder": "ae", "sampler": "kde", "group": group, "half_width": None}
    rows = [
        AXES | method | {"drawn": drawn, "metric": metric, "mean": mean}
        for drawn, metric, mean in [
            ("untargeted", "share", 0.1),
            (group, "probability", 0.2),
            (group, "share", 0.7),
        ]
    ]
    drawn = of_table(rows)
    assert dots(drawn.axes[0]) == {"KDE": 0.7}
    assert drawn.get_supxlabel() == "digits, epoch 5, 100 codes"
    drawn.savefig(io.BytesIO())  # no formula, which would be an error
    other = {"drawn": "recombined", "metric": "share", "mean": 0.4}
    assert dots(of_table([*rows, AXES | method | other]).axes[0]) == {"KDE": 0.4}


def test_claims_are_counted_once_each(of_table):
    rows = [
        {"id": name, "dataset": "digits", "verdict": verdict}
        for name, verdict in [("a", "supported"), ("a", "supported"), ("b", "not supported")]
    ]
    (panel,) = of_table(rows).axes
    assert [bar.get_width() for bar in panel.patches] == [1, 1]
    published = of_table([{"verdict": row["verdict"]} for row in rows])
    assert [bar.get_width() for bar in published.axes[0].patches] == [2, 1]


def test_a_table_becomes_a_png_of_a_page_s_width(tmp_path):
    pd.DataFrame(SCORES).to_csv(tmp_path / "scores.csv", index=False)
    image = Image.open(io.BytesIO(cover.png(tmp_path / "scores.html")))
    assert image.width == 1350
