"""Plans of simulations, which have no data sets, and of entropies of so many codes."""

import pytest
import yaml
from expost.study import report_rows
from expost.study.runs import Simulation
from planning import STUDIES, planned

TABLE = {"kind": "bandwidths", "title": "T.", "dimensions": [2, 5], "codes": [50, 20]}
CURVES = TABLE | {"kind": "separations"}


def plan(**figures):
    config = {"studies": ["gens"], "overrides": {"gens": {"figures": figures}}}
    return planned(config=config, wanted=list(figures))


def test_a_simulation_is_a_run_a_dimension_of_no_data_set():
    found = plan(t=TABLE, c=CURVES).figures
    assert found["t"].runs == (Simulation(2), Simulation(5))
    assert found["t"].datasets == ()
    assert found["t"].options["trials"] == 10
    assert found["c"].options["tuning"] == "many"


def test_the_report_says_of_what_a_picture_is():
    known = plan(c=CURVES)
    assert report_rows.labels(known, "c", "synthetic")["result"].endswith(" – synthetic codes")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"codes": 50}, "got codes 50 .*; wanted a list of different whole numbers above 0"),
        ({"codes": [50, 50]}, "a list of different whole numbers above 0"),
        ({"codes": [1, 50]}, "got codes 1 in figure 't' .*wanted 2 or more: a kernel density"),
        ({"dimensions": [0]}, "got dimensions .0. .*; wanted a list"),
        ({"trials": 0}, "got trials 0 .*; wanted a whole number above 0"),
        ({"kind": "separations", "codes": [9]}, "got codes 9 .*; wanted 10 or more"),
        ({"kind": "separations", "trials": 1}, "got trials 1 .*; wanted 2 or more"),
        ({"kind": "separations", "separation": 1}, "got separation 1 .*; wanted 2 or more"),
        ({"kind": "separations", "tuning": "much"}, "wanted one of many, few"),
        ({"autoencoders": ["ae"]}, "has no option autoencoders"),
    ],
)
def test_impossible_simulations_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        plan(t=TABLE | change)


def test_a_list_of_dimensions_must_be_said():
    with pytest.raises(ValueError, match="lacks dimensions"):
        plan(t={key: value for key, value in TABLE.items() if key != "dimensions"})


ENTROPIES = {
    **{"kind": "entropies", "title": "T.", "codes": [100, 800]},
    "autoencoders": ["ae", "vae", "aae", "gen", "gen_log_ratio", "gen_scaled"],
}


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ([100, 801], "got codes 801 in figure 'e' .*; digits has 800 test images"),
        ([15], "got codes 15 in figure 'e' .*wanted 16 or more"),
    ],
)
def test_entropies_want_codes_that_there_are_and_more_than_dimensions(codes, message):
    assert len(plan(e=ENTROPIES).figures["e"].runs) == 18
    with pytest.raises(ValueError, match=message):
        plan(e=ENTROPIES | {"codes": codes})


def test_the_shipped_study_asks_for_what_the_paper_has():
    figures = yaml.safe_load((STUDIES / "gens/study.yaml").read_text())["figures"]
    assert figures["gens_table1"]["dimensions"] == [2, 5, 10, 20, 40]
