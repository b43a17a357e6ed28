"""The decomposition of two-way tables: sums of squares, unbiased shares, tests and intervals."""

import itertools

import numpy as np
import pandas as pd
import pytest
from expost.stats import crossed, two_way
from scipy import stats

ROWS = np.array([1.0, -3, 0.5, 1.5])[:, None]  # sums to 0
COLUMNS = np.array([2.0, -1, -1])
BOTH = np.array([[1.0, -1, 0], [-1, 1, 0], [2, 0, -2], [-2, 0, 2]])  # likewise each way


def noise(seeds=3, rows=4, columns=3, seed=0):
    return np.random.default_rng(seed).normal(size=(seeds, rows, columns))


def by_hand(values):
    """Sums of squares by loops over all numbers, from the definition of each mean."""
    n, a, b = values.shape
    cells = list(itertools.product(range(n), range(a), range(b)))

    def mean(**fixed):
        found = [
            values[cell]
            for cell in cells
            if all(cell["kij".index(axis)] == at for axis, at in fixed.items())
        ]
        return sum(found) / len(found)

    m, squares = mean(), dict.fromkeys(["i", "j", "ij", "k", "ki", "kj", "kij"], 0.0)
    for k, i, j in cells:
        row, column, seed = mean(i=i) - m, mean(j=j) - m, mean(k=k) - m
        both = mean(i=i, j=j) - m - row - column
        training, draws = mean(k=k, i=i) - m - seed - row, mean(k=k, j=j) - m - seed - column
        rest = values[k, i, j] - m - row - column - seed - both - training - draws
        for name, part in zip(
            squares, (row, column, both, seed, training, draws, rest), strict=True
        ):
            squares[name] += part**2
    return squares


def test_sums_of_squares_shares_and_f_are_those_of_loops_over_all_numbers():
    values = noise() + ROWS + 0.3 * BOTH
    found, squares, (n, a, b) = two_way.decompose(values), by_hand(values), values.shape
    total = sum(squares.values())
    assert total == pytest.approx(((values - values.mean()) ** 2).sum())
    whole = total + squares["k"] / (n - 1)
    degrees = {"rows": ("i", a - 1), "columns": ("j", b - 1), "both": ("ij", (a - 1) * (b - 1))}
    for name, (axes, freedom) in degrees.items():
        effect, error = found.effects[name], squares["k" + axes] / freedom / (n - 1)
        assert effect.squares == pytest.approx(squares[axes])
        assert effect.error_squares == pytest.approx(squares["k" + axes])
        assert (effect.freedom, effect.error_freedom) == (freedom, freedom * (n - 1))
        f = squares[axes] / freedom / error
        assert effect.f == pytest.approx(f)
        assert effect.p == pytest.approx(stats.f.sf(f, freedom, freedom * (n - 1)))
        cautious = max(effect.p, stats.f.sf(f, 1, n - 1))
        assert effect.cautious_p == pytest.approx(cautious)
        assert found.eta[name] == pytest.approx(squares[axes] / total)
        assert found.omega[name] == pytest.approx((squares[axes] - freedom * error) / whole)
    assert sum(found.eta.values()) == pytest.approx(1)
    assert sum(found.omega.values()) == pytest.approx(1)
    assert found.lead == pytest.approx(found.omega["rows"] - found.omega["columns"])


def test_two_columns_are_tested_as_paired_differences_are():
    """A factor of two levels in blocks: F is the square of t of the differences seed by seed."""
    values = noise(seeds=6, columns=2)
    per_seed = values.mean(axis=1)
    t = stats.ttest_rel(per_seed[:, 0], per_seed[:, 1])
    columns = two_way.decompose(values).effects["columns"]
    assert columns.f == pytest.approx(t.statistic**2)
    assert columns.p == pytest.approx(t.pvalue)
    assert columns.cautious_p == pytest.approx(t.pvalue)  # two levels have one difference


@pytest.mark.parametrize(
    ("effect", "name"),
    [(ROWS + 0 * COLUMNS, "rows"), (COLUMNS + 0 * ROWS, "columns"), (BOTH, "both")],
)
def test_a_pure_effect_has_all_of_the_variance(effect, name):
    found = two_way.decompose(np.stack([effect] * 3) + 7)
    for shares in (found.eta, found.omega):
        for part, share in shares.items():
            assert share == pytest.approx(float(part == name), abs=1e-12)
    assert found.half_width[name] == pytest.approx(0, abs=1e-9)
    assert found.effects[name].p < 1e-9


def test_an_additive_table_has_the_shares_of_its_effects():
    found = two_way.decompose(np.stack([ROWS + COLUMNS] * 3))
    rows, columns = np.mean(ROWS**2), np.mean(COLUMNS**2)
    assert found.omega["rows"] == pytest.approx(rows / (rows + columns))
    assert found.omega["columns"] == pytest.approx(columns / (rows + columns))
    assert found.lead == pytest.approx((rows - columns) / (rows + columns))


def test_seeds_that_move_all_scores_alike_are_chance_and_hide_nothing():
    shifts = np.array([0.0, 5, -5])[:, None, None]
    found = two_way.decompose(ROWS + COLUMNS + shifts)
    effects, chance = np.mean(ROWS**2) + np.mean(COLUMNS**2), shifts.var(ddof=1)
    assert found.omega["seeds"] == pytest.approx(chance / (effects + chance))
    assert found.effects["rows"].p < 1e-9


def simulated(luck, rows, columns, repeats, seeds=3, shape=(8, 7)):
    """Decompositions of tables whose trainings, draws and rest have the spreads `luck`."""
    rng, effects = np.random.default_rng(5), rows + columns
    for _ in range(repeats):
        parts = ((seeds, 1, 1), (seeds, shape[0], 1), (seeds, 1, shape[1]), (seeds, *shape))
        chance = sum(
            spread * rng.normal(size=size) for spread, size in zip(luck, parts, strict=True)
        )
        yield two_way.decompose(effects + chance)


@pytest.mark.parametrize("luck", [(0.3, 0, 0, 1), (1, 2, 0, 0.5), (0.2, 1, 1, 1)])
def test_without_effects_one_in_twenty_is_significant_whatever_is_shared(luck):
    """Of 600 such tests 30 are, give or take 5.3; with the rest as the only error far more."""
    found = list(simulated(luck, 0, 0, 600))
    for name in two_way.EFFECTS:
        rejected = sum(one.effects[name].p < 0.05 for one in found)
        assert 30 - 4.5 * 5.3 < rejected < 30 + 4.5 * 5.3
        assert sum(one.effects[name].cautious_p < 0.05 for one in found) < 30
    for part in two_way.EFFECTS:  # unbiased: 0 on average, where eta is far above
        shares = [one.omega[part] for one in found]
        assert abs(np.mean(shares)) < 4.5 * np.std(shares) / np.sqrt(len(shares))
    assert np.mean([one.eta["both"] for one in found]) > 0.01


@pytest.mark.parametrize("luck", [(0.1, 0.3, 0.1, 0.3), (0.05, 0.1, 0.05, 0.1)])
def test_intervals_of_three_seeds_hold_the_truth_about_as_often_as_they_say(luck):
    rows, columns = np.linspace(-2, 2, 8)[:, None], np.linspace(-1, 1, 7)
    truth = rows.var() + columns.var() + sum(spread**2 for spread in luck)
    lead = (rows.var() - columns.var()) / truth
    found = list(simulated(luck, rows, columns, 400))
    held = np.mean([abs(one.lead - lead) <= one.lead_half_width for one in found])
    assert 0.90 < held <= 1  # 0.95 has a standard error of 0.011
    assert np.mean([one.lead for one in found]) == pytest.approx(lead, abs=0.02)


def test_of_two_seeds_no_interval_is_known():
    found = two_way.decompose(noise(seeds=2))
    assert np.isnan([found.lead_half_width, *found.half_width.values()]).all()
    assert np.isfinite([effect.p for effect in found.effects.values()]).all()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (noise()[0], r"shape \(4, 3\); wanted \(seeds, rows, columns\), each 2 or more"),
        (noise(seeds=1), r"\(1, 4, 3\)"),
        (noise(columns=1), r"\(3, 4, 1\)"),
        (np.where(noise() > 1, np.inf, noise()), "not finite"),
        (np.where(noise() > 1, np.nan, noise()), "not finite"),
        (np.full((3, 4, 3), 0.1), "all 0.1: there is no variance"),
    ],
)
def test_what_has_no_decomposition_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        two_way.decompose(values)


def tidy():
    cells = itertools.product(("vae", "ae"), ("kde", "gmm", "vine"), (1, 0))
    table = pd.DataFrame(cells, columns=["autoencoder", "sampler", "seed"])
    return table.assign(value=np.arange(len(table), dtype=float))


def test_tidy_scores_in_any_order_become_one_array():
    scores = tidy()
    values, rows, columns = crossed.array(scores, "autoencoder", "sampler")
    assert (rows, columns) == (["vae", "ae"], ["kde", "gmm", "vine"])
    for row in scores.itertuples():
        at = row.seed, rows.index(row.autoencoder), columns.index(row.sampler)
        assert values[at] == row.value
    again, rows, columns = crossed.array(scores[::-1], "autoencoder", "sampler")
    np.testing.assert_array_equal(again[:, ::-1, ::-1], values)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(3), "no score of vae with gmm of seed 0, 1 cells in all"),
        (
            lambda t: t[t["sampler"].ne("vine") | t["autoencoder"].eq("ae")],
            "vae with vine .* 2 cells",
        ),
        (lambda t: t.replace({"value": {3.0: np.inf}}), "not finite: autoencoder vae, sampler gmm"),
        (lambda t: pd.concat([t, t[:1]]), "second value for one run"),
    ],
)
def test_cells_that_are_missing_or_no_numbers_are_refused_by_name(change, message):
    with pytest.raises(ValueError, match=message):
        crossed.array(change(tidy()), "autoencoder", "sampler")
