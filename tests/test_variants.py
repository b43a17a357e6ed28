"""Samplers with other options have names of their own, and nothing else is new about them."""

import numpy as np
import pytest
from expost import samplers
from expost.figures import methods
from expost.study import option_sweeps
from planning import figure, planned

ENTRIES = {
    "kde": {"high": 4.0},
    "gmm": {},
    "ebc_smooth": {"sampler": "empirical_beta", "degree": 16},
    "copy": {},
}
KNOBS = {
    "ae/kde": {"bandwidth": [0.5, 1.0, None], "folds": [5]},
    "vae/gmm": {"n_components": [3, 10], "max_iter": []},
    "ae/ebc_smooth": {"degree": ["auto", 16]},
    "other.ae/vine": {"truncation": [1]},
}
LINES = option_sweeps.lines(KNOBS, ENTRIES, "a figure")


def test_each_value_is_an_entry_and_a_method():
    assert option_sweeps.entries_of(LINES, ENTRIES) == {
        "kde-bandwidth-0.5": {"sampler": "kde", "high": 4.0, "bandwidth": 0.5},
        "kde-bandwidth-1.0": {"sampler": "kde", "high": 4.0, "bandwidth": 1.0},
        "kde-folds-5": {"sampler": "kde", "high": 4.0, "folds": 5},
        "gmm-n_components-3": {"sampler": "gmm", "n_components": 3},
        "ebc_smooth-degree-auto": {"sampler": "empirical_beta", "degree": "auto"},
        "vine-truncation-1": {"sampler": "vine", "truncation": 1},
    }
    assert option_sweeps.methods(LINES) == [
        *("ae/kde", "ae/kde-bandwidth-0.5", "ae/kde-bandwidth-1.0", "ae/kde-folds-5"),
        *("vae/gmm", "vae/gmm-n_components-3"),
        *("ae/ebc_smooth", "ae/ebc_smooth-degree-auto"),
        *("other.ae/vine", "other.ae/vine-truncation-1"),
    ]


def test_a_line_is_the_sampler_itself_where_it_is_set_so():
    """Null is how kde is configured, 10 components are the default, 16 is the entry's degree."""
    assert {line[:3]: line.names for line in LINES} == {
        ("ae", "kde", "bandwidth"): ("kde-bandwidth-0.5", "kde-bandwidth-1.0", "kde"),
        ("ae", "kde", "folds"): ("kde-folds-5",),
        ("vae", "gmm", "n_components"): ("gmm-n_components-3", "gmm"),
        ("ae", "ebc_smooth", "degree"): ("ebc_smooth-degree-auto", "ebc_smooth"),
        ("other.ae", "vine", "truncation"): ("vine-truncation-1",),
    }


def test_entries_build_the_sampler_they_name():
    codes = np.random.default_rng(0).standard_normal((30, 2))
    for name, entry in (ENTRIES | option_sweeps.entries_of(LINES, ENTRIES)).items():
        sampler = samplers.build(name, **entry)
        assert type(sampler) is type(samplers.build(entry.get("sampler", name)))
        assert sampler.fit(codes, 0).sample(3, 0).shape == (3, 2)


@pytest.mark.parametrize(
    ("knobs", "message"),
    [
        ({"ae/kdf": {"bandwidth": [1]}}, "sampler 'kdf' in the knobs of a figure.* kde, gmm"),
        ({"ae/kde": {"width": [1]}}, "sampler 'kde' has no option 'width' in the knobs.*bandwidth"),
    ],
)
def test_knobs_that_nothing_has_are_refused_by_name(knobs, message):
    with pytest.raises(ValueError, match=message):
        option_sweeps.lines(knobs, ENTRIES, "a figure")


def test_a_plan_runs_every_value_as_the_sampler_is_set_on_that_data_set():
    change = {"samplers": {"kde": {"on": {"digits": {"count": 9}}}}}
    knobs = {"ae/kde": {"bandwidth": [2.0]}}
    plan = planned(change | figure("trade_off", knobs=knobs))
    shown = plan.figures["trade_off"]
    (turned,) = [run for run in shown.runs if run.sampler == "kde-bandwidth-2.0"]
    assert plan.sampler(turned) == {"sampler": "kde", "high": 4.0, "count": 9, "bandwidth": 2.0}
    assert "kde-bandwidth-2.0" in plan.samplers()
    assert next(line.names for line in shown.lines if line.sampler == "kde")[-1:] == (
        "kde-bandwidth-2.0",
    )


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("kde", ("kde", None, None)),
        ("kde-bandwidth-0.5", ("kde", "bandwidth", "0.5")),
        ("real_nvp-learning_rate-1e-05", ("real_nvp", "learning_rate", "1e-05")),
    ],
)
def test_names_come_apart_again(name, parts):
    assert option_sweeps.parts(name) == parts


def test_variants_look_like_their_sampler_and_say_what_differs():
    look, own = methods.method("ae", "gmm-n_components-3"), methods.method("ae", "gmm")
    assert (look.label, look.tag) == ("GMM, components 3", "GMM 3")
    assert (look.colour, look.marker) == (own.colour, own.marker)
    assert methods.method("vae", "kde-bandwidth-0.5").label == "KDE, bandwidth 0.5 (vae)"


def test_variants_stand_behind_their_sampler_in_the_order_of_numbers():
    names = ["kde", *(f"kde-bandwidth-{h}" for h in ("0.5", "2.0", "10.0")), "gmm"]
    names += ["empirical_beta-degree-9", "empirical_beta-degree-auto", "ebc_smooth", "copy"]
    assert sorted(names, key=lambda name: methods.rank("ae", name)) == names
