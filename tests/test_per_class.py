"""Fits of each class alone: each is the sampler's own, and they are told apart by labels only."""

import numpy as np
import pandas as pd
import pytest
from expost import GMM, KDE, Gaussian, PerClass, load
from expost.samplers import SAMPLERS, build
from quick_samplers import brief
from sklearn.base import clone

OPTIONS = {"kde": {"bandwidth": 0.3}, "gmm": {"n_components": 3}}


@pytest.fixture(scope="module")
def codes():
    x = np.random.default_rng(0).standard_normal((300, 2))
    x[:, 1] += x[:, 0] / 2
    return x + 20 * np.repeat(np.arange(3), [150, 100, 50])[:, None]


@pytest.fixture(scope="module")
def by():
    return np.repeat(["cat", "dog", "ant"], [150, 100, 50])


def of(name):
    return build(name, **OPTIONS.get(name, brief(name)))


@pytest.mark.parametrize("name", SAMPLERS)
def test_each_class_is_the_samplers_own_fit_to_its_codes(name, codes, by, tmp_path):
    order = np.random.default_rng(1).permutation(300)
    both = PerClass(of(name)).fit(codes[order], 5, by=by[order])
    both.save(tmp_path / "both.npz")
    loaded = PerClass.load(tmp_path / "both.npz")
    assert list(both.classes_) == ["ant", "cat", "dog"]
    assert list(both.counts_) == [50, 150, 100]
    rng = np.random.default_rng(5)
    for label in both.classes_:
        alone = of(name).fit(codes[order][by[order] == label], rng)
        for sampler in (both, loaded):
            drawn = sampler.sample(30, 7, given_class=label)
            np.testing.assert_array_equal(drawn, alone.sample(30, np.random.default_rng(7)))


def test_of_all_classes_each_comes_as_often_as_among_the_codes(codes, by):
    fitted = PerClass(Gaussian()).fit(codes, by=by)
    drawn, labels = fitted.sample(20_000, 3), fitted.sample_labels(20_000, 3)
    nearest = np.array(["cat", "dog", "ant"])[(drawn[:, 0] / 20).round().astype(int)]
    np.testing.assert_array_equal(nearest, labels)
    for label, count in zip(*np.unique(labels, return_counts=True), strict=True):
        assert count / 20_000 == pytest.approx((by == label).mean(), abs=0.015)


def test_density_is_the_mixture_of_the_classes(codes, by):
    fitted = PerClass(Gaussian()).fit(codes, by=by)
    points = fitted.sample(50, 0)
    mixture = sum(
        np.exp(fitted.score_samples(points, given_class=label)) * (by == label).mean()
        for label in fitted.classes_
    )
    np.testing.assert_allclose(np.exp(fitted.score_samples(points)), mixture)
    alone = Gaussian().fit(codes[by == "dog"]).score_samples(points)
    np.testing.assert_array_equal(fitted.score_samples(points, given_class="dog"), alone)
    with pytest.raises(TypeError, match="Copy has no density"):
        PerClass("copy").fit(codes, by=by).score_samples(points)


def test_a_class_for_each_draw_and_values_beside_it(codes, by):
    frame = pd.DataFrame(codes, columns=["x", "y"])
    fitted = PerClass("gaussian").fit(frame, by=pd.Series(by))
    wanted = np.tile(["dog", "cat"], 200)
    y = np.where(wanted == "dog", 21.0, 1.0)
    drawn = fitted.sample(400, 0, given_class=wanted, given={"y": y})
    np.testing.assert_array_equal(drawn[:, 1], y)
    for label, mean in (("dog", 20), ("cat", 0)):
        assert drawn[wanted == label, 0].mean() == pytest.approx(mean + 0.4, abs=0.25)


@pytest.mark.parametrize("labels", [[1, 0], [True, False], ["b", "a"]])
def test_labels_may_be_numbers_truth_values_or_texts(labels, codes, tmp_path):
    by = np.repeat(labels, [150, 150])
    for given in (by, list(by), pd.Series(list(by))):
        fitted = PerClass("gaussian").fit(codes, by=given)
        fitted.save(tmp_path / "s.npz")
        drawn = load(tmp_path / "s.npz").sample(9, 0, given_class=labels[0])
        np.testing.assert_array_equal(drawn, Gaussian().fit(codes[:150]).sample(9, 0))


def test_options_survive_a_clone_and_a_file(codes, by, tmp_path):
    sampler = PerClass(GMM(n_components=2, scale="standardise"))
    copy = clone(sampler)
    assert copy.of is not sampler.of
    copy.fit(codes, 0, by=by).save(tmp_path / "s.npz")
    assert repr(load(tmp_path / "s.npz")) == repr(sampler) == repr(copy)
    assert not hasattr(sampler.of, "means_")
    assert PerClass("kde").get_params() == {"of": "kde"}


def test_a_second_fit_forgets_the_first(codes, by):
    sampler = PerClass("gaussian").fit(codes, by=by)
    sampler.fit(codes, by=by == "dog")
    assert {name for name in vars(sampler) if name.startswith("class2")} == set()
    with pytest.raises(ValueError, match="given_class 'dog'; fitted were False, True"):
        sampler.sample(5, 0, given_class="dog")


def test_a_class_with_too_few_codes_is_named(codes, by):
    labels = by.copy()
    labels[:2] = "bee"
    with pytest.raises(ValueError, match=r"class 'bee', of 2 codes: too few codes: GMM got 2"):
        PerClass(GMM(n_components=3)).fit(codes, by=labels)
    flat = codes.copy()
    flat[by == "dog", 1] = 4
    with pytest.raises(ValueError, match=r"class 'dog', of 100 codes: 1 of 2 columns .* constant"):
        PerClass(KDE(bandwidth=1)).fit(flat, by=by)
    assert not hasattr(PerClass(), "classes_")


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        (["cat"] * 3, ValueError, r"labels of shape \(3,\) for 300 codes; wanted one of each"),
        ("cat", ValueError, "wanted one|labels"),
        (np.full(300, 1.5), TypeError, "labels with a point; wanted whole numbers"),
        ([None, "cat"] * 150, TypeError, r"neither all texts nor all numbers \(NoneType, str\)"),
        (["cat", 1] * 150, TypeError, r"\(int, str\); wanted whole numbers, texts or truth values"),
        (pd.Series(["cat", None] * 150), TypeError, "of one type and none missing"),
        (None, TypeError, r"\(NoneType\)"),
        (pd.Series([1, None] * 150, dtype="Int64"), ValueError, "150 of 300 labels .* missing"),
    ],
)
def test_labels_that_are_none_are_refused(labels, error, message, codes):
    with pytest.raises(error, match=message):
        PerClass("gaussian").fit(codes, by=labels)


def test_what_cannot_be_asked_for_is_refused(codes, by):
    fitted = PerClass("gaussian").fit(codes, by=by)
    with pytest.raises(ValueError, match=r"given_class 'cta'; .* \(did you mean 'cat'\?\)"):
        fitted.sample(5, 0, given_class="cta")
    numbered = PerClass("gaussian").fit(codes, by=np.arange(300) % 2)
    with pytest.raises(ValueError, match="given_class '1'; fitted were 0, 1$"):
        numbered.sample(5, 0, given_class="1")
    with pytest.raises(ValueError, match=r"labels of shape \(2,\)"):
        fitted.sample(5, 0, given_class=["cat", "dog"])
    for given in ({0: 1.0}, [0, 1]):
        with pytest.raises(ValueError, match="a `given_class` beside it"):
            fitted.sample(5, 0, given=given)
    for wrong in ("gausian", 3, PerClass(), None, Gaussian):
        with pytest.raises(ValueError, match="got of .*; wanted a sampler"):
            PerClass(wrong)
    with pytest.raises(RuntimeError, match="PerClass must be fitted first"):
        PerClass().sample(5)
    with pytest.raises(ValueError, match=r"too few|2 of 600 code values are not finite"):
        fitted.fit(np.where(codes == codes[3], np.nan, codes), by=by)
