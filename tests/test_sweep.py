"""The figure of metrics against a setting: where its lines lead, and what lies across."""

import itertools

import numpy as np
import pandas as pd
import pytest
from expost.figures import methods, sweep, sweep_lines
from expost.stats.intervals import t_half_width
from expost.study.turns import Turn
from matplotlib.colors import to_hex

BETA = Turn("digits", "vae", "options.beta", (4, 0.1, 1), ("vae-beta-4", "vae-beta-0.1", "vae"))
LATENT = [
    Turn("digits", name, "latent", (2, 4), (f"{name}-latent-2", name)) for name in ("vae", "ae")
]


def tidy(turns=(BETA,), drawn=("reconstruction", "prior"), seeds=3, spaces=("classifier",)):
    """Scores of all methods, of which no two are the same, and of two controls on `ae`."""
    names = dict.fromkeys(name for turn in turns for name in turn.names)
    pairs = [*itertools.product(names, drawn), ("ae", "copy"), ("ae", "held_out")]
    rows = [
        ("digits", *pair, 40, 800, seed, space, metric)
        for pair, seed, space in itertools.product(pairs, range(seeds), spaces)
        for metric in ("frechet", "emd")
    ]
    columns = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(value=1 + np.random.default_rng(0).random(len(table)))


def over_seeds(scores, autoencoder, sampler, metric="frechet"):
    of = (scores["autoencoder"] == autoencoder) & (scores["sampler"] == sampler)
    values = scores.loc[of & (scores["metric"] == metric), "value"]
    return values.mean(), t_half_width(values.std(), len(values))


def look(line):
    return to_hex(line.get_color()), line.get_linestyle(), line.get_marker()


def drawn(figure, panel=0):
    """Name in the legend -> points of the one line that looks so."""
    legend, found = figure.legends[0], {}
    for text, handle in zip(legend.get_texts(), legend.get_lines(), strict=True):
        alike = [line for line in figure.axes[panel].lines if look(line) == look(handle)]
        (found[text.get_text()],) = [line.get_xydata() for line in alike]
    return found


def test_lines_lead_through_means_in_the_order_of_values():
    scores = tidy()
    found = drawn(sweep.sweep(scores, [BETA]))
    assert list(found) == ["Prior", "Reconstr.", "Copies", "Held out"]
    for name, sampler in (("Prior", "prior"), ("Reconstr.", "reconstruction")):
        means = [over_seeds(scores, f"vae{v}", sampler)[0] for v in ("-beta-0.1", "", "-beta-4")]
        np.testing.assert_allclose(found[name], np.transpose([(0.1, 1, 4), means]))
    for name, sampler in (("Copies", "copy"), ("Held out", "held_out")):
        np.testing.assert_allclose(found[name][:, 1], over_seeds(scores, "ae", sampler)[0])


def test_what_shows_originals_on_the_turned_autoencoder_lies_across_too():
    scores = tidy()
    own = scores["autoencoder"].replace("ae", "vae")
    for of in (scores, scores.assign(autoencoder=own)):
        found = sweep_lines.ways(of, [BETA])
        assert [(way.sampler, way.places) for way in found] == [
            *(("prior", BETA.values), ("reconstruction", BETA.values)),
            *(("copy", ()), ("held_out", ())),
        ]


def test_bars_are_intervals_within_the_panel():
    scores = tidy()
    panel = sweep.sweep(scores, [BETA]).axes[0]
    bars = [bar for part in panel.collections for bar in part.get_segments()]
    lowest, highest = panel.get_ylim()
    wanted = []
    for sampler in ("prior", "reconstruction"):
        for x, name in ((0.1, "vae-beta-0.1"), (1, "vae"), (4, "vae-beta-4")):
            mean, half = over_seeds(scores, name, sampler)
            wanted += [(x, max(mean - half, lowest)), (x, min(mean + half, highest))]
    np.testing.assert_allclose(np.concatenate(bars), wanted)


def test_bars_of_two_seeds_go_from_one_to_the_other():
    scores = tidy(seeds=2)
    panel = sweep.sweep(scores, [BETA]).axes[0]
    bars = np.array([bar[:, 1] for part in panel.collections for bar in part.get_segments()])
    values = scores[scores["autoencoder"].isin(BETA.names) & (scores["metric"] == "frechet")]
    found = values.groupby(["autoencoder", "sampler"])["value"].agg(["min", "max"]).to_numpy()
    found = np.clip(found, *panel.get_ylim())
    np.testing.assert_allclose(np.sort(bars, axis=0), np.sort(found, axis=0))


@pytest.mark.parametrize(
    ("seeds", "told"),
    [(1, "One seed"), (2, "Bars: from one seed"), (3, "t-intervals over 3 seeds")],
)
def test_a_figure_says_how_sure_it_is(seeds, told):
    figure = sweep.sweep(tidy(seeds=seeds), [BETA])
    assert any(told in text.get_text() for text in figure.texts)
    assert sum(len(part.get_segments()) for part in figure.axes[0].collections) == (seeds > 1) * 6


@pytest.mark.parametrize(
    ("values", "scale"),
    [((1, 4, 0.1), "log"), ((2, 4, 8), "linear"), ((0, 0.1, 4), "symlog"), ((0, 1, 2), "linear")],
)
def test_ticks_stand_at_the_values_on_an_axis_that_has_room_for_them(values, scale):
    panel = sweep.sweep(tidy(), [BETA._replace(values=values)]).axes[0]
    assert panel.get_xscale() == scale
    np.testing.assert_allclose(panel.get_xticks(), sorted(values))
    places = panel.transAxes.inverted().transform(
        panel.transData.transform([(value, 1) for value in sorted(values)])
    )[:, 0]
    assert min(np.diff(places)) > 0.1


def test_several_autoencoders_have_a_colour_each_and_samplers_a_line_each():
    scores = tidy(LATENT)
    figure = sweep.sweep(scores, LATENT)
    found = drawn(figure)
    lines = ["vae: Prior", "vae: Reconstr.", "ae: Prior", "ae: Reconstr."]
    assert list(found) == [*lines, "Copies", "Held out"]
    for name in ("vae", "ae"):
        means = [over_seeds(scores, own, "prior")[0] for own in (f"{name}-latent-2", name)]
        np.testing.assert_allclose(found[f"{name}: Prior"], np.transpose([(2, 4), means]))
    looks = [look(handle) for handle in figure.legends[0].get_lines()[:4]]
    assert looks[0][0] == looks[1][0] != looks[2][0] == looks[3][0]
    assert looks[0][1:] == looks[2][1:] != looks[1][1:] == looks[3][1:]


def test_the_intrinsic_dimension_lies_across_the_lengths_of_codes():
    found = {"method": ["two_nn", "levina_bickel"], "items": [900, 900]}
    found = pd.DataFrame(found | {"value": [2.5, 3.04], "half_width": [0.25, 0.1]})
    plain, figure = (
        sweep.sweep(tidy(LATENT), LATENT),
        sweep.sweep(tidy(LATENT), LATENT, dimensions=found),
    )
    (panel,) = figure.axes
    bands = [patch.get_x() + np.array([0, patch.get_width()]) for patch in panel.patches]
    np.testing.assert_allclose(bands, [(2.25, 2.75), (2.94, 3.14)])
    assert panel.get_xlim() == plain.axes[0].get_xlim()
    told = " ".join(text.get_text() for text in figure.texts[::-1])
    assert "900 items, 2.5 ± 0.2 by two neighbours, 3.0 ± 0.1 by 20" in told


def test_panels_are_metrics_in_spaces_as_asked_for():
    (panel,) = sweep.sweep(tidy(), [BETA]).axes
    assert panel.get_title() == "Fréchet distance ↓, classifier features"
    asked = {"features": ["frechet", "emd"], "pixels": ["emd"], "codes": ["kid"]}
    figure = sweep.sweep(tidy(spaces=("classifier", "pixels")), [BETA], asked, "The weight")
    titles = ["Fréchet distance ↓", "EMD ↓", "EMD ↓"]
    assert [axes.get_title() for axes in figure.axes] == titles
    texts = {text.get_text() for text in figure.texts}
    assert {"Classifier features", "Pixels", "The weight", "Not scored: KID in codes"} <= texts
    (panel,) = sweep.sweep(tidy(spaces=("vectors",)), [BETA]).axes
    assert panel.get_title() == "EMD ↓, vectors"


@pytest.mark.parametrize("title", [r"$\bad$", r"a \% of $x_{$", "$x$"])
def test_what_stands_below_is_no_formula(title):
    figure = sweep.sweep(tidy(), [BETA], title=title)
    figure.canvas.draw()
    (text,) = [text for text in figure.texts if text.get_text() == title]
    assert not text.get_parse_math()


@pytest.mark.parametrize(
    ("change", "turns", "message"),
    [
        (lambda t: t.assign(epoch=t["seed"]), [BETA], "the epochs 0, 1, 2; a sweep wants one"),
        (lambda t: t, [], "got no setting; a sweep wants one"),
        (lambda t: t, [BETA, *LATENT], "got options.beta, latent; a sweep wants one"),
        (lambda t: t[t["metric"] == "emd"], [BETA], "no scores of the usual metrics"),
        (lambda t: t.iloc[:0], [BETA], "no rows"),
    ],
)
def test_scores_that_say_nothing_or_too_much_are_refused(change, turns, message):
    with pytest.raises(ValueError, match=message):
        sweep.sweep(change(tidy()), turns)


def test_every_autoencoder_of_a_table_of_eight_has_a_colour():
    assert len(set(sweep_lines.COLOURS)) == len(sweep_lines.COLOURS) >= 8
    assert methods.METHODS["held_out"].colour not in sweep_lines.COLOURS
