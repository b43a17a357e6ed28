"""Functions of compiled modules are those of SciPy, be it imported before, afterwards or never."""

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
lsap = compiled.functions("scipy.optimize", "scipy.optimize._lsap")
lapack = compiled.functions("scipy.linalg.lapack", "scipy.linalg._flapack")
{after}
"""
AFTER = """
import scipy.linalg.lapack, scipy.optimize
assert scipy.linalg._flapack.dpotrf is scipy.linalg.lapack.dpotrf
assert scipy.optimize._lsap.linear_sum_assignment is scipy.optimize.linear_sum_assignment
costs = np.random.default_rng(0).random((9, 9))
mine, theirs = (x.linear_sum_assignment(costs) for x in (lsap, scipy.optimize))
np.testing.assert_array_equal(mine, theirs)
mine, theirs = (x.dpotrf(costs @ costs.T)[0] for x in (lapack, scipy.linalg.lapack))
np.testing.assert_array_equal(mine, theirs)
"""
NEVER = 'assert "scipy" not in sys.modules' + AFTER
BEFORE = "import scipy.linalg.lapack, scipy.optimize"
ITSELF = "assert lsap is scipy.optimize; assert lapack is scipy.linalg.lapack"
SCORES = """
from expost.metrics.emd import emd
from expost.metrics.frechet import frechet
x = np.random.default_rng(0).normal(size=(30, 5))
assert emd(np.ones((4, 4)) - np.eye(4)) == 0
assert frechet(x, x + 1) == pytest.approx(5)
assert "scipy" not in sys.modules
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [("", NEVER), ("import scipy.special", AFTER), (BEFORE, ITSELF), ("", SCORES)],
    ids=["never", "in part", "before", "scores"],
)
def test_functions_are_those_of_the_package(before, after):
    program = PROGRAM.format(root=ROOT, before=before, after=after)
    ran = subprocess.run([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    assert not ran.returncode, ran.stderr


@pytest.mark.parametrize("inside", ["scipy._no_such", "no_such_package.part", "json.decoder"])
def test_where_nothing_is_compiled_the_module_itself_serves(inside, monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    assert compiled.functions("colorsys", inside) is sys.modules["colorsys"]


def test_what_cannot_be_loaded_alone_is_imported(tmp_path, monkeypatch):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/__init__.py").touch()
    (tmp_path / f"broken/part{compiled.EXTENSION_SUFFIXES[0]}").write_bytes(b"no library")
    monkeypatch.syspath_prepend(tmp_path)
    assert compiled.functions("broken", "broken.part") is sys.modules["broken"]


def test_a_package_that_is_not_there_is_named():
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_package'"):
        compiled.functions("no_such_package", "no_such_package.part")
