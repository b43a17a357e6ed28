"""The library as a package: built, installed elsewhere and imported from there, without torch."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile

import expost
import numpy as np
import pytest
from conftest import ROOT, copy_project
from expost.metrics import NAMES
from expost.runtime.extras import EXTRAS
from expost.samplers import SAMPLERS


def run(*command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder into which the wheel of a copy of the project is unpacked, as pip does.

    Built as pip builds it; an environment need not have pip, and nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("package")
    source = copy_project(folder / "source")
    build = f"from setuptools import build_meta; build_meta.build_wheel({str(folder)!r})"
    run(sys.executable, "-c", build, folder=source)
    (wheel,) = folder.glob("expost-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def python(code, site, folder):
    """What code prints in another folder, where the package is and the checkout is not."""
    code = f"import sys; sys.path.insert(0, {str(site)!r})\n{code}"
    return run(sys.executable, "-W", "error", "-c", code, folder=folder)


def test_the_wheel_holds_every_module_and_nothing_else(installed):
    (wheel,) = installed.parent.glob("expost-*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    modules = (ROOT / "workflow/expost").rglob("*.py")
    assert held == {str(path.relative_to(ROOT / "workflow")) for path in modules}
    assert f"expost-{expost.__version__}-" in wheel.name
    assert f"\nversion: {expost.__version__}\n" in (ROOT / "CITATION.cff").read_text()


def test_the_readmes_python_runs_from_another_folder(installed, tmp_path):
    page = (ROOT / "README.md").read_text().partition("## Your own codes\n")[2]
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert "expost.compare(codes)" in examples[0]
    example = "".join(examples)
    codes = "import numpy as np\ncodes = np.random.default_rng(0).standard_normal((50, 3))\n"
    shown = "import expost\nprint(new.shape, expost.__file__)\nprint(expost.load('sampler.npz'))"
    best, scores, where, loaded = python(codes + example + shown, installed, tmp_path).splitlines()
    assert "clearly better" in best or "not dominated" in best
    assert {"emd", "c_t"} < ast.literal_eval(scores).keys()
    assert where == f"(500, 8) {installed}/expost/__init__.py"
    assert loaded.startswith("EmpiricalBetaCopula(")


def test_an_import_brings_no_package_and_a_sampler_no_torch(installed, tmp_path):
    code = (
        "import numpy\n"
        "before = set(sys.modules)\n"
        "import expost\n"
        "brought = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "codes = numpy.random.default_rng(0).standard_normal((50, 3))\n"
        "expost.EmpiricalBetaCopula().fit(codes, rng=0).sample(4, rng=1)\n"
        "assert not {'torch', 'pandas', 'matplotlib'} & set(sys.modules)\n"
        "print(brought - sys.stdlib_module_names)"
    )
    assert python(code, installed, tmp_path).strip() == "{'expost'}"


def test_a_comparison_wants_no_package_of_an_extra(installed, tmp_path):
    """So that what `pip install .` brings is enough for the README's first lines."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    del project["optional-dependencies"]["all"]  # which are the others
    extras = {name for group in project["optional-dependencies"].values() for name in group}
    code = (
        f"sys.modules.update(dict.fromkeys({sorted(map(module, extras))}))\n"  # cannot be imported
        "import expost, numpy\n"
        "codes = numpy.random.default_rng(0).standard_normal((60, 2))\n"
        "table = expost.compare(codes, seeds=2)\n"
        "print(table.best(), table._repr_html_(), table.to_latex(), *table.notes)\n"
    )
    said = python(code, installed, tmp_path)
    assert "real_nvp is left out, as it needs the package zuko" in said
    assert "vine is left out, as it needs the package pyvinecopulib" in said


def test_without_what_an_extra_brings_it_says_which_extra(installed, tmp_path):
    """Before anything is fitted; and a report is written without its picture."""
    code = (
        "missing = ['pyvinecopulib', 'zuko', 'pyarrow', 'matplotlib', 'seaborn']\n"
        "sys.modules.update(dict.fromkeys(missing))\n"
        "import numpy, expost\n"
        "from pathlib import Path\n"
        "from expost.commands.main import main\n"
        "codes = numpy.random.default_rng(0).standard_normal((60, 2))\n"
        "numpy.save('my.npy', codes)\n"
        "expost.Gaussian().fit(codes).save('model.npz')\n"
        "sys.stderr = sys.stdout\n"
        "for words in ('fit my.npy --sampler vine -o new.npz', "
        "'fit my.npy --sampler real_nvp -o new.npz', 'sample model.npz -n 3 -o new.parquet', "
        "'compare my.npy --samplers gaussian --seeds 2 --report out.html'):\n"
        "    print(main(words.split()))\n"
        "print(Path('new.npz').exists(), Path('out.html').read_text())\n"
    )
    said = python(code, installed, tmp_path)
    assert "Vine needs the package pyvinecopulib; install it, or expost with it: pip " in said
    assert "pip install '.[vine]' in its folder" in said
    assert "RealNVP needs the package zuko" in said
    assert "new.parquet, unlike a .npy or .csv file, needs the package pyarrow; install" in said
    warned = said.index("the report will be without its picture: that needs the package matplotlib")
    assert warned < said.index("written: out.html")
    assert "False <!DOCTYPE html>" in said
    assert "This picture needs the package matplotlib; install it" in said


def test_every_extra_brings_what_it_is_named_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for package, extra in EXTRAS.items():
        assert package in {module(requirement) for requirement in extras[extra]}


def module(requirement):
    """What is imported of a distribution that a requirement names."""
    return re.match(r"[\w-]+", requirement)[0].replace("-", "_")


def test_public_names_are_listed_and_lead_to_what_they_name():
    assert {*SAMPLERS.values(), *NAMES, "Sampler", "load", "score"} <= set(expost.__all__)
    assert {"samplers", "metrics", "objectives", "io"} <= set(expost.__all__)
    assert set(expost.__all__) <= set(dir(expost))
    assert len(set(expost.__all__)) == len(expost.__all__)
    for name in expost.__all__:
        assert getattr(expost, name).__doc__
    assert expost.EmpiricalBetaCopula is expost.samplers.EmpiricalBetaCopula
    assert expost.frechet(np.eye(4), np.eye(4)) == pytest.approx(0, abs=1e-9)
    with pytest.raises(AttributeError, match="no attribute 'Gausian'"):
        expost.Gausian  # noqa: B018
