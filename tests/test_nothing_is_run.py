"""Nothing that the project reads is ever run."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import ROOT
from contents import npy, through_file
from expost import datasets, samplers
from expost.features import resnet34
from expost.io import files, plain_yaml
from expost.papers.claims import ledger
from expost.study import yaml_safety
from hostile import put_zip, refused
from snakemake.common.configfile import load_configfile
from snakemake.exceptions import WorkflowError
from test_pins import imports
from yaml.constructor import FullConstructor, SafeConstructor

PICKLES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
# What a process of one's own hands to another is nothing from outside.
PARALLEL = {
    Path("workflow/expost/comparing/side_by_side.py"): {"joblib"},
    Path("benchmarks/items/comparison.py"): {"joblib"},
}
TREES = {
    path.relative_to(ROOT): ast.parse(path.read_text())
    for folder in ("workflow", "benchmarks", "tests")
    for path in ROOT.glob(f"{folder}/**/*.py")
}
RULES = sorted([ROOT / "Snakefile", *ROOT.glob("workflow/rules/*.smk")])


def calls(tree):
    """What is called, with which arguments, by position and by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            named = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            yield ast.unparse(node.func), node.args, named


def test_nothing_is_unpickled():
    for path, tree in TREES.items():
        assert not PICKLES & set(imports(tree)) - PARALLEL.get(path, set()), path
        for function, arguments, options in calls(tree):
            assert function not in ("yaml.unsafe_load", "yaml.full_load", "joblib.load"), path
            if function == "torch.load":
                assert options.get("weights_only") == "True", path
            elif function in ("np.load", "numpy.load"):
                assert options.get("allow_pickle") == "False", path
                readers = {"files.py", "array_codes.py"}  # the second maps what it does not hold
                assert path.parts[0] != "workflow" or path.name in readers, path
            elif function == "yaml.load":  # other loaders make objects of any class
                loader = getattr(plain_yaml, ast.unparse(arguments[1]).rpartition(".")[2])
                assert issubclass(loader, SafeConstructor), path
                assert not issubclass(loader, FullConstructor), path


def test_no_text_becomes_code_or_a_command():
    for path, tree in TREES.items():
        if path.parts[0] == "tests":
            continue
        lists = {
            ast.unparse(node.targets[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
        }
        for function, arguments, options in calls(tree):
            assert function not in ("eval", "exec", "compile", "__import__"), path
            assert not re.fullmatch(r"os\.(system|popen|spawn\w*|exec\w*)", function), path
            if function.startswith("subprocess."):
                assert function == "subprocess.run", path
                assert "shell" not in options, path
                command = arguments[0]
                assert isinstance(command, ast.List) or ast.unparse(command) in lists, path


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_rules_have_scripts_no_shell_and_no_pickle(path):
    text = path.read_text()
    assert not re.findall(r"^\s*(shell|run|notebook|wrapper|cwl)\s*:", text, re.MULTILINE)
    allowed = {"os.environ", "os.pathsep"}  # of the search path that jobs inherit
    assert not set(re.findall(r"\b(?:shell|eval|exec)\(|\bos\.\w*|subprocess", text)) - allowed
    assert not re.findall(rf"\b({'|'.join(PICKLES)})\b|\b(np|numpy|torch|yaml)\.\w*load\w*\(", text)


def pickled(payload):
    """Bytes of a .npy file that hold an object."""
    return through_file(lambda file: np.save(file, np.array([payload]), allow_pickle=True))


@pytest.mark.parametrize("name", ["objects", "one object among arrays", "a pickle alone"])
def test_objects_in_numpy_files_are_refused(name, payload, tmp_path):
    path, content = tmp_path / "a.npz", pickled(payload)
    if name == "a pickle alone":
        path.write_bytes(content[content.index(b"\n") + 1 :])
    elif name == "objects":
        path.write_bytes(content)
        refused(path, files.load_npy, "holds objects")
    else:
        put_zip(path, {"images_train.npy": npy(np.zeros(3)), "x.npy": content})
    refused(path, files.load_npz)
    refused(path, lambda path: datasets.build("npz", path=path.name).load(path.parent))
    refused(path, samplers.load)


@pytest.mark.parametrize("zipped", [True, False])
def test_objects_in_weights_are_refused(zipped, payload, tmp_path):
    path = tmp_path / "resnet34.pth"
    with pytest.raises(FileNotFoundError):
        resnet34.ResNet34(path)  # imports what it needs, or that would count as its memory
    torch.save({"fc.bias": payload}, path, _use_new_zipfile_serialization=zipped)
    refused(path, resnet34.ResNet34, "put resnet34-b627a593.pth there")


@pytest.mark.parametrize("tag", ["python/object/apply:os.mkdir", "python/object/new:os.mkdir"])
def test_objects_in_yaml_are_refused(tag, payload, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"- !!{tag} [{payload.marker}]\n")
    refused(path, lambda path: ledger.load(path, (), ()), "could not determine a constructor")
    path.write_text(f"draws: !!{tag} [{payload.marker}]\n")
    with pytest.raises(WorkflowError, match="not valid JSON or YAML"):  # as does --configfile
        load_configfile(str(path))


def test_functions_in_yaml_get_no_further_than_the_config(tmp_path):
    (tmp_path / "a.yaml").write_text("samplers: {kde: {bandwidth: !!python/name:os.mkdir ''}}")
    config = load_configfile(str(tmp_path / "a.yaml"))
    with pytest.raises(ValueError, match=r"samplers\.kde\.bandwidth, .* a builtin_function"):
        yaml_safety.check(config)
