"""Controls that show existing rows: which, how often, and whether codes follow."""

import numpy as np
import pytest
from expost.samplers import build

CODES = np.random.default_rng(0).standard_normal((10, 2))


@pytest.fixture(params=["reconstruction", "copy", "held_out"])
def fitted(request):
    return build(request.param).fit(CODES)


def test_samples_are_the_codes_of_the_rows(fitted):
    rows = fitted.sample_rows(25, 3)
    assert rows.dtype == np.int64
    np.testing.assert_array_equal(fitted.sample(25, 3), CODES[rows])


def test_rows_are_used_up_before_any_comes_again(fitted):
    rows = fitted.sample_rows(25, 3)
    for whole in (rows[:10], rows[10:20]):
        assert sorted(whole) == list(range(10))
    assert len(set(rows[20:])) == 5
    assert not np.array_equal(rows[:10], rows[10:20])


def test_every_row_comes_first_equally_often(fitted):
    rng = np.random.default_rng(0)
    first = [fitted.sample_rows(1, rng)[0] for _ in range(5000)]
    assert np.abs(np.bincount(first, minlength=10) - 500).max() < 4 * np.sqrt(450)


@pytest.mark.parametrize(("n", "error"), [(0, ValueError), (1.5, TypeError)])
def test_rows_are_counted(fitted, n, error):
    with pytest.raises(error):
        fitted.sample_rows(n)
    with pytest.raises(RuntimeError, match="must be fitted first"):
        type(fitted)().sample_rows(3)


def test_given_rows_are_the_only_ones_and_each_comes_before_any_comes_again(fitted):
    rows = fitted.sample_rows(7, 3, given=[2, 5, 9])
    assert sorted(rows[:3]) == sorted(rows[3:6]) == [2, 5, 9]
    mask = np.isin(np.arange(10), [2, 5, 9])
    np.testing.assert_array_equal(rows, fitted.sample_rows(7, 3, given=mask))
    np.testing.assert_array_equal(
        fitted.sample_rows(25, 3), fitted.sample_rows(25, 3, given=np.arange(10))
    )
    with pytest.raises(ValueError, match="names no row"):
        fitted.sample_rows(7, 3, given=[])
