"""Times and shares become scores that claims can be judged by."""

import pandas as pd
import pytest
from expost.papers import as_scores
from expost.study import runs


def test_timings_become_scores():
    timings = pd.DataFrame({"phase": ["fit"], "seconds": [2.0], "seed": [0]})
    assert as_scores.timing_scores(timings).to_dict("records") == [
        {"metric": "fit", "value": 2.0, "seed": 0, "space": "time"}
    ]


def shares(values):
    rows = [
        ("digits", "ae", "kde", 40, 800, 0, drawn, group, metric, value)
        for (drawn, group), share in values.items()
        for metric, value in (("share", share), ("probability", -1.0))
    ]
    return pd.DataFrame(rows, columns=[*runs.AXES, "drawn", "group", "metric", "value"])


def test_shares_become_scores():
    targeted = {("untargeted", 1): 0.1, ("untargeted", 8): 0.2, ("1", 1): 0.9, ("8", 1): 0.0}
    targeted |= {("1", 8): 0.05, ("8", 8): 0.7}
    found = as_scores.share_scores(shares(targeted)).set_index("metric")["value"]
    assert found.to_dict() == pytest.approx({"wanted_share": 0.8, "wanted_gain": 0.65})
    recombined = {("dependence_of", 8): 0.8, ("recombined", 8): 0.3, ("margins_of", 8): 0.1}
    recombined |= {("dependence_of", 3): 0.0, ("recombined", 3): 0.6, ("margins_of", 3): 0.9}
    found = as_scores.share_scores(shares(recombined))
    assert set(found["space"]) == {"classifier"}
    kept = {"group_change": -0.5, "group_kept": -0.3}
    assert found.set_index("metric")["value"].to_dict() == pytest.approx(kept)
