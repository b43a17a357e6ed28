"""Options are refused by name, with what to write where a number came as text."""

import math
import re

import numpy as np
import pytest
import yaml
from expost.runtime import option_values


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("1e-4", "1.0e-4"),
        ("1E-4", "1.0e-4"),
        ("1.0e4", "1.0e+4"),
        ("-2e3", "-2.0e+3"),
        ("2.5e3", "2.5e+3"),
        (".5e3", "0.5e+3"),
        ("1.e5", "1.0e+5"),
        ("0.5", "0.5"),
        (" 0.5 ", "0.5"),
        ("30", "30"),
        ("+3", "3"),
        ("1_0e-4", "10.0e-4"),
    ],
)
def test_a_number_as_text_is_told_as_yaml_reads_it(text, write):
    said = f"got lr {text!r}; wanted a number, not text: write {write}, without quotes"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        option_values.number("lr", text)
    assert yaml.safe_load(write) == float(text.replace("_", ""))


@pytest.mark.parametrize(("text", "write"), [("1e3", "1000"), ("30", "30"), ("2.0", "2")])
def test_a_whole_number_as_text_is_told(text, write):
    with pytest.raises(ValueError, match=f"of at least 1, not text: write {write}, without"):
        option_values.count("steps", text)


@pytest.mark.parametrize("text", ["", "many", ".", "-", "e5", "1,5", "nan", "inf", "1e", "٣e4x"])
def test_other_text_is_text(text):
    with pytest.raises(ValueError, match="wanted a number above 0, not text$"):
        option_values.number("lr", text, above=0)


LONG = pytest.param(10**400, id="long")  # a whole number that is no float


@pytest.mark.parametrize(
    "value",
    [True, np.True_, None, [1.0], math.nan, math.inf, -math.inf, 1j, 0, -0.0, 1, 1.5, LONG],
)
def test_what_is_no_number_between_its_bounds_is_refused(value):
    with pytest.raises(ValueError, match=r"got factor .*; wanted a number above 0 and below 1$"):
        option_values.number("factor", value, above=0, below=1)


@pytest.mark.parametrize("value", [True, None, 30.5, math.nan, 0, 11, [3]])
def test_what_is_no_whole_number_is_refused(value):
    message = r"got grid .*; wanted a whole number of at least 1 and of at most 10(, not text)?$"
    with pytest.raises(ValueError, match=message):
        option_values.count("grid", value, most=10)


def test_a_point_is_told_of_whole_numbers():
    with pytest.raises(ValueError, match=r"got grid 30\.0; .* of at least 1: write 30$"):
        option_values.count("grid", 30.0)


@pytest.mark.parametrize("value", [1, 0.5, np.float64(0.5), np.float32(0.5), np.int64(1)])
def test_numbers_of_any_type_are_numbers(value):
    assert option_values.number("width", value, above=0, most=1) is value


def test_words_may_stand_for_a_number():
    also = {"also": (None, "auto")}
    assert option_values.count("degree", None, **also) is None
    assert option_values.number("degree", "auto", **also) == "auto"
    message = r"^got degree 'Auto'; wanted a number or None or auto \(did you mean 'auto'\?\)$"
    with pytest.raises(ValueError, match=message):
        option_values.number("degree", "Auto", **also)
    with pytest.raises(ValueError, match="or None or auto: write 3, without quotes$"):
        option_values.count("degree", "3", **also)


@pytest.mark.parametrize("value", ["tl", True, 0, ["tll"], np.array(["tll"]), float("nan")])
def test_what_is_no_known_word_is_refused(value):
    with pytest.raises(ValueError, match="got family .*; wanted one of None, tll, gaussian"):
        option_values.choice("family", value, (None, "tll", "gaussian"))
    assert option_values.choice("family", None, (None, "tll")) is None


def test_bounds_are_inclusive_where_they_say_so():
    assert option_values.number("share", 0.0, least=0, most=1) == 0
    assert option_values.number("share", 1.0, least=0, most=1) == 1
    assert option_values.count("degree", np.int64(3), least=3, most=3) == 3


def test_a_name_that_is_close_is_offered():
    assert option_values.close("draw", ["draws", "size"]) == " (did you mean 'draws'?)"
    assert option_values.close("zzz", ["draws", "size"]) == ""
    assert option_values.close(5, [5, 15]) == " (did you mean '5'?)"
