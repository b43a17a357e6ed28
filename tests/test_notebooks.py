"""The notebooks of `examples/` run as they stand, show what they speak of, and are kept clean."""

import base64
import io
import json
import os
import re
import sys

import matplotlib.image
import nbformat
import pytest
from conftest import ROOT
from ipykernel.kernelspec import write_kernel_spec
from nbclient import NotebookClient

EXAMPLES = sorted((ROOT / "examples").glob("*.ipynb"))
NAMES = ("my_autoencoder", "my_codes", "paper_figure")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@pytest.fixture(scope="module")
def kernels(tmp_path_factory):
    """What notebooks run with: this Python, no settings of a user's, a folder of temporary files.

    A kernel is looked for in `JUPYTER_PATH` first, so that none need be registered.
    """
    folder = tmp_path_factory.mktemp("jupyter")
    write_kernel_spec(folder / "kernels/python3")
    (folder / "temporary").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.setenv("TMPDIR", str(folder / "temporary"))
        patch.delenv("PYTHONPATH", raising=False)
        yield folder


def executed(notebook, folder=ROOT / "examples"):
    """Cell -> what it shows: kind -> all of that kind, as text; an error in one is raised."""
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=900, kernel_name="python3", resources=resources).execute()
    return {cell["id"]: shown(cell) for cell in notebook.cells if cell.cell_type == "code"}


def shown(cell):
    found = {}
    for output in cell.outputs:
        kinds = {output.name: output.text} if "text" in output else output.data
        for kind, text in kinds.items():
            found[kind] = found.get(kind, "") + text
    assert "Warning" not in found.get("stderr", ""), found["stderr"]
    return found


def run(name, kernels):
    found = executed(nbformat.read(ROOT / f"examples/{name}.ipynb", as_version=4))
    left = [path.name for path in (kernels / "temporary").iterdir() if path.name[:3] == "tmp"]
    assert not left
    return found


def picture(shown):
    """A png that is shown, (height, width, channels) in [0, 1]."""
    return matplotlib.image.imread(io.BytesIO(base64.b64decode(shown["image/png"])))


def test_they_are_those_that_are_run():
    assert tuple(path.stem for path in EXAMPLES) == NAMES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_kept_is_clean(path):
    text = path.read_text()
    notebook = nbformat.from_dict(json.loads(text))
    nbformat.validate(notebook)
    assert notebook.metadata == METADATA
    for cell in notebook.cells:
        assert cell.metadata == {}
        assert len("".join(cell.source).splitlines()) <= 12, cell["id"]
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n" == text
    assert not re.search(r"(?<![\w.~}])/(home|root|tmp|Users|usr|var|work|mnt|opt)\b", text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_they_link_to_what_is_there(path):
    cells = nbformat.read(path, as_version=4).cells
    for link in re.findall(r"\]\(([^)#]+)\)", "\n".join(cell.source for cell in cells)):
        assert (path.parent / link).exists(), link


def test_the_python_is_that_of_the_environment(kernels, tmp_path):
    cell = nbformat.v4.new_code_cell("import sys\nsys.executable", id="a")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert executed(notebook, tmp_path)["a"] == {"text/plain": repr(sys.executable)}


def test_codes_are_compared_drawn_and_saved(kernels):
    found = run("my_codes", kernels)
    assert "<table>" in found["compare"]["text/html"]
    assert re.search(r"\d\d?/18 ", found["compare"]["stderr"]), "no bar"
    assert found["best"]["text/plain"].startswith("gmm ")
    assert "Copying: kde and empirical_beta." in found["best"]["text/plain"]
    for cell in ("plot", "scatter", "threes"):
        assert picture(found[cell]).std() > 0.05, cell
    assert found["draw"]["text/plain"] == "(800, 6)"
    first, *others = map(float, re.findall(r"-?\d+\.\d*", found["given"]["text/plain"]))
    assert first == 20
    assert len(others) == 5
    assert max(map(abs, others)) > 1
    assert {"'gmm.npz'", "'table.tex'", "'best.txt'"} <= set(
        re.findall(r"'[^']+'", found["save"]["text/plain"])
    )
    assert found["load"]["text/plain"] == "True"


def test_an_autoencoder_draws_and_is_planned_with(kernels):
    found = run("my_autoencoder", kernels)
    assert float(found["held_out"]["stdout"].split()[0]) < 0.4  # 1 of the mean image everywhere
    assert picture(found["grid"]).std() > 0.2
    assert "mine: {encoder:" in found["export"]["stdout"]
    jobs = re.findall(r"^(\w+) +\d+$", found["dry_run"]["stdout"], re.MULTILINE)
    assert {"pretrained", "encode", "fit_sampler", "figure"} <= set(jobs)
    assert "train" not in jobs


def test_a_figure_is_drawn_changed_and_drawn_of_its_numbers(kernels):
    before = set(os.listdir(ROOT))
    found = run("paper_figure", kernels)
    first, second = picture(found["show"]), picture(found["redraw"])
    assert first.shape != second.shape or (first != second).any()
    steps = [re.search(r"(\d+) of \1 steps", found[x]["stdout"])[1] for x in ("draw", "redraw")]
    assert all(int(count) > 5 for count in steps)
    assert "gaussian" in found["csv"]["text/html"]
    assert picture(found["plot"]).std() > 0.05
    assert set(os.listdir(ROOT)) == before
