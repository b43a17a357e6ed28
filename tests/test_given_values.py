"""Draws given the values of columns: laws that every sampler keeps which can draw so."""

import numpy as np
import pandas as pd
import pytest
from expost.samplers import SAMPLERS, Vine, build, load
from scipy.stats import ks_2samp

LEVEL = 0.001  # of a two-sample test: with fixed seeds it passes or fails for good

OPTIONS = {
    "kde": {"bandwidth": 0.3},
    "gmm": {"n_components": 3},
    "real_nvp": {"steps": 2, "hidden": 4, "patience": None},
}
CAN = [
    name
    for name in SAMPLERS
    if name in ["gaussian", "independent", "kde", "gmm", "vine", "empirical_beta", "prior"]
]
CANNOT = [name for name in SAMPLERS if name not in CAN]


def fit(name, codes, **options):
    return build(name, **OPTIONS.get(name, {}) | options).fit(codes, 1)


@pytest.fixture(scope="module")
def codes():
    """600 codes on a curve, skewed, in 3 dimensions."""
    x = np.random.default_rng(0).standard_normal((600, 3))
    x[:, 1] = x[:, 0] ** 2 / 2 + 0.5 * x[:, 1]
    x[:, 2] = np.exp(x[:, 2] / 3) + 0.4 * x[:, 0]
    return x


@pytest.fixture(scope="module", params=CAN)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def fitted(name, codes):
    return fit(name, codes)


@pytest.mark.parametrize("columns", [(0,), (2,), (1, 0)])
def test_mixed_over_the_law_of_the_given_columns_draws_have_the_joint_law(fitted, columns, codes):
    """Of each coordinate, of their sums and products, and within a slice of the plane."""
    joint, given = fitted.sample(8000, 2), fitted.sample(8000, 3)
    if isinstance(fitted, Vine) and len(columns) > 1:
        fitted = fit("vine", codes, conditioning_set=list(columns))
        joint, given = fitted.sample(8000, 2), fitted.sample(8000, 3)
    drawn = fitted.sample(8000, 4, given={j: given[:, j] for j in columns})
    for j in columns:
        np.testing.assert_array_equal(drawn[:, j], given[:, j])
    looks = [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (1, 1, 0),
        (1, -1, 0),
        (1, 0, 1),
        (1, 0, -1),
        (0, 1, 1),
    ]
    for look in looks:
        assert ks_2samp(drawn @ look, joint @ look).pvalue > LEVEL, look
    for i, j in ((0, 1), (0, 2), (1, 2)):
        products = [(x[:, i] - 0.3) * (x[:, j] - 0.3) for x in (drawn, joint)]
        assert ks_2samp(*products).pvalue > LEVEL, (i, j)


def test_one_value_is_the_limit_of_a_thin_slice(name, fitted):
    """Of the joint law's own draws, those near the value; the slice is what blurs it."""
    many = fitted.sample(400_000, 2)
    slice_ = many[np.abs(many[:, 0] - 1) < 0.01]
    drawn = fitted.sample(4000, 3, given={0: 1})
    np.testing.assert_array_equal(drawn[:, 0], 1)
    assert len(slice_) > 1000
    for j in (1, 2):
        assert ks_2samp(drawn[:, j], slice_[:, j]).pvalue > LEVEL


def test_all_columns_or_none(fitted):
    drawn = fitted.sample(4, 0, given={2: 5.0, 0: [1, 2, 3, 4], 1: -1})
    np.testing.assert_array_equal(drawn, [[1, -1, 5], [2, -1, 5], [3, -1, 5], [4, -1, 5]])
    np.testing.assert_array_equal(fitted.sample(9, 0, given={}), fitted.sample(9, 0))


def test_it_is_reproducible_and_survives_saving(fitted, tmp_path):
    fitted.save(tmp_path / "sampler.npz")
    once, again = (
        s.sample(50, 7, given={1: 0.2}) for s in (fitted, load(tmp_path / "sampler.npz"))
    )
    np.testing.assert_array_equal(once, again)
    assert len(np.unique(once, axis=0)) == 50


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({3: 0.0}, r"for the column 3; wanted a number 0\.\.2"),
        ({-1: 0.0}, "for the column -1"),
        ({True: 0.0}, "for the column True"),
        ({0.0: 0.0}, "for the column 0.0"),
        ({"a": 0.0}, "for the column 'a'"),
        ({0: np.nan}, "not finite for the column 0; leave the column out"),
        ({1: [1, 2, 3, np.inf, 5]}, "not finite for the column 1"),
        (
            {0: [1, 2]},
            r"shape \(2,\) for the column 0; wanted one number, or .* the 5 draws",
        ),
        ({0: 1, np.int64(3): 1}, "for the column .*3"),
    ],
)
def test_what_cannot_be_given_is_refused(fitted, given, message):
    with pytest.raises(ValueError, match=message):
        fitted.sample(5, 0, given=given)


def test_values_must_be_numbers(fitted):
    with pytest.raises(TypeError, match="values of column 0 must be real numbers"):
        fitted.sample(5, 0, given={0: "1"})


def test_columns_go_by_the_names_of_a_data_frame(name, codes):
    frame = pd.DataFrame(codes, columns=["width", "height", "depth"])
    fitted = fit(name, frame)
    by_name = fitted.sample(
        20, 1, given={"depth": 1.2, "width": 0.1} if name != "vine" else {"depth": 1}
    )
    by_number = fitted.sample(20, 1, given={2: 1.2, 0: 0.1} if name != "vine" else {2: 1})
    np.testing.assert_array_equal(by_name, by_number)
    with pytest.raises(ValueError, match=r"names width, height, depth \(did you mean 'depth'\?\)"):
        fitted.sample(20, 1, given={"depht": 1})
    with pytest.raises(ValueError, match="one column by two names, of 'depth', 2"):
        fitted.sample(20, 1, given={"depth": 1, 2: 1})
    alike = fit(name, frame.set_axis(["width", "width", "depth"], axis=1))
    with pytest.raises(ValueError, match="'width', which 2 columns are called"):
        alike.sample(20, 1, given={"width": 1})


@pytest.mark.parametrize("name", CANNOT)
def test_others_say_which_can(name, codes):
    fitted = fit(name, codes[:50])
    for given in ({0: 1.0}, {0: 1.0, 1: 1.0, 2: 1.0}):
        with pytest.raises(TypeError, match="cannot draw given the values") as caught:
            fitted.sample(5, 0, given=given)
    assert all(can in str(caught.value) for can in CAN)
    assert not fitted.conditions()


def test_they_are_known_without_a_draw(fitted):
    assert fitted.conditions()
