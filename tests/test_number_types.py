"""Every metric gives the value of float64, whatever the type, layout, place and scale of points."""

import numpy as np
import pytest
from expost.features import Features
from expost.metrics import NAMES, describe
from expost.metrics.c_t import c_t
from expost.metrics.cells import assign, centres
from expost.metrics.copying_search import search
from expost.metrics.distances import euclidean
from expost.metrics.frechet import frechet
from expost.metrics.kid import kid
from expost.metrics.neighbours import nearest
from expost.metrics.scoring import score
from expost.metrics.vendi import vendi

RNG = np.random.default_rng
CENTRES = RNG(99).integers(20, 236, (5, 8))


def clusters(seed, n=150):
    """Whole numbers in 0..255 around five of them, so that all types hold them."""
    rng = RNG(seed)
    spread = np.rint(4 * rng.normal(size=(n, 8)))
    return np.clip(CENTRES[rng.integers(5, size=n)] + spread, 0, 255)


SAMPLES = [clusters(seed) for seed in range(3)]  # real, generated, training
SAMPLES[1][:40] = SAMPLES[2][:40]  # some are copies
CLASSES = [np.eye(4)[RNG(7 + seed).integers(4, size=150)] for seed in range(3)]


def scores(samples, classes=CLASSES, families=None):
    """By name and by whether the points were codes; of families where they were not, or all."""
    given = [Features(x, p) for x, p in zip(samples, classes, strict=True)]
    found = {
        False: score(*given, families=families),
        True: score(*given, codes=True),
    }
    return {(name, codes): v for codes, part in found.items() for name, v in part.items()}


@pytest.fixture(scope="module")
def wanted():
    found = scores(SAMPLES)
    of_points = {name for name in NAMES if describe(name).family != "likelihood"}
    assert {name for name, _ in found} == of_points
    return pytest.approx(found, rel=1e-9)


@pytest.mark.parametrize(
    "dtype", ["u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "g", ">i2", ">f4", ">f8"]
)
def test_whole_numbers_of_any_type(dtype, wanted):
    assert scores([x.astype(dtype) for x in SAMPLES]) == wanted


HELD = {  # what fewer types hold
    "int8": [(x - 128).clip(-128, 127).astype("i1") for x in SAMPLES],
    "float16": [x.astype("f2") for x in SAMPLES],
    "bool": [RNG(seed).random((150, 30)) < 0.5 for seed in range(3)],
    "float32 far from the origin": [(x / 7 + 1e6).astype("f4") for x in SAMPLES],
    "float16 of many digits": [RNG(seed).normal(size=(150, 5)).astype("f2") for seed in range(3)],
}


@pytest.mark.parametrize("held", HELD)
def test_what_a_type_holds_has_the_scores_of_float64(held):
    samples = HELD[held]
    found = scores(samples, [p.astype(bool) for p in CLASSES])
    assert found == pytest.approx(scores([x.astype(float) for x in samples]), rel=1e-9)


@pytest.mark.parametrize(
    "layout",
    [
        np.asfortranarray,
        lambda x: np.repeat(x, 2, axis=1)[:, ::2],
        lambda x: x[::-1].copy()[::-1],
        lambda x: np.broadcast_to(x, (1, *x.shape))[0],
    ],
    ids=["columns first", "every other column", "backwards", "read only"],
)
@pytest.mark.parametrize("dtype", ["u1", "f4", "f8"])
def test_the_layout_in_memory_is_nothing(layout, dtype, wanted):
    assert scores([layout(x.astype(dtype)) for x in SAMPLES]) == wanted


MOVED = {("frechet", False), *((name, codes) for codes in (False, True) for name in NAMES)}
MOVED -= {("kid", False), ("vendi", False)}  # of inner products, whose origin matters


@pytest.mark.parametrize("offset", [1e6, -1e9, 2.0**45])
def test_points_may_lie_anywhere(offset, wanted):
    found = scores([x + offset for x in SAMPLES])
    kept = {key: value for key, value in found.items() if key in MOVED}
    assert kept == pytest.approx({key: wanted.expected[key] for key in kept}, rel=1e-9)


@pytest.mark.parametrize("scale", [1e-300, 1e-150, 1e-60, 1e60, 1e150, 1e300])
def test_points_may_have_any_scale(scale, wanted):
    """But the moments of features, whose own scale would be a power of it."""
    found = scores(
        [scale * x for x in SAMPLES], families=["two_sample", "classes", "copying", "prd"]
    )
    found |= {key: value / scale for key, value in found.items() if key[0] == "emd"}
    assert found == pytest.approx({key: wanted.expected[key] for key in found}, rel=1e-9)


@pytest.mark.parametrize("scale", [1e-150, 1e-100, 1e100, 1e150])
def test_moments_of_any_scale(scale):
    x, y = SAMPLES[:2]
    assert frechet(scale * x, scale * y) / scale / scale == pytest.approx(frechet(x, y), rel=1e-9)
    assert vendi(scale * x) == pytest.approx(vendi(x), rel=1e-9)
    each = 10.0 ** RNG(0).integers(-300, 300, (len(x), 1))  # an image counts by its direction
    assert vendi(x / 256 * each) == pytest.approx(vendi(x), rel=1e-9)


@pytest.mark.parametrize("metric", [frechet, kid])
def test_a_value_beyond_float64_is_refused(metric):
    with pytest.raises(ValueError, match="more than float64 holds; divide the points by"):
        metric(1e200 * SAMPLES[0], 1e200 * SAMPLES[1])


@pytest.mark.parametrize("far", [1e100, 1e250])
def test_an_outlier_however_far_leaves_the_others_theirs(far):
    """Shares and ranks are those with an outlier that is far, but not extreme."""
    samples = [RNG(seed).normal(size=(100, 3)) for seed in range(3)]
    found = []
    for place in (1e30, far):
        samples[1][0] = place
        found.append(score(*map(Features, samples)))
        found[-1] |= {name: found[-1][name] / place for name in ("emd", "nearest_training")}
    assert found[1] == pytest.approx(found[0], rel=1e-9)


TYPES = ["u1", "u2", "i2", "f2", "f4", "i8"]


@pytest.mark.parametrize("dtype", TYPES)
def test_c_t_of_five_clusters_of_bytes(dtype):
    """About 0 for equal laws, and far from what copies in two of the five cells give."""
    training, real, drawn = (clusters(seed, 600).astype(dtype) for seed in (1, 2, 3))
    as_float = [x.astype(float) for x in (training, real, drawn)]
    grid = centres(as_float[0], 5)
    cells = [assign(x, grid) for x in as_float]
    assert [len(np.unique(cell)) for cell in cells] == [5, 5, 5]
    np.testing.assert_array_equal(centres(training, 5), grid)
    found = c_t(search(training, real, drawn))
    assert abs(found) < 4 * 0.45  # see the spread in test_c_t
    assert found == pytest.approx(c_t(search(*as_float)), abs=1e-12)
    copied = drawn.copy()
    for cell in (0, 1):
        rows = np.flatnonzero(cells[2] == cell)
        copied[rows] = training[np.resize(np.flatnonzero(cells[0] == cell), len(rows))]
    found = c_t(search(training, real, copied))
    assert found < -3
    assert found == pytest.approx(c_t(search(*as_float[:2], copied.astype(float))), abs=1e-12)


def test_int64_and_longer_types_are_rounded_to_float64():
    big = [(2**60 + 2**12 * x).astype("i8") for x in SAMPLES]
    assert scores(big) == pytest.approx(scores([x.astype(float) for x in big]), rel=1e-9)
    longer = SAMPLES[0].astype("g")
    longer[0, 0] = np.longdouble("1e4000")
    with pytest.raises(ValueError, match="1 of 150 vectors of the real images are not finite"):
        score(Features(longer), Features(SAMPLES[1]))


@pytest.mark.parametrize(
    ("scale", "dtype"), [(1, "u1"), (1, "i8"), (1, "f4"), (1e-200, "f8"), (1e200, "f8")]
)
def test_distances_themselves(scale, dtype):
    x, y = ((scale * z).astype(dtype) for z in SAMPLES[:2])
    wanted = np.sqrt(((SAMPLES[0][:, None] - SAMPLES[1]) ** 2).sum(axis=2))
    np.testing.assert_allclose(euclidean(x, y) / scale, wanted, rtol=1e-7)
    np.testing.assert_allclose(nearest(x, y)[1] / scale, wanted.min(axis=1), rtol=1e-7)


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_arrays_of_floats_are_not_copied(dtype):
    samples = [x.astype(dtype) for x in SAMPLES]
    found = search(*samples)
    assert all(
        x is y for x, y in zip((found.training, found.real, found.generated), samples, strict=True)
    )
