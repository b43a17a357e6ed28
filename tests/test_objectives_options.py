"""Options of objectives that have no use, or no such value, are refused when planning."""

import pytest
from expost import objectives
from expost.runtime import signatures
from planning import planned


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"penalty": "gp"}, "options.penalty 'gp'; wanted one of none, l2, gradient, spectral"),
        ({"penalty": "spectrl"}, "'spectrl'; .*did you mean 'spectral'"),
        ({"penalty": None}, "options.penalty None; wanted text"),
        ({"weight": 1e-7}, "options.weight 1e-07 with penalty 'none', .* to l2 or gradient"),
        ({"penalty": "spectral", "weight": 0}, "options.weight 0 with penalty 'spectral'"),
        (
            {"penalty": "l2", "gradient": "jacobian"},
            "options.gradient 'jacobian' with penalty 'l2'",
        ),
        ({"penalty": "gradient", "l2_of": "kernels"}, "options.l2_of .* set penalty to l2"),
        (
            {"penalty": "l2", "spectral_of": "both"},
            "options.spectral_of .* set penalty to spectral",
        ),
        ({"penalty": "l2", "weight": -1}, "options.weight -1; wanted a number of at least 0"),
        ({"penalty": "l2", "l2_of": "biases"}, "'biases'; wanted one of parameters, kernels, tran"),
        ({"samples": 2}, "'rae' got unknown option samples"),
    ],
)
def test_options_without_a_use_are_refused_by_name(options, message):
    with pytest.raises(ValueError, match=f"{message}.*autoencoder 'ae' of study 'ebcae'"):
        planned({"autoencoders": {"ae": {"objective": "rae", "options": options}}})


@pytest.mark.parametrize("name", objectives.OBJECTIVES)
def test_what_is_said_of_options_is_of_options_that_there_are(name):
    """And the words' defaults are among them."""
    file, known = objectives.source(name)[0], objectives.options(name)
    usual = objectives.defaults(name)
    choices = signatures.constant(file, "CHOICES") or {}
    only = signatures.constant(file, "ONLY_WITH") or {}
    bounds = signatures.constant(file, "BOUNDS") or {}
    assert {*choices, *only, *bounds} <= known.keys()
    assert all(usual[option] in words for option, words in choices.items())
    assert all(set(words) <= set(choices[other]) for other, *words in only.values())
    assert {option for option, value in usual.items() if isinstance(value, str)} == set(choices)
