"""The registry of samplers: classes by name, what controls show, and what importing them costs."""

import subprocess
import sys

import pytest
from expost import samplers
from expost.samplers import SAMPLERS, Sampler, build
from quick_samplers import brief


def test_classes_are_found_by_their_names():
    for name, class_name in SAMPLERS.items():
        assert getattr(samplers, class_name) is type(build(name))
        assert issubclass(getattr(samplers, class_name), Sampler)
    with pytest.raises(AttributeError, match="Gausian"):
        samplers.Gausian  # noqa: B018


def test_the_registry_says_what_controls_show():
    shown = {name: build(name).shows for name in SAMPLERS}
    assert samplers.CONTROLS.items() <= shown.items()
    assert set(samplers.ORIGINALS) == {name for name, what in shown.items() if what == "originals"}


def test_nothing_heavy_is_imported_before_it_is_needed():
    script = (
        "import sys; sys.path.insert(0, 'workflow')\n"
        "import expost.samplers\n"
        "assert 'numpy' not in sys.modules\n"
        "from expost.samplers import EmpiricalBetaCopula, KDE, GMM, Vine, RealNVP\n"
        "from expost.samplers import FlowMatching, SecondVAE\n"
        "heavy = {'torch', 'sklearn', 'zuko', 'pyvinecopulib', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    root = samplers.__path__[0].removesuffix("workflow/expost/samplers")
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)


@pytest.mark.parametrize("name", SAMPLERS)
def test_libraries_are_all_that_fitting_and_drawing_import(name):
    """Or times would measure imports."""
    program = f"""if True:
        import sys
        from importlib import import_module
        import numpy as np
        from expost import samplers
        from expost.runtime.log import log
        log.setLevel("INFO")  # as in a job, which has no bar
        sampler = samplers.build({name!r}, **{brief(name)!r})
        for library in sampler.libraries:
            import_module(library)
        before = {{module.partition(".")[0] for module in sys.modules}}
        sampler.fit(np.random.default_rng(0).standard_normal((50, 3)), 0).sample(5, 0)
        after = {{module.partition(".")[0] for module in sys.modules}}
        print(*sorted(after - before - sys.stdlib_module_names))
    """
    environment = {
        "PYTHONPATH": samplers.__file__.rpartition("/expost/")[0],
        "PATH": "/usr/bin:/bin",
    }
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
