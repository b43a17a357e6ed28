"""Samplers with other options have names of their own, and nothing else is new about them."""

import numpy as np
import pytest
from expost import samplers
from expost.figures import methods
from expost.study import option_sweeps

CONFIG = {
    "samplers": {
        "kde": {"high": 4.0},
        "gmm": {},
        "ebc_smooth": {"sampler": "empirical_beta", "degree": 16},
        "copy": {},
    },
    "experiments": {
        "scores": {"method": ["ae/kde", "ae/copy"]},
        "trade_off": {
            "method": ["ae/copy", "vae/gmm"],
            "knobs": {
                "ae/kde": {"bandwidth": [0.5, 1.0, None], "folds": [5]},
                "vae/gmm": {"n_components": [3, 10], "max_iter": []},
                "ae/ebc_smooth": {"degree": ["auto", 16]},
            },
        },
    },
}


def test_each_value_is_an_entry_and_a_method():
    config = option_sweeps.expand(CONFIG)
    assert config["samplers"] == CONFIG["samplers"] | {
        "kde-bandwidth-0.5": {"sampler": "kde", "high": 4.0, "bandwidth": 0.5},
        "kde-bandwidth-1.0": {"sampler": "kde", "high": 4.0, "bandwidth": 1.0},
        "kde-folds-5": {"sampler": "kde", "high": 4.0, "folds": 5},
        "gmm-n_components-3": {"sampler": "gmm", "n_components": 3},
        "ebc_smooth-degree-auto": {"sampler": "empirical_beta", "degree": "auto"},
    }
    assert config["experiments"]["trade_off"]["method"] == [
        "ae/copy",
        "vae/gmm",
        "ae/kde",
        "ae/kde-bandwidth-0.5",
        "ae/kde-bandwidth-1.0",
        "ae/kde-folds-5",
        "vae/gmm-n_components-3",
        "ae/ebc_smooth",
        "ae/ebc_smooth-degree-auto",
    ]
    assert config["experiments"]["scores"] == CONFIG["experiments"]["scores"]
    assert option_sweeps.module(config, "ebc_smooth-degree-auto") == "empirical_beta"
    assert option_sweeps.module(config, "copy") == "copy"


def test_expanding_twice_is_expanding_once_and_the_first_config_stays():
    once = option_sweeps.expand(CONFIG)
    assert option_sweeps.expand(once) == once
    assert option_sweeps.lines(once, "trade_off") == option_sweeps.lines(CONFIG, "trade_off")
    assert list(CONFIG["samplers"]) == ["kde", "gmm", "ebc_smooth", "copy"]


def test_a_line_is_the_sampler_itself_where_it_is_set_so():
    """Null is how kde is configured, 10 components are the default, 16 is the entry's degree."""
    names = {line[:3]: line.names for line in option_sweeps.lines(CONFIG, "trade_off")}
    assert names == {
        ("ae", "kde", "bandwidth"): ("kde-bandwidth-0.5", "kde-bandwidth-1.0", "kde"),
        ("ae", "kde", "folds"): ("kde-folds-5",),
        ("vae", "gmm", "n_components"): ("gmm-n_components-3", "gmm"),
        ("ae", "ebc_smooth", "degree"): ("ebc_smooth-degree-auto", "ebc_smooth"),
    }


def test_entries_build_the_sampler_they_name():
    codes = np.random.default_rng(0).standard_normal((30, 2))
    for name, entry in option_sweeps.expand(CONFIG)["samplers"].items():
        sampler = samplers.build(name, **entry)
        assert type(sampler) is type(samplers.build(entry.get("sampler", name)))
        assert sampler.fit(codes, 0).sample(3, 0).shape == (3, 2)


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
