"""The rule by which a comparison names a sampler, on told scores."""

import numpy as np
import pandas as pd
import pytest
from expost.comparing import choice

USUAL = {
    **{"emd": 2.0, "mmd": 0.1, "coverage": 0.9, "density": 1.0, "held_out_likelihood": -5.0},
    **{"c_t": 0.0, "authenticity": 0.6, "fit": 1.0, "sample": 0.0},
}
TITLES = {
    **{"emd": "EMD", "mmd": "MMD", "coverage": "coverage", "density": "density"},
    "held_out_likelihood": "held-out log-likelihood",
}
SAME = (0.0, 0.0, 0.0)
APART = (-0.1, 0.0, 0.1)  # sd 0.1: half-widths 0.248 of 95 %, and 0.573 of 99 %


def frame(**changes):
    """Scores of samplers, each the usual ones plus what is told: metric -> a number a seed."""
    rows = []
    for name, told in ({"held_out": {}, "copy": {}} | changes).items():
        seeds = len(next(iter(told.values()), SAME))
        for metric, usual in USUAL.items():
            for seed, more in enumerate(told.get(metric, [0.0] * seeds)):
                rows.append((name, seed, metric, usual + more))
    table = pd.DataFrame(rows, columns=["sampler", "seed", "metric", "value"])
    return table.dropna()


def by(number, spread=SAME):
    return [number + one for one in spread]


@pytest.mark.parametrize(
    ("metric", "worse"),
    [
        *[("emd", 1), ("mmd", 1), ("coverage", -0.2), ("density", 0.7), ("density", -0.7)],
        ("held_out_likelihood", -1),
    ],
)
def test_the_better_one_in_any_metric_of_quality_is_clearly_better(metric, worse):
    found = choice.choose(frame(b={metric: by(worse)}, a={metric: SAME}))
    assert (found.name, found.clear, found.left) == ("a", True, ("a",))
    assert found.dominated == {"b": {"a": (metric,)}}
    assert str(found).startswith(
        "a alone is not dominated in quality; it copies no more than held-"
    )
    shown = TITLES[metric]
    assert str(found).endswith(
        "and takes 1 s of CPU to fit and draw. Dominated (never better in quality, worse by 99 % "
        f"intervals): b by a in {shown}."
    )


@pytest.mark.parametrize(("gap", "clear"), [(0.56, False), (0.59, True)])
def test_all_five_metrics_hold_together_with_95_percent(gap, clear):
    """So each has an interval of 99 %: t(0.995; 2) 0.1 / sqrt(3) = 0.573."""
    found = choice.choose(frame(a={"emd": SAME}, b={"emd": by(gap, APART)}))
    assert found.clear is clear
    assert ("None is clearly better of a and b" in str(found)) is not clear


def test_what_is_better_in_one_and_worse_in_another_metric_dominates_nothing():
    found = choice.choose(frame(a={"emd": by(1)}, b={"mmd": by(1), "fit": by(9)}))
    assert (found.left, found.dominated, found.clear) == (("a", "b"), {}, False)
    assert found.name == "a"  # the cheaper
    assert "better in one measure of quality is worse in another" in str(found)


@pytest.mark.parametrize(
    ("cost", "emd", "name", "equal"),
    [
        ((9.0, 4.0), (-0.1, 0.1), "b", False),  # b is cheaper
        ((7.9, 4.0), (-0.1, 0.1), "a", True),  # as cheap, so that the mean EMD decides
        ((7.9, 4.0), (0.1, -0.1), "b", True),
        ((0.19, 0.001), (-0.1, 0.1), "a", True),  # below a tenth of a second nobody cares
        ((0.21, 0.001), (-0.1, 0.1), "b", False),
    ],
)
def test_of_equals_the_cheapest_is_named(cost, emd, name, equal):
    told = {
        one: {"fit": by(c - 1.0), "emd": by(e, (-5, 0, 5) if one == "b" else SAME)}
        for one, c, e in zip("ab", cost, emd, strict=True)
    }
    found = choice.choose(frame(**told))
    assert (found.name, found.clear) == (name, False)
    alike = f"a and b cost as little; of these {name} has the lowest EMD, "
    assert (alike in str(found)) != (f"Of these {name} is cheapest, " in str(found))
    assert (alike in str(found)) is equal
    assert "3 seeds cannot tell their quality apart" in str(found)


def test_what_copies_is_set_aside_however_good_it_is():
    copies = {"emd": by(-1), "c_t": by(-5), "authenticity": by(-0.4)}
    found = choice.choose(frame(copies=copies, a={"emd": SAME}))
    assert (found.name, found.copying) == ("a", ("copies",))
    assert str(found).endswith("Copying: copies.")


@pytest.mark.parametrize(
    "told",
    [
        {"c_t": by(-5)},  # authenticity does not say so
        {"authenticity": by(-0.4)},
        {"c_t": by(-0.24, APART), "authenticity": by(-0.4)},  # 0 is in an interval of ± 0.248
        {"c_t": by(5), "authenticity": by(0.4)},
    ],
)
def test_copying_wants_both_intervals_below_held_out_codes(told):
    assert choice.choose(frame(a=told)).name == "a"


def test_copying_is_told_seed_by_seed_from_held_out_codes():
    """That differ between seeds by more than what copies is below them."""
    shared = by(0, (-9, 0, 9))
    below = {"c_t": by(-1, shared), "authenticity": by(-0.1, shared)}
    told = {"held_out": {"c_t": shared, "authenticity": shared}, "a": below}
    assert choice.choose(frame(**told)).copying == ("a",)


def test_if_each_is_dominated_all_stay():
    wild = (-50, 0, 50)
    told = {
        "a": {"emd": by(0), "mmd": by(0, wild), "coverage": by(-0.2)},
        "b": {"emd": by(1), "mmd": by(0), "coverage": by(0, wild)},
        "c": {"emd": by(0, wild), "mmd": by(1), "coverage": by(0)},
    }
    found = choice.choose(frame(**told))
    assert found.dominated == {
        "a": {"c": ("coverage",)},
        "b": {"a": ("emd",)},
        "c": {"b": ("mmd",)},
    }
    assert (found.left, found.clear) == (("a", "b", "c"), False)


def test_who_dominates_and_in_what_is_said_though_means_are_on_the_other_side():
    """Of several, one that is not dominated itself."""
    told = {
        "vine": {"emd": by(-0.5, APART), "held_out_likelihood": by(-2)},
        "gmm": {"emd": SAME, "mmd": by(0.1), "held_out_likelihood": by(-1)},
        "flow": {"emd": SAME, "mmd": by(0, (-0.3, 0.0, 0.3))},
    }
    found = choice.choose(frame(**told))
    assert "vine and gmm by flow in held-out log-likelihood." in str(found)


def test_controls_do_not_compete_nor_what_failed():
    told = {"copy": {"emd": by(-2)}, "held_out": {"emd": by(-2)}, "b": {"emd": by(-1)}, "a": {}}
    found = choice.choose(frame(**told), failed=("b",))
    assert (found.name, found.left) == ("a", ("a",))
    assert str(found).endswith("Failed: b.")


def test_what_has_no_density_is_compared_in_the_rest():
    found = choice.choose(frame(a={"held_out_likelihood": [np.nan] * 3}, b={"emd": by(1)}))
    assert (found.name, found.clear) == ("a", True)


def test_the_order_of_rows_does_not_matter():
    table = frame(a={"emd": by(0, APART)}, b={"emd": by(0.1, APART)}, c={"mmd": by(1)})
    mixed = table.sample(frac=1, random_state=0)
    assert choice.choose(mixed).name == choice.choose(table).name == "a"


@pytest.mark.parametrize(
    ("table", "failed", "why"),
    [
        (frame(a={"c_t": by(-5), "authenticity": by(-0.4)}), (), "Each copies more"),
        (frame(a={}), ("a",), "No sampler was scored"),
        (frame(a={}), ("held_out",), "held_out was not scored"),
        (frame(a={"emd": [0.0]}).query("seed == 0"), (), "One seed tells nothing of chance"),
    ],
    ids=["all copy", "all failed", "no control", "one seed"],
)
def test_where_none_can_be_named_the_sentence_says_why(table, failed, why):
    found = choice.choose(table, failed)
    assert (found.name, found.clear) == (None, False)
    assert why in str(found)
