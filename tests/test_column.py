"""Figures go into a paper as they are: a column wide, with letters that can be read."""

import re

import numpy as np
import pandas as pd
import pytest
from curve_scores import METHODS, tidy
from expost.figures import (
    curves,
    gallery,
    interpolation,
    methods,
    nearest_neighbours,
    style,
    sweep,
    timing_curves,
    trade_off,
    tsne,
    vine_trees,
)
from expost.study.option_sweeps import Line
from expost.study.turns import Turn
from matplotlib.text import Text
from printed import letters, smallest, width

LEAST = 6.0  # points
RNG = np.random.default_rng(0)


def images(n, side=28, colours=1):
    return RNG.integers(0, 256, (n, colours, side, side), dtype=np.uint8)


def costs():
    rows = [
        (name, d, n, phase, 1e-6 * d * n, False)
        for name in ("gaussian", "kde", "vine", "real_nvp")
        for d in (10, 100)
        for n in (500, 8000, 60000)
        for phase in timing_curves.PHASES
    ]
    columns = ["sampler", "dimension", "size", "phase", "seconds", "busy"]
    return pd.DataFrame(rows, columns=columns)


def panels(n):
    points = [RNG.normal(size=(30, 2)) for _ in range(3)]
    return {
        methods.method("ae", name).label: tsne.Panel(*points, "#0072B2") for _, name in METHODS[:n]
    }


def rows(side, colours):
    labels = ["Vine copula, 8 with margins of not Eyeglasses", "Independent, with margins of not 3"]
    return {label: images(10, side, colours) for label in labels}


def ways(side):
    return interpolation.Lines(images(5, side), np.stack([images(10, side)] * 5), images(5, side))


BETAS = [1e-6, 0.009, 0.01, 0.312, 1, 10, 1000]
BETA = Turn("digits", "vae", "options.beta", tuple(BETAS), tuple(f"vae-beta-{b}" for b in BETAS))
TURNED = [(name, s) for name in BETA.names for s in ("reconstruction", "prior", "gmm")]
TURNED += [("ae", "copy"), ("ae", "held_out")]

COLUMN = {
    "curves": lambda: curves.metrics_over_epochs(tidy()),
    "curves, one seed": lambda: curves.metrics_over_epochs(tidy(seeds=1)),
    "curves, everything": lambda: curves.metrics_over_epochs(tidy(), shown="all"),
    "curves, apart": lambda: curves.metrics_over_sample_size(
        tidy(epochs=(5,), sizes=(100, 60000)), apart=True
    ),
    "curves, one panel": lambda: curves.metrics_over_epochs(tidy(), shown={"codes": ["emd"]}),
    "curves, decades": lambda: curves.metrics_over_epochs(
        tidy().assign(value=lambda t: 10.0 ** (20 * t["value"] - 20))
    ),
    "trade-off": lambda: trade_off.trade_off(
        tidy(epochs=(5,), spaces=("codes", "classifier")),
        [Line("ae", "kde", "bandwidth", (0.5, None), ("kde-bandwidth-0.5", "kde"))],
    ),
    "sweep": lambda: sweep.sweep(tidy(TURNED, epochs=(5,)), [BETA]),
    "sweep, everything": lambda: sweep.sweep(tidy(TURNED, epochs=(5,)), [BETA], "all", 9 * "beta "),
    "cost": lambda: timing_curves.cost_over_sample_size(costs()),
    "cost, busy": lambda: timing_curves.cost_over_sample_size(costs().assign(busy=True)),
    "t-SNE": lambda: tsne.tsne(panels(8)),
    "t-SNE, one panel": lambda: tsne.tsne(panels(1)),
    "gallery": lambda: gallery.sample_grid(rows(28, 1)),
    "gallery of small images": lambda: gallery.sample_grid(rows(16, 1)),
    "gallery of faces": lambda: gallery.sample_grid(rows(64, 3), rows(64, 3)),
    "interpolation": lambda: interpolation.interpolation({"Autoencoder": ways(28)}),
    "interpolation of faces": lambda: interpolation.interpolation({"Autoencoder": ways(64)}),
}


def neighbours():
    one = nearest_neighbours.Neighbours(images(6, 32), images(6, 32), images(6, 32), RNG.random(6))
    return nearest_neighbours.nearest_neighbours(dict.fromkeys(("Vine copula", "KDE", "EBC"), one))


def trees():
    tree = [{"conditioned": [i, i + 1], "conditioning": [], "tau": 0.5} for i in range(1, 4)]
    return vine_trees.vine_trees([tree])


PAGE = {"neighbours": neighbours, "vine trees": trees}


NAMED = [("ae", "empirical_beta-degree-auto"), ("vae", "real_nvp-learning_rate-0.00001")]
NAMED += [("an_autoencoder_of_a_long_name", "a_sampler_whose_name_is_rather_long")]
LONG = {
    "curves": lambda: curves.metrics_over_epochs(tidy(NAMED)),
    "curves, apart": lambda: curves.metrics_over_epochs(tidy(NAMED), apart=True),
    "sweep": lambda: sweep.sweep(
        tidy([*TURNED, *NAMED], epochs=(5,)), [BETA], {"features": ["frechet", "c_t"]}, 9 * "beta "
    ),
    "cost": lambda: timing_curves.cost_over_sample_size(
        costs().replace({"sampler": {"kde": NAMED[2][1], "vine": NAMED[1][1]}})
    ),
    "gallery": lambda: gallery.sample_grid(
        {f"Vine copula, near Taraxacum officinale or a name as long {i}": images(10) for i in "abc"}
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_long_names_are_whole_in_the_figure_and_cover_no_other(name):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = LONG[name]()
    FigureCanvasAgg(figure).draw()
    texts = [text for text in figure.findobj(Text) if re.search("[A-Za-z]{3}", text.get_text())]
    boxes = [text.get_window_extent() for text in texts]
    assert len(boxes) > 2
    for i, box in enumerate(boxes):
        assert box.x0 > -1, texts[i]
        assert box.x1 < figure.bbox.width + 1, texts[i]
        for j, other in enumerate(boxes[:i]):
            wide = min(box.x1, other.x1) - max(box.x0, other.x0)
            high = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert min(wide, high) < 2, (texts[i], texts[j])


def printed(figure, folder):
    style.save(figure, folder / "a.pdf")
    return (folder / "a.pdf").read_bytes()


@pytest.mark.parametrize("name", COLUMN)
def test_letters_are_large_enough_in_a_column(name, tmp_path):
    pdf = printed(COLUMN[name](), tmp_path)
    assert letters(pdf)
    assert width(pdf) <= style.COLUMN + 1e-3
    assert smallest(pdf, style.COLUMN) >= LEAST


@pytest.mark.parametrize("name", PAGE)
def test_letters_are_large_enough_across_a_page(name, tmp_path):
    pdf = printed(PAGE[name](), tmp_path)
    assert width(pdf) <= style.PAGE + 1e-3
    assert smallest(pdf, style.PAGE) >= LEAST


def test_letters_that_are_too_small_are_found(tmp_path):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.5, 2))
    figure.text(0.5, 0.5, "a", fontsize=8)
    figure.text(0.5, 0.5, "$n^2$", fontsize=14)
    pdf = printed(figure, tmp_path)
    assert width(pdf) == 6.5
    assert smallest(pdf, style.COLUMN) == pytest.approx(4, abs=0.1)
    assert sorted(round(size, 1) for size in letters(pdf)) == [8.0, 9.8, 14.0]  # a power, too


def test_every_figure_of_a_run_has_letters_that_are_large_enough(smoke):
    found = {pdf.parent.name: pdf for pdf in (smoke / "results/figures").glob("*/*.pdf")}
    assert len(found) > 8
    across = {"nearest_neighbours", "vine_trees", *(f"rae_figure{i}" for i in range(3, 7))}
    small = {}
    for name, path in found.items():
        pdf, inches = path.read_bytes(), style.PAGE if name in across else style.COLUMN
        if smallest(pdf, inches) < LEAST or width(pdf) > inches + 1e-3:
            small[name] = width(pdf), smallest(pdf, inches)
    assert not small
