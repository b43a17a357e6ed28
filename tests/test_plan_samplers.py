"""Options of samplers are refused when planning, with the place where they stand."""

import re

import pytest
import yaml
from conftest import ROOT
from expost import samplers
from expost.study import definitions, overlays, yaml_safety
from planning import figure, planned


def entry(name, **options):
    return {"samplers": {name: options}}


def knob(sampler, **values):
    return figure("trade_off", knobs={f"ae/{sampler}": values})


def costs(**lists):
    return figure("cost_over_sample_size", grid=[lists])


OF_STUDY = r"\('{}' in `samplers` of study 'ebcae'\)"


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        # A number without a point before its exponent is text in YAML, as are those in quotes.
        (yaml.safe_load("samplers: {gmm: {reg_covar: 1e-6}}"), "'1e-6'.*: write 1.0e-6, without"),
        (entry("kde", bandwidth="0.5"), "'0.5'.*: write 0.5, without quotes " + OF_STUDY),
        (entry("real_nvp", learning_rate="1E-4"), "'1E-4'.*: write 1.0e-4, without quotes"),
        (entry("vine", grid=30.5), "got grid 30.5; .*whole number of at least 3 .*" + OF_STUDY),
        (entry("vine", grid=30.0), "got grid 30.0; .*: write 30 " + OF_STUDY),
        (entry("vine", grid=10**9), "got grid 1000000000; .*of at least 3 and of at most 1000 "),
        (entry("real_nvp", batch=10**20), "got 10{20} for .*real_nvp.batch; .*of at most 9"),
        (entry("kde", low=1e-320), "got high 4.0; wanted a number of at least .* and of at most "),
        (entry("vine", truncation=True), "got truncation True; wanted a whole number"),
        (entry("kde", folds=[10]), r"got folds \[10\]; wanted a whole number"),
        (entry("kde", low=3.0, high=2.0), "got high 2.0; wanted .* at least 3 .*" + OF_STUDY),
        (entry("vine", family="tl"), "'tl'; wanted one of tll, gaussian .did you mean 'tll'"),
        (entry("empirical_beta", degree="Auto"), "'Auto'; .* or None or auto .did you mean 'auto'"),
        (entry("independent", bandwidth=None), "got bandwidth None; .*of silverman, robust"),
        (entry("real_nvp", device="gpu"), "got device 'gpu'; wanted cpu, cuda, or cuda:1"),
        (
            {"samplers": {"own": {"sampler": "gmm", "reg_covar": -1}}},
            r"got reg_covar -1; .* \('own' in `samplers` of study 'ebcae'\)",
        ),
        (
            entry("gmm", on={"digits": {"reg_covar": "1e-6"}}),
            r"write 1.0e-6.* \('gmm' in `samplers` of study 'ebcae', on data set 'digits'\)",
        ),
        (knob("gmm", n_components=[3, 5.5]), "got n_components 5.5; .*the knob ae/gmm: n_comp.*of"),
        (knob("gmm", n_components=[10.0]), "got n_components 10.0; .*write 10.*the knob ae/gmm"),
        (knob("kde", bandwidth=["1e1"]), "'1e1'.*write 1.0e\\+1.*the knob ae/kde.*'trade_off'"),
        # What the number of codes or their length cannot give is known as well.
        (entry("gmm", n_components=801), "GMM got 800, a mixture of 801 needs.*'gmm' in figure"),
        (knob("empirical_beta", degree=[801]), "got 800, the degree 801.*data set 'digits"),
        (entry("kde", folds=101), "KDE got 100, 101-fold.*'metrics_over_sample_size'"),
        ({"training": {"latent": 1}}, "RealNVP wants codes of at least 2 dimensions, got 1"),
        (
            costs(sampler=["gmm"], dimension=[2], size=[9]),
            "GMM got 9, a mixture of 10 needs at least 10.*'cost_over_sample_size'",
        ),
    ],
)  # fmt: skip
def test_impossible_options_are_refused_where_they_stand(overrides, message):
    name = next(iter(overrides.get("samplers", {"": 0})))
    with pytest.raises(ValueError, match=message.replace("'{}'", re.escape(repr(name)))):
        planned(overrides)


def test_options_of_the_shipped_study_are_what_they_were():
    """All options of all its runs, said or not: a new default must not change them."""
    plan = planned()
    found = {
        run.sampler: samplers.build(run.sampler, **plan.sampler(run)).get_params()
        for shown in plan.figures.values()
        for run in shown.runs
        if shown.kind.of == "methods" and "-" not in run.sampler
    }
    controls = {name: {} for name in ("prior", "copy", "held_out")}
    controls["reconstruction"] = {"source": "train"}
    assert found == controls | {
        "gaussian": {},
        "independent": {"bandwidth": "silverman"},
        "kde": {
            **{"bandwidth": None, "low": 0.1, "high": 4.0, "count": 79, "folds": 10},
            **{"spacing": "linear", "scale": "none"},
        },
        "gmm": {
            **{"n_components": 10, "max_iter": 100, "reg_covar": 1e-6, "scale": "none"},
            "select": "bic",
        },
        "vine": {
            **{"truncation": 15, "family": "tll", "grid": 30, "bandwidth": "plug_in"},
            "conditioning_set": None,
        },
        "empirical_beta": {"margins": "kde", "degree": None, "bandwidth": "silverman"},
        "real_nvp": {
            **{"transforms": 4, "hidden": 256, "layers": 2, "epochs": 2000, "steps": 1000},
            **{"batch": 128, "learning_rate": 1e-4, "patience": None, "device": "cpu"},
        },
    }


@pytest.mark.parametrize("preset", ["paper", "mnist"])
def test_presets_keep_the_papers_training_but_for_its_length(preset):
    changes = yaml.safe_load((ROOT / f"workflow/presets/{preset}.yaml").read_text())
    changes = yaml_safety.read_on(changes)["overrides"]["ebcae"]
    study = overlays.merged(planned().study("ebcae"), changes)
    flow = samplers.build("real_nvp", **definitions.samplers(study)["real_nvp"])
    paper = type(flow)(**flow.published["ebcae"]).get_params()
    assert flow.get_params() == paper | {"steps": {"paper": None, "mnist": 2001}[preset]}
