"""What is compared with itself, or at fewer places than a claim speaks of, is not tested."""

import pandas as pd
import pytest
from claiming import entry, judged, load, tidy, verdict
from expost.papers.claims import verdicts
from expost.papers.claims.identity import Identity
from expost.study import identities
from planning import planned

NAMES = ("gaussian", "kde", "gmm", "vine")
CONTROLS = ("ae/copy", "ae/held_out")
GOOD, BAD = [1.0, 1.1, 1.2], [2.0, 2.1, 2.2]
PLACES = {
    "first and last": ({"epoch": "first"}, {"epoch": "last"}, {"epoch": (40, 15)}),
    "two epochs": ({"epoch": 5}, {"epoch": 50}, {"epoch": (40, 15)}),
    "first, and last if nothing is said": ({"epoch": "first"}, {}, {"epoch": (40, 15)}),
    "two sizes": ({"size": 200}, {"size": 2000}, {"size": (800, 100)}),
    "a size, and the paper's": ({"size": 200}, {}, {"size": (800, 100)}),
    "smallest and largest": ({"size": "first"}, {"size": "last"}, {"size": (800, 100)}),
}


def ranked(measure="classifier/emd", **place):
    """Four methods, each of its own value."""
    values = {f"ae/{name}": [i + 1, i + 1.1, i + 1.3] for i, name in enumerate(NAMES)}
    return tidy(values, measure, **place)


def ledger_entry(**test):
    made = entry()
    made["tests"] = [{"by": ["features/emd"]} | test]
    return made


def outcome(tmp_path, table, known=(), **test):
    """Verdict and reason of one test on one data set."""
    claims = load(tmp_path, ledger_entry(**test))
    found = verdicts.judge(claims, {"scores": table}, 2000, *known)
    return found["verdict"][0], found["reason"][0]


KINDS = {
    "less": {"left": ["ae/kde"]},
    "better": {"left": ["ae/kde"]},
    "within_factor": {"left": ["ae/kde"], "factor": 1.25},
    "rank_correlation": {"methods": [f"ae/{name}" for name in NAMES], "above": 0.5},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
def test_a_claim_about_two_places_wants_two(tmp_path, kind, places):
    left, right, run = places
    ((axis, (only, other)),) = run.items()
    test = {"kind": kind, "left_at": left, "right_at": right} | KINDS[kind]
    one = ranked(**{axis: only})
    word, reason = outcome(tmp_path, one, **test)
    assert word == "not tested here"
    assert f"{axis} {only} of ae/" in reason
    both = pd.concat([one, ranked(**{axis: other}).assign(value=lambda t: t["value"] * 1.1)])
    assert outcome(tmp_path, both, **test)[0] != "not tested here"


def test_times_at_one_place(tmp_path):
    times = tidy({"ae/kde": GOOD, "ae/vine": BAD}, "time/fit", size=800)
    test = {"by": ["time/fit"], "kind": "faster", "left": ["ae/kde"]}
    places = {"left_at": {"size": 200}, "right_at": {"size": 2000}}
    assert outcome(tmp_path, times, **test, **places)[0] == "not tested here"
    assert outcome(tmp_path, times, **test, right=["ae/kde"]) == (
        "not tested here",
        "ae/kde is compared with itself",
    )


def test_two_methods_at_places_that_are_one(tmp_path):
    test = {"kind": "better", "left": ["ae/kde"], "right": ["ae/vine"]}
    word, reason = outcome(tmp_path, ranked(size=800), **test, left_at={"size": 200})
    assert (word, reason) == (
        "not tested here",
        "size 800 of ae/kde and ae/vine would stand for both 200 and 2000, as no other was run",
    )


@pytest.mark.parametrize("kind", ["less", "better", "within_factor"])
def test_one_self_comparison_among_others_is_enough(tmp_path, kind):
    test = {"kind": kind, "left": ["ae/gaussian", "ae/kde"], "right": ["ae/kde", "ae/vine"]}
    test |= {"factor": 9.0} if kind == "within_factor" else {}
    assert outcome(tmp_path, ranked(), **test)[1] == "ae/kde is compared with itself"
    test["left"] = ["ae/gaussian"]
    assert outcome(tmp_path, ranked(), **test)[0] == "supported"


def test_data_sets_are_looked_at_one_by_one(tmp_path):
    test = {"kind": "within_factor", "left": ["ae/kde"], "factor": 1.25}
    test |= {"left_at": {"epoch": "first"}, "right_at": {"epoch": "last"}}
    tables = [ranked(epoch=e).assign(value=lambda t, e=e: t["value"] + e / 99) for e in (15, 40)]
    alone = ranked(epoch=40, dataset="celeba")
    claims = load(tmp_path, ledger_entry(**test))
    found = verdicts.judge(claims, {"scores": pd.concat([*tables, alone])}, 2000)
    assert found.set_index("dataset")["verdict"].to_dict() == {
        "digits": "supported",
        "celeba": "not tested here",
    }


def test_one_method_of_a_ranking_that_was_run_once(tmp_path):
    test = {"kind": "rank_correlation", "left_at": {"epoch": "first"}} | KINDS["rank_correlation"]
    first = ranked(epoch=15).query("sampler != 'vine'")
    word, reason = outcome(tmp_path, pd.concat([first, ranked(epoch=40)]), **test)
    assert word == "not tested here"
    assert "epoch 40 of ae/vine" in reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"methods": ["ae/kde", "ae/gmm"]}, "2 methods have no ranking.* wanted 3 or more"),
        ({"methods": ["ae/kde", "ae/gmm", "ae/kde"]}, "ae/kde is ranked twice"),
        ({"other": "features/emd"}, "ae/gaussian is compared with itself"),
        ({}, "ae/gaussian is compared with itself"),
    ],
)
def test_rankings_of_too_little(tmp_path, change, reason):
    table = pd.concat([ranked(), ranked("codes/nearest_training")])
    test = {"kind": "rank_correlation"} | KINDS["rank_correlation"] | change
    word, found = outcome(tmp_path, table, **test)
    assert word == "not tested here"
    assert pd.Series(found).str.fullmatch(reason).all(), found
    test |= {"methods": KINDS["rank_correlation"]["methods"], "other": "codes/nearest_training"}
    assert outcome(tmp_path, table, **test)[0] == "supported"


def test_a_measure_that_is_the_same_of_all_ranks_nothing(tmp_path):
    table = pd.concat([ranked(), ranked("codes/nearest_training").assign(value=1.0)])
    test = KINDS["rank_correlation"] | {"above": -0.9, "below": 0.9}
    word, reason = outcome(
        tmp_path, table, kind="rank_correlation", other="codes/nearest_training", **test
    )
    assert word == "not tested here"
    assert reason.startswith("codes/nearest_training is the same of all 4 methods")


@pytest.mark.parametrize("space", ["pixels", "classifier"])
@pytest.mark.parametrize("control", ["copy", "held_out"])
def test_originals_are_the_same_at_any_epoch_and_size_whatever_the_autoencoder(
    tmp_path, space, control
):
    """Other images are shown at another place, so the numbers differ, by luck alone."""
    by = f"{'features' if space == 'classifier' else space}/emd"
    test = {"by": [by], "kind": "within_factor", "factor": 9.0, "left": [f"ae/{control}"]}
    for axis, places in (("epoch", (15, 40)), ("size", (200, 2000))):
        table = pd.concat(
            tidy({f"ae/{control}": [1 + p / 1e6, 1.1, 1.2]}, f"{space}/emd", **{axis: p})
            for p in places
        )
        at = {"left_at": {axis: "first"}, "right_at": {axis: "last"}}
        word, reason = outcome(tmp_path, table, **test, **at)
        assert (word, reason) == ("not tested here", f"ae/{control} shows the same at any {axis}")
    table = tidy({f"ae/{control}": GOOD, f"vae/{control}": [1.3, 1.1, 1.2]}, f"{space}/emd")
    word, reason = outcome(tmp_path, table, **test, right=[f"vae/{control}"])
    assert word == "not tested here"
    codes = table.assign(space="codes")
    wanted = test | {"by": ["codes/emd"], "right": [f"vae/{control}"]}
    assert outcome(tmp_path, codes, **wanted)[0] == "supported"


def test_a_steady_control_stands_beside_any_place(tmp_path):
    """Curves run held-out images once, and samplers at every size may be compared with them."""
    table = pd.concat([ranked(size=800), tidy({"ae/held_out": [0.1, 0.2, 0.3]}, size=800)])
    test = {"kind": "better", "left": ["ae/held_out"], "right": ["ae/kde"]}
    assert outcome(tmp_path, table, **test, right_at={"size": 200})[0] == "supported"


def test_one_sampler_under_two_names(tmp_path):
    one, other = Identity("ae", "kde", "{}"), Identity("ae", "vine", "{}")
    known = {"ae/kde": one, "ae/gmm": one, "ae/vine": other}
    same = {"digits": {name: {2000: what} for name, what in known.items()}}
    table = ranked()
    test = {"kind": "within_factor", "factor": 9.0, "left": ["ae/kde"], "right": ["ae/gmm"]}
    word, reason = outcome(tmp_path, table, [same], **test)
    assert (word, reason) == (
        "not tested here",
        "ae/kde and ae/gmm are one and the same under two names",
    )
    assert outcome(tmp_path, table, [same], **test | {"right": ["ae/vine"]})[0] == "supported"
    ranking = {"kind": "rank_correlation", "other": "pixels/emd"} | KINDS["rank_correlation"]
    both = pd.concat([table, ranked("pixels/emd")])
    assert "under two names" in outcome(tmp_path, both, [same], **ranking)[1]


def test_a_plan_knows_names_that_stand_for_one_method():
    plan = planned(
        {
            "autoencoders": {"again": {"objective": "ae"}},
            "samplers": {"ten": {"sampler": "gmm", "n_components": 10}, "wide": {"sampler": "kde"}},
            "figures": {
                "scores": {
                    "methods": ["ae/gmm", "ae/ten", "ae/kde", "ae/wide", "again/gmm", *CONTROLS]
                }
            },
        }
    )
    known = identities.methods(plan, [plan.figures["scores"]])["digits"]
    assert known["ae/gmm"] == known["ae/ten"] == known["again/gmm"]
    assert known["ae/kde"] != known["ae/wide"]  # the study's range of bandwidths is another
    assert {what[1] for what in known["ae/gmm"].values()} == {"gmm"}


def test_a_comparison_of_one_seed_among_others_is_not_tested(tmp_path):
    table = tidy({"ae/gaussian": GOOD, "ae/kde": [0.5], "ae/vine": BAD})
    test = {"left": ["ae/gaussian", "ae/kde"]}
    assert verdict(tmp_path, table, test=test) == "not tested here"
    assert judged(tmp_path, table, test=test)["reason"][0].startswith("one seed of ae/kde and")


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ({"kind": "better", "left": [], "right": ["ae/kde"]}, "nothing for 'left'"),
        ({"kind": "better", "left": ["ae/kde"], "by": []}, "nothing for 'by'"),
        ({"kind": "better", "left": ["ae/kde"], "share": 0}, "share 0; wanted more than 0"),
        ({"kind": "within_factor", "left": ["ae/kde"], "factor": 1.0}, "factor 1.0; wanted"),
        ({"kind": "within_factor", "left": ["ae/kde"], "factor": 0.0}, "factor 0.0; wanted"),
        ({"kind": "between", "left": ["ae/kde"]}, "above -inf and below inf; wanted one bound"),
        (
            {"kind": "between", "left": ["ae/kde"], "above": 2, "below": 1},
            "above 2 and below 1; wanted",
        ),
        ({"kind": "rank_correlation", "methods": ["ae/kde"]}, "above -inf and below inf"),
    ],
)
def test_tests_that_come_out_one_way_whatever_the_scores_are_refused(tmp_path, test, message):
    with pytest.raises(ValueError, match=f"claim 'a', test 1: got {message}"):
        load(tmp_path, ledger_entry(**test))
