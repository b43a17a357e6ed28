"""Functions of compiled modules are a package's own, imported before it, after it or without it."""

import subprocess
import sys

import pytest
from conftest import ROOT
from expost.runtime import compiled

PROGRAM = """
import sys
sys.path.insert(0, "{root}/workflow")
import numpy as np, pytest
from expost.runtime import compiled

{before}
solver = compiled.module("scipy.optimize._lsap").linear_sum_assignment
lapack = compiled.module("scipy.linalg._flapack")
{after}
"""
SAME = """
import scipy.linalg.lapack, scipy.optimize
assert scipy.optimize.linear_sum_assignment is solver
assert scipy.linalg.lapack.dpotrf is lapack.dpotrf
"""
SCORES = """
from expost.metrics.emd import emd
from expost.metrics.frechet import frechet
x = np.random.default_rng(0).normal(size=(30, 5))
assert emd(np.ones((4, 4)) - np.eye(4)) == 0
assert frechet(x, x + 1) == pytest.approx(5)
assert "scipy" not in sys.modules
"""


@pytest.mark.parametrize(
    ("before", "after"), [("", SAME), ("import scipy.linalg, scipy.optimize", SAME), ("", SCORES)]
)
def test_functions_are_those_of_the_package(before, after):
    program = PROGRAM.format(root=ROOT, before=before, after=after)
    ran = subprocess.run([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    assert not ran.returncode, ran.stderr


def test_what_is_not_compiled_is_imported_as_ever():
    assert compiled.module("json.decoder") is sys.modules["json.decoder"]


@pytest.mark.parametrize("name", ["scipy.optimize._no_such", "no_such_package.part"])
def test_what_is_not_there_is_named(name):
    with pytest.raises(ModuleNotFoundError, match=name.split(".")[0]):
        compiled.module(name)
