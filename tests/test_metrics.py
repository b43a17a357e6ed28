"""What metrics say of themselves: arguments, titles, families, where they are best."""

import inspect
from importlib import import_module

import pytest
from expost.metrics import NAMES, describe
from expost.metrics.base import LOSSES
from expost.metrics.scoring import FAMILIES


@pytest.mark.parametrize("name", NAMES)
def test_a_metric_says_what_its_function_is_called_with(name):
    about = describe(name)
    function = getattr(import_module(f"expost.metrics.{name}"), name)
    assert len(inspect.signature(function).parameters) == len(about.given) > 0
    assert about.family in FAMILIES
    assert about.best in {"", *LOSSES}


def test_titles_are_unique_and_say_where_a_metric_is_best():
    assert len({describe(name).title for name in NAMES}) == len(NAMES)
    assert describe("one_nn").heading == "1NN accuracy → 0.5"
    assert describe("vendi").heading == "Vendi Score"
    assert (describe("fit").heading, describe("wanted_share").heading) == (
        "seconds to fit ↓",
        "wanted_share",
    )
