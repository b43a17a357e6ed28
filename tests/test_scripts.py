"""Scripts are short, and rules declare the code behind them."""

import pytest
from conftest import ROOT
from expost.study import code_identity

SCRIPTS = sorted(ROOT.glob("workflow/scripts/*.py"))


def test_modules_behind_a_script_are_found_through_other_modules():
    script = ROOT / "workflow/scripts/fit_sampler.py"
    found = code_identity.modules(script, "samplers/empirical_beta")
    assert "samplers.fit_and_pool" in found
    assert "samplers.base" in found
    assert "samplers.numerics.margins" in found  # through empirical_beta
    assert "samplers.vine" not in found  # editing vines refits vines only
    assert "training.loop" not in found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_is_short_and_has_its_modules_declared(script):
    assert len(script.read_text().splitlines()) <= 40
    rules = "\n".join(path.read_text() for path in ROOT.glob("workflow/rules/*.smk"))
    assert f'"../scripts/{script.name}"' in rules
    if script.stem != "download":  # a file that is there is not fetched again
        assert f'"{script.stem}"' in rules.replace(f'"../scripts/{script.name}"', "")
