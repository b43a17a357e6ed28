"""The examples in docstrings: every public class of samplers has one, and all of them are true."""

import doctest
import importlib
import warnings

import expost
import pytest
from conftest import ROOT
from expost import samplers

LIBRARY = ROOT / "workflow/expost"
MODULES = sorted(
    ".".join(("expost", *path.relative_to(LIBRARY).with_suffix("").parts)).removesuffix(".__init__")
    for path in LIBRARY.rglob("*.py")
    if ">>> " in path.read_text()
)


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcome = doctest.testmod(importlib.import_module(module))
    assert outcome.attempted
    assert not outcome.failed  # what was wanted and what was got is printed


@pytest.mark.parametrize("name", ["Sampler", *samplers.SAMPLERS.values()])
def test_every_sampler_has_an_example(name):
    tests = doctest.DocTestFinder(recurse=False).find(getattr(expost, name))
    assert [example for test in tests for example in test.examples]
