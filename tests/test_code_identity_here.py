"""Digests of this library's own code: who uses a module, and what is a registry."""

import shutil

from conftest import ROOT
from expost.study import code_identity


def test_of_this_library_only_users_of_a_module_change(tmp_path):
    script, module = ROOT / "workflow/scripts/fit_sampler.py", "samplers.numerics.kernel_cdf"
    package = shutil.copytree(code_identity.PACKAGE, tmp_path / "expost")
    path = package.joinpath(*module.split(".")).with_suffix(".py")
    tree = path.read_text()
    path.write_text(tree + "\nADDED = 1\n")
    samplers = [f"samplers/{path.stem}" for path in package.glob("samplers/[!_]*.py")]
    assert len(samplers) > 10
    changed = {
        name
        for name in samplers
        if code_identity.digest(script, name) != code_identity.digest(script, name, package=package)
    }
    users = {name for name in samplers if module in code_identity.modules(script, name)}
    assert changed == users
    assert "samplers/empirical_beta" in users
    assert "samplers/gaussian" not in users


def test_no_package_of_this_library_has_two_registries():
    """A further list of components might decide what is computed, and not count."""
    library = code_identity.Library(code_identity.PACKAGE)
    paths = list(code_identity.PACKAGE.rglob("__init__.py"))
    found = [len(library.source(path).registries) for path in paths]
    assert sum(found) >= 5
    assert max(found) == 1, dict(zip(paths, found, strict=True))
