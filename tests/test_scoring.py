"""Every metric of a space through `score`: names, arguments, laws and errors."""

import math
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from expost.features import Features
from expost.metrics import NAMES, prd_curve
from expost.metrics.copying_search import search
from expost.metrics.pairwise_sweep import sweep
from expost.metrics.scoring import FAMILIES, score

RNG = np.random.default_rng
TWO_SAMPLE = ["emd", "mmd", "one_nn", "precision", "recall", "density", "coverage"]
COPYING = ["c_t", "c_t_authors", "authenticity", "nearest_training"]
PRD = ["prd_precision", "prd_recall"]
LIKELIHOOD = ["held_out_likelihood", "likelihood_gap"]


def metric(name, *arguments):
    return getattr(import_module(f"expost.metrics.{name}"), name)(*arguments)


def softmax(logits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def features(seed, n=60, width=5, classes=4, shift=0.0):
    rng = RNG(seed)
    vectors = (rng.normal(size=(n, width)) + shift).astype(np.float32)
    return Features(vectors, softmax(3 * rng.normal(size=(n, classes)) + shift).astype(np.float32))


def test_a_space_has_the_metrics_it_allows():
    real, generated, training = (features(seed) for seed in range(3))
    of_images = [m for m in NAMES if m not in LIKELIHOOD]
    assert list(score(real, generated, training)) == of_images
    assert list(score(real, generated)) == [m for m in of_images if m not in COPYING]
    densities = {"held_out_log_density": np.zeros(9), "fitted_log_density": np.ones(5)}
    assert list(score(real, generated, training, log_densities=densities)) == list(NAMES)
    pixels = score(*(Features(x.vectors) for x in (real, generated, training)))
    assert list(pixels) == TWO_SAMPLE + COPYING
    assert all(type(value) is float for value in pixels.values())
    assert list(score(*(Features(x.vectors) for x in (real, generated)))) == TWO_SAMPLE
    codes = score(*(Features(x.vectors) for x in (real, generated, training)), codes=True)
    assert list(codes) == [*TWO_SAMPLE, *PRD, "kid", *COPYING, "vendi"]
    assert codes.items() >= pixels.items()  # of distances, which no space does differently


def test_families_have_the_same_values_as_all_together():
    samples = [features(seed, n=40) for seed in range(3)]
    together, apart = score(*samples), [score(*samples, families=[f]) for f in FAMILIES]
    assert {name: value for part in apart for name, value in part.items()} == together
    assert sum(map(len, apart)) == len(together)
    copying = [name for name in COPYING if name != "c_t_authors"]  # of a family of its own
    assert list(score(*samples, families=["copying", "two_sample"])) == [*TWO_SAMPLE, *copying]


@pytest.mark.parametrize(
    ("families", "unused"),
    [
        (["moments", "classes"], ["sweep", "search", "prd_curve.measure"]),
        (["copying"], ["sweep", "prd_curve.measure"]),
        (["two_sample"], ["search", "prd_curve.measure"]),
        (["prd"], ["sweep", "search"]),
    ],
)
def test_what_no_metric_needs_is_not_computed(families, unused, monkeypatch):
    for name in unused:
        monkeypatch.delattr(f"expost.metrics.scoring.{name}")
    assert score(*(features(seed, n=40) for seed in range(3)), families=families)


@pytest.mark.parametrize(
    ("families", "got"), [(["copies", "moments"], "'copies'"), ("all", "'all'")]
)
def test_unknown_families_are_refused(families, got):
    with pytest.raises(ValueError, match=f"got the families of metrics {got}; wanted a list of"):
        score(features(0), features(1), families=families)


def test_codes_get_an_origin_and_a_unit():
    real, generated = features(0, n=40), features(1, n=40, shift=0.5)
    x, y = real.vectors.astype(float), generated.vectors.astype(float)
    unit = np.sqrt(((x - x.mean(axis=0)) ** 2).mean())
    x, y = (x - x.mean(axis=0)) / unit, (y - x.mean(axis=0)) / unit
    scores = score(real, generated, codes=True)
    assert scores["kid"] == pytest.approx(metric("kid", x, y), rel=1e-6)
    y -= y.mean(axis=0)
    kernel = y @ y.T / 5 + 1
    values = np.linalg.eigvalsh(kernel / np.sqrt(np.outer(kernel.diagonal(), kernel.diagonal())))
    values = values[values > 1e-9] / 40
    assert scores["vendi"] == pytest.approx(np.exp(-(values * np.log(values)).sum()), rel=1e-6)


@pytest.mark.parametrize("d", [3, 10, 100])
def test_directions_of_codes_count_as_the_vendi_score_says(d):
    real = np.concatenate([np.eye(d), -np.eye(d)])  # spread alike in each
    found = [score(Features(real), Features(s * real), codes=True)["vendi"] for s in (1e-4, 1, 1e4)]
    assert found == pytest.approx([1, 2 * math.sqrt(d), d], rel=1e-3)


@pytest.mark.parametrize("name", ["kid", "vendi"])
def test_codes_may_be_moved_turned_and_scaled(name):
    turn = np.linalg.qr(RNG(9).normal(size=(5, 5)))[0]
    x, y = (features(seed, shift=seed / 2).vectors.astype(float) for seed in range(2))
    wanted = score(Features(x), Features(y), codes=True)[name]
    x, y = (40 * z @ turn - 300 for z in (x, y))
    assert score(Features(x), Features(y), codes=True)[name] == pytest.approx(wanted, rel=1e-6)


def test_known_samplers_of_codes():
    real, training, held_out = (features(seed, n=400).vectors for seed in range(3))
    drawn = {
        "copy": training,
        "held out": held_out,
        "shifted": held_out + 1,
        "collapsed": held_out[:1] + held_out / 1000,
        "duplicates": np.repeat(held_out[:40], 10, axis=0),
    }
    found = {
        name: score(Features(real), Features(codes), Features(training), codes=True)
        for name, codes in drawn.items()
    }
    kid, vendi = ({name: scores[m] for name, scores in found.items()} for m in ("kid", "vendi"))
    assert max(abs(kid["copy"]), abs(kid["held out"])) < 0.05  # neither sees copying
    assert vendi["copy"] == pytest.approx(vendi["held out"], rel=0.05)
    assert 0.05 < kid["duplicates"] < 1 < kid["shifted"] < kid["collapsed"]
    assert vendi["collapsed"] < 1.001 < 3 < vendi["duplicates"] < vendi["held out"] < 6
    assert vendi["shifted"] == pytest.approx(vendi["held out"])
    assert found["copy"]["c_t"] < -10 < abs(found["held out"]["c_t"]) < 4


def test_score_gives_each_metric_its_arguments():
    real, generated, training = features(0, n=30), features(1, n=30, shift=0.5), features(2, n=90)
    x, y = real.vectors, generated.vectors
    scores = score(real, generated, training)
    pairs, nearest = sweep(x, y), search(training.vectors, x, y)
    assert scores["emd"] == metric("emd", pairs.rg)
    for name in TWO_SAMPLE[1:]:
        assert scores[name] == metric(name, pairs)
    for name in COPYING:
        assert scores[name] == metric(name, nearest)
    for name in ("frechet", "kid"):
        assert scores[name] == metric(name, x, y)
    for name in PRD:
        assert scores[name] == metric(name, prd_curve.measure(x, y))
    assert scores["vendi"] == metric("vendi", y)
    assert scores["inception_score"] == metric("inception_score", generated.probabilities)


def test_a_sample_is_at_no_distance_from_itself():
    scores = score(features(0), features(0))
    for name in ("emd", "mmd", "one_nn", "frechet", "fid_softmax"):
        assert scores[name] == pytest.approx(0, abs=1e-6), name
    for name in ("precision", "recall", "coverage", *PRD):
        assert scores[name] == 1, name


def test_distances_grow_as_samples_part():
    samples = features(0, n=300), features(2, n=300)
    near, far = (score(samples[0], features(1, n=300, shift=s), samples[1]) for s in (0.1, 1.5))
    for name in ("emd", "mmd", "one_nn", "frechet", "kid", *COPYING):
        assert near[name] < far[name], name
    for name in ("precision", "recall", "density", "coverage", *PRD):
        assert near[name] > far[name], name


def test_symmetry():
    real, generated = features(0), features(1, shift=0.5)
    there, back = score(real, generated), score(generated, real)
    for name in ("emd", "one_nn", "frechet", "fid_softmax"):  # MMD: its scale is the real sample's
        assert there[name] == pytest.approx(back[name], rel=1e-9)


def test_the_order_of_images_is_nothing():
    samples = [features(seed) for seed in range(3)]
    orders = [RNG(seed).permutation(60) for seed in range(3)]
    shuffled = score(
        *(Features(x.vectors[p], x.probabilities[p]) for x, p in zip(samples, orders, strict=True))
    )
    assert shuffled == pytest.approx(score(*samples), rel=1e-9)


def test_inputs_are_left_alone():
    samples = [features(seed) for seed in range(3)]
    for part in samples:
        part.vectors.flags.writeable = part.probabilities.flags.writeable = False
    score(*samples)


@pytest.mark.parametrize("side", ["real", "generated", "training"])
def test_errors_say_which_side(side):
    def score_with(broken):
        samples = {"real": features(0), "generated": features(1), "training": features(3)}
        return score(**samples | {side: broken})

    good = features(2)
    holes = good.vectors.copy()
    holes[[3, 5], 1] = [np.nan, np.inf]
    with pytest.raises(ValueError, match=f"2 of 60 vectors of the {side} images are not finite"):
        score_with(Features(holes, good.probabilities))
    with pytest.raises(ValueError, match=rf"the {side} images must have shape .* got \(1, 5\)"):
        score_with(features(2, n=1))
    with pytest.raises(ValueError, match=f"probabilities of the {side} images must .* logits"):
        score_with(Features(good.vectors, 2 * good.probabilities))
    with pytest.raises(ValueError, match=f"59 probabilities of the {side} images, wanted 60"):
        score_with(Features(good.vectors, good.probabilities[1:]))
    codes = {"real": Features(holes), "generated": Features(holes[:9]), "training": Features(holes)}
    with pytest.raises(ValueError, match=r"vectors of the real codes are not.* at the real codes"):
        score(**codes, codes=True)
    codes |= dict.fromkeys(codes, Features(good.vectors)) | {
        side: Features(good.vectors.astype(str))
    }
    with pytest.raises(TypeError, match=f"vectors of the {side} codes must be real numbers"):
        score(**codes, codes=True)


def test_one_space_for_both():
    with pytest.raises(ValueError, match="one space"):
        score(features(0, width=5), features(1, width=6))
    with pytest.raises(ValueError, match="one space"):
        score(features(0), Features(features(1).vectors))
    with pytest.raises(ValueError, match="training features have width 6, real ones 5"):
        score(features(0), features(1), features(2, width=6))
    with pytest.raises(ValueError, match="equal size, got 60 real and 50 generated"):
        score(features(0), features(1, n=50))


def test_scoring_starts_fast():
    """A score job loads no torch, scikit-learn or SciPy's statistics."""
    library = Path(__file__).parents[1] / "workflow"
    code = (
        "import sys, numpy, expost.metrics.scoring as m, expost.features as f\n"
        "x = f.build('pixels')(numpy.arange(36, dtype='u1').reshape(9, 1, 2, 2))\n"
        "t = f.Features(x.vectors + 1)\n"
        "m.score(x, x, t), m.score(*[f.Features(x.vectors, numpy.eye(9))] * 2, t)\n"
        "print({'torch', 'sklearn', 'scipy.stats'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=library, capture_output=True, text=True)
    assert run.stdout == "set()\n", run.stderr
