"""Nothing that the project reads is ever run, and no file makes it take more than there is."""

import ast
import gzip
import io
import json
import math
import os
import re
import struct
import subprocess
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml
from conftest import ROOT
from expost import datasets, files, memory, networks, plain, provenance, samplers, tensors
from expost.claims import ledger
from expost.datasets import celeba, cifar10, idx, svhn
from expost.features import classifier, resnet34
from PIL import Image
from safetensors.torch import save_file
from snakemake.common.configfile import load_configfile
from snakemake.exceptions import WorkflowError
from test_pins import imports

PICKLES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
TREES = {
    path.relative_to(ROOT): ast.parse(path.read_text())
    for folder in ("workflow", "benchmarks", "tests")
    for path in ROOT.glob(f"{folder}/**/*.py")
}
RULES = sorted([ROOT / "Snakefile", *ROOT.glob("workflow/rules/*.smk")])
SMALL = 8_000_000  # bytes that a refusal may take


def calls(tree):
    """What is called, with which arguments, by position and by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            named = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            yield ast.unparse(node.func), node.args, named


def test_nothing_is_unpickled():
    for path, tree in TREES.items():
        assert not PICKLES & set(imports(tree)), path
        for function, arguments, options in calls(tree):
            assert function not in ("yaml.unsafe_load", "yaml.full_load"), path
            if function == "torch.load":
                assert options.get("weights_only") == "True", path
            elif function in ("np.load", "numpy.load"):
                assert options.get("allow_pickle") == "False", path
                assert path.parts[0] != "workflow" or path.name == "files.py", path
            elif function == "yaml.load":  # other loaders make objects of any class
                assert ast.unparse(arguments[1]) == "_Loader", path
                assert "class _Loader(yaml.SafeLoader)" in ast.unparse(tree), path


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
def test_rules_have_scripts_and_no_shell(path):
    text = path.read_text()
    assert not re.findall(r"^\s*(shell|run|notebook|wrapper|cwl)\s*:", text, re.MULTILINE)
    assert not re.findall(r"\b(shell|eval|exec)\(|\bos\.|subprocess", text)


class Payload:
    """An object that makes a file when it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.mkdir, (str(self.marker),)


@pytest.fixture
def payload(tmp_path):
    """The object, and a check that it does what it is for, and has not done it in a test."""
    made = Payload(tmp_path / "executed")
    function, arguments = made.__reduce__()
    function(*arguments)
    made.marker.rmdir()
    yield made
    assert not made.marker.exists()


def pickled(payload):
    """Bytes of a .npy file that hold an object."""
    buffer = io.BytesIO()
    np.save(buffer, np.array([payload]), allow_pickle=True)
    return buffer.getvalue()


def put_zip(path, members, claimed=None):
    """A zip archive that says that its members have so many bytes; None for the truth."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        for member in archive.filelist:
            member.file_size = member.file_size if claimed is None else claimed


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def head(shape, descr="|u1"):
    """The head of a .npy file, which may say anything."""
    buffer = io.BytesIO()
    about = {"descr": descr, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(buffer, about)
    return buffer.getvalue()


def refused(path, read, *words):
    """A reader refuses a file by name, with little memory, and leaves nothing beside it."""
    before = sorted(path.parent.iterdir())
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=re.escape(path.name)) as error:
            read(path)
        assert tracemalloc.get_traced_memory()[1] < SMALL
    finally:
        tracemalloc.stop()
    for word in words:
        assert word in str(error.value)
    assert sorted(path.parent.iterdir()) == before


# Pickles


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
    torch.save({"fc.bias": payload}, path, _use_new_zipfile_serialization=zipped)
    refused(path, resnet34.ResNet34, "put resnet34-b627a593.pth there")


@pytest.mark.parametrize("state", [["fc.bias"], {"fc.bias": 1}, {1: torch.zeros(1)}, "text"])
def test_weights_that_are_none_are_refused(state, tmp_path):
    torch.save(state, tmp_path / "resnet34.pth")
    refused(tmp_path / "resnet34.pth", resnet34.ResNet34, "put resnet34-b627a593.pth there")


# Text


@pytest.mark.parametrize("tag", ["python/object/apply:os.mkdir", "python/object/new:os.mkdir"])
def test_objects_in_yaml_are_refused(tag, payload, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"- !!{tag} [{payload.marker}]\n")
    refused(path, ledger.load, "could not determine a constructor")
    path.write_text(f"draws: !!{tag} [{payload.marker}]\n")
    with pytest.raises(WorkflowError, match="not valid JSON or YAML"):  # as does --configfile
        load_configfile(str(path))


def test_functions_in_yaml_get_no_further_than_the_config(tmp_path):
    (tmp_path / "a.yaml").write_text("samplers: {kde: {bandwidth: !!python/name:os.mkdir ''}}")
    config = load_configfile(str(tmp_path / "a.yaml"))
    with pytest.raises(ValueError, match=r"samplers\.kde\.bandwidth, .* a builtin_function"):
        plain.check(config)


LAUGHS = "- &a0 [ha]\n" + "".join(f"- &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(9))
MERGES = "- &a0 {x: y}\n" + "".join(
    f"- &a{i + 1} {{<<: [{', '.join([f'*a{i}'] * 9)}]}}\n" for i in range(9)
)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "1", "{}", "- a", "- {id: a}", "- {id: [a]}", "- {[a]: b}", "- {1: a}"),
        *("[" * 100_000, "{a: " * 100_000, "\0", "- 2020-13-45", "*a", "&a [*a]", "\x1b[2J"),
        *(LAUGHS, MERGES),
        "- {id: a, section: '1', claim: b, experiment: scores, tests: [c]}",
        "- {id: a, section: '1', claim: b, experiment: [d], tests: [{kind: less}]}",
        "- {id: a, section: '1', claim: b, experiment: scores, tests: [{kind: [less]}]}",
        "- {id: a, section: 1, claim: b, untested: c}",
        "- {id: a, section: '1', claim: b, untested: {}, datasets: 3}",
    ],
    ids=lambda text: ascii(text[:40]),
)
def test_odd_yaml_is_refused(text, tmp_path):
    (tmp_path / "claims.yaml").write_text(text)
    with pytest.raises(ValueError, match=r"claims\.yaml") as error:
        ledger.load(tmp_path / "claims.yaml")
    assert len(str(error.value)) < 1000


def test_odd_values_of_a_test_are_refused(tmp_path):
    good = {"kind": "less", "by": ["features/emd"], "left": ["ae/kde"]}
    claim = {"id": "a", "section": "3", "claim": "So.", "experiment": "scores"}
    path = tmp_path / "claims.yaml"
    for key, value in (
        *(("by", "features/emd"), ("by", [1]), ("left", [["ae/kde"]]), ("left_at", ["epoch"])),
        *(("left_at", {"epoch": [1]}), ("share", "all"), ("share", True)),
    ):
        path.write_text(yaml.safe_dump([claim | {"tests": [good | {key: value}]}]))
        refused(path, ledger.load, "claim 'a', test 1: got")
    path.write_text(yaml.safe_dump([claim | {"tests": [good]}]))
    assert ledger.load(path)


DEEP = "[" * 100_000 + "]" * 100_000
DIGEST = "0" * 64


@pytest.mark.parametrize("text", [DEEP, '{"a": ' * 100_000, "{", "\0", "[" + "9" * 5000 + "]"])
def test_odd_json_is_refused(text, tmp_path):
    path = tmp_path / "provenance.json"
    path.write_text(text)
    refused(path, files.load_json)
    refused(path, provenance.rows)
    refused(path, lambda path: provenance.load(path.parent), "delete it")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b"])
def test_a_record_of_files_elsewhere_is_refused(name, tmp_path):
    record = {"made_by": {"commit": None}, "files": {name: {"sha256": DIGEST}}}
    (tmp_path / "provenance.json").write_text(json.dumps(record))
    read = {"before": files.sha256}
    refused(tmp_path / "provenance.json", lambda path: provenance.load(path.parent), "outside")
    assert read["before"] is files.sha256


@pytest.mark.parametrize(
    "rows", [None, {}, "text", [1], [{"value": None}], [{"value": [1]}], [{"value": {}}]]
)
def test_results_with_other_rows_are_refused(rows, tmp_path):
    (tmp_path / "scores.json").write_text(json.dumps({"rows": rows}))
    refused(tmp_path / "scores.json", provenance.rows, "no rows of text and numbers")
    (tmp_path / "scores.json").write_text(json.dumps(rows))
    refused(tmp_path / "scores.json", provenance.rows)


# Safetensors, and what is built from them


def put_tensors(path, header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


ABOUT = {"__metadata__": {"about": "{}"}}
TENSOR = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}


@pytest.mark.parametrize(
    ("header", "data"),
    [
        (b'{"a": ' * 100_000, b""),
        (ABOUT | {"x": TENSOR | {"data_offsets": [0, 2**40]}}, bytes(8)),
        (ABOUT | {"x": TENSOR | {"data_offsets": [8, 0]}}, bytes(8)),
        (ABOUT | {"x": TENSOR | {"shape": [2**62, 2**62]}}, bytes(8)),
        (ABOUT | {"x": TENSOR | {"shape": [-2]}}, bytes(8)),
        (ABOUT | {"x": TENSOR | {"dtype": "PICKLE"}}, bytes(8)),
        (ABOUT | {"x": TENSOR, "y": TENSOR}, bytes(8)),
        (ABOUT | {"x": TENSOR}, b""),
        ({"x": TENSOR}, bytes(8)),
        ({"__metadata__": {"about": DEEP}}, b""),
        ({"__metadata__": {"about": "[1]"}}, b""),
        ({"__metadata__": {"about": "{"}}, b""),
    ],
)
def test_odd_safetensors_are_refused(header, data, tmp_path):
    put_tensors(tmp_path / "x.safetensors", header, data)
    refused(tmp_path / "x.safetensors", tensors.load, "truncated or not a file of expost")


@pytest.mark.parametrize("content", [b"", bytes(4), struct.pack("<Q", 2**63), b"\xff" * 100])
def test_safetensors_of_absurd_length_are_refused(content, tmp_path):
    (tmp_path / "x.safetensors").write_bytes(content)
    refused(tmp_path / "x.safetensors", tensors.load)


PLAN = {"objective": "ae", "options": {}, "shape": [1, 32, 32], "latent": 4}


@pytest.mark.parametrize(
    "change",
    [
        *({"latent": 10**12}, {"latent": -1}, {"latent": "4"}, {"shape": [10**9, 32, 32]}),
        *({"shape": [1, 2**40, 2**40]}, {"shape": 3}, {"objective": ["ae"]}, {"options": []}),
        *({"objective": "os"}, {"options": {"x": 1}}, {}),
    ],
)
def test_networks_of_absurd_size_are_not_made(change, tmp_path):
    tensors.save(tmp_path / "x.safetensors", {"x": torch.zeros(2)}, PLAN | change)
    refused(tmp_path / "x.safetensors", networks.load, "is no checkpoint")


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"channels": 10**12, "classes": 2},
        {"channels": 1, "classes": [2]},
        {"widths": [], "a": 1},
    ],
)
def test_classifiers_of_absurd_size_are_not_made(about, tmp_path):
    tensors.save(tmp_path / "x.safetensors", {"x": torch.zeros(2)}, about)
    refused(tmp_path / "x.safetensors", classifier.load, "is no classifier")


def test_a_checkpoint_without_words_is_refused(tmp_path):
    save_file({"x": torch.zeros(2)}, tmp_path / "x.safetensors")
    refused(tmp_path / "x.safetensors", networks.load)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ({"sampler": np.zeros(3)}, "cannot be read"),
        ({"sampler": np.array(DEEP)}, "cannot be read"),
        ({"sampler": np.array("[]")}, "cannot be read"),
        ({"sampler": np.array('{"sampler": ["kde"], "options": {}}')}, "unknown sampler"),
        ({"sampler": np.array('{"sampler": "../os", "options": {}}')}, "unknown sampler"),
        ({"sampler": np.array('{"sampler": "kde", "options": {"x": 1}}')}, "no option 'x'"),
        ({"__class__": np.zeros(3)}, "no fitted sampler"),
        ({"__dict__": np.zeros(3)}, "no fitted sampler"),
        ({"../x_": np.zeros(3), "factor_": np.zeros(3)}, ""),
    ],
)
def test_samplers_that_are_none_are_refused(state, word, tmp_path):
    good = {"sampler": np.array('{"sampler": "gaussian", "options": {}}'), "n_features_in_": 2}
    np.savez(tmp_path / "s.npz", **(good | state))
    if word:
        refused(tmp_path / "s.npz", samplers.load, word)
    else:  # of names that are no Python ones nothing comes
        assert samplers.load(tmp_path / "s.npz").n_features_in_ == 2
        assert [path.name for path in tmp_path.parent.iterdir() if path.suffix] == []


@pytest.mark.parametrize(
    "options", [{"transforms": 10**9}, {"hidden": 10**6}, {"layers": 10**9}, {"hidden": -1}]
)
def test_flows_of_absurd_size_are_not_made(options, tmp_path):
    sampler = samplers.build("real_nvp", steps=1, hidden=4)
    sampler.fit(np.random.default_rng(0).normal(size=(50, 2)), rng=0)
    sampler.save(tmp_path / "s.npz")
    assert len(samplers.load(tmp_path / "s.npz").sample(3, rng=0)) == 3
    for option, value in options.items():
        setattr(sampler, option, value)
    sampler.save(tmp_path / "s.npz")
    refused(tmp_path / "s.npz", samplers.load, "Sampler.save")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["pair copulas", "tree0", "pc0", "par", "shape"], [3, 10**9]),
        (["pair copulas", "tree0", "pc0", "par", "shape"], [-3, -3]),
        (["pair copulas", "tree0", "pc0", "vt"], ["d", "c"]),
        (["pair copulas", "tree0", "pc0", "fam"], "BB8"),
        (["pair copulas", "tree9"], {}),
        (["structure", "order"], [1, 2, 9]),
        (["structure", "array", "d"], 9),
        (["structure", "array", "data"], [[9, 9], [9]]),
        (["var_types"], ["d", "d", "d"]),
    ],
)
def test_vines_that_belie_themselves_are_not_read_beyond_their_ends(path, value, tmp_path):
    """Each of these has pyvinecopulib read what is not there, or may."""
    sampler = samplers.build("vine", grid=3)
    sampler.fit(np.random.default_rng(0).normal(size=(30, 3)), rng=0)
    vine = json.loads(sampler.json_.tobytes())
    copula = json.loads(vine["copula"])
    part = copula
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    text = json.dumps(vine | {"copula": json.dumps(copula)})
    sampler.json_ = np.frombuffer(text.encode(), np.uint8)
    sampler.save(tmp_path / "v.npz")
    refused(tmp_path / "v.npz", samplers.load, "Sampler.save")


# Archives


@pytest.fixture
def faces(tmp_path):
    """A zip archive as of CelebA, the bytes of its image, and a reader."""
    buffer = io.BytesIO()
    Image.new("RGB", (178, 218)).save(buffer, "JPEG")
    path = tmp_path / "faces.zip"
    put_zip(path, {"img_align_celeba/a.jpg": buffer.getvalue()})
    return path, buffer.getvalue(), lambda path: celeba.read_faces(path, ["a.jpg"], 8)


def test_members_elsewhere_are_never_written(faces, tmp_path):
    path, content, read = faces
    assert read(path).shape == (1, 3, 8, 8)
    names = ("../a.jpg", "/tmp/img_align_celeba/a.jpg", "img_align_celeba/../../a.jpg")
    for name in names:
        put_zip(path, {name: content})
        refused(path, read, "There is no item named 'img_align_celeba/a.jpg'")
        put_zip(path, {name.replace("jpg", "npy"): npy(np.zeros(3))})
        refused(path, lambda path: datasets.build("npz", path=path.name).load(path.parent))
        refused(path, samplers.load)


def test_links_in_a_zip_archive_are_not_followed(faces):
    path, content, read = faces
    (path.parent / "target").write_bytes(content)
    link = zipfile.ZipInfo("img_align_celeba/a.jpg")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    put_zip(path, {link: str(path.parent / "target")})
    refused(path, read, "cannot identify image")


def test_links_and_paths_in_a_tar_archive_are_not_followed(tmp_path):
    path = tmp_path / "cifar.tar.gz"
    (tmp_path / "target").write_bytes(bytes(3073))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.REGTYPE):
        with tarfile.open(path, "w:gz") as archive:
            for name in [*cifar10.BATCHES["train"], *cifar10.BATCHES["test"]]:
                outside = kind == tarfile.REGTYPE
                member = tarfile.TarInfo(("../" if outside else cifar10.FOLDER + "/") + name)
                member.type, member.linkname = kind, str(tmp_path / "target")
                archive.addfile(member)
        refused(path, lambda path: cifar10.read_batches(path, 1))


@pytest.mark.parametrize(
    ("field", "at"), [("flags", (6, 8)), ("method", (8, 10))], ids=lambda value: str(value)
)
def test_encrypted_and_unknown_members_are_refused(field, at, faces, tmp_path):
    path, _, read = faces
    np.savez(tmp_path / "a.npz", x=np.zeros(3))
    for where, reader in ((path, read), (tmp_path / "a.npz", files.load_npz)):
        content = where.read_bytes()
        for start, place in ((b"PK\3\4", at[0]), (b"PK\1\2", at[1])):
            begin = content.index(start) + place
            value = struct.pack("<H", 1 if field == "flags" else 99)
            content = content[:begin] + value + content[begin + 2 :]
        where.write_bytes(content)
        refused(where, reader)


# Bombs


def test_an_idx_file_is_unpacked_no_further_than_it_promises(tmp_path):
    path, zeros = tmp_path / "images.gz", bytes(64_000_000)
    for lengths, words in (
        ((5, 4, 3), "holds more than 60 values, its header says 60"),
        ((5000, 4000, 30), "says in its header that it holds 600000000 values"),
    ):
        start = struct.pack(">BBBB3I", 0, 0, 8, 3, *lengths)
        path.write_bytes(gzip.compress(start + zeros, 1))
        refused(path, lambda path: idx.read_idx(path, 3), words)


def test_a_tar_archive_is_unpacked_no_further_than_wanted(tmp_path):
    path, member = tmp_path / "cifar.tar.gz", tarfile.TarInfo("x")
    member.type, member.size = tarfile.XHDTYPE, 64_000_000  # tarfile reads it by itself
    path.write_bytes(gzip.compress(member.tobuf() + bytes(64_000_000), 1))
    refused(path, lambda path: cifar10.read_batches(path, 1), "unpacks to more than")


@pytest.mark.parametrize("name", ["x", cifar10.FOLDER + "/test_batch.bin"])
def test_a_tar_archive_cannot_lead_in_circles(name, tmp_path):
    path, member = tmp_path / "cifar.tar.gz", tarfile.TarInfo(name)
    member.size = -1024
    path.write_bytes(gzip.compress(member.tobuf(tarfile.GNU_FORMAT) + bytes(10_240)))
    refused(path, lambda path: cifar10.read_batches(path, 1), "-1024")


def mat_element(kind, content):
    return struct.pack("<II", kind, len(content)) + content + bytes(-len(content) % 8)


def mat_array(name, shape, values):
    return mat_element(
        14,
        mat_element(6, struct.pack("<II", 9, 0))
        + mat_element(5, struct.pack(f"<{len(shape)}i", *shape))
        + mat_element(1, name)
        + values,
    )


def put_mat(path, *elements):
    start = b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM"
    path.write_bytes(start + b"".join(elements))


IMAGE, FEW = mat_element(2, bytes(3072)), mat_element(2, b"\1")
LABEL = mat_array(b"y", (1, 1), FEW)


@pytest.mark.parametrize(
    ("images", "word"),
    [
        ([mat_array(b"X", (32, 32, 3, 1), mat_element(2, bytes(64_000_000)))], "unpacks to more"),
        (
            [mat_array(b"X", (1,), FEW), mat_array(b"X", (32, 32, 3, 1), IMAGE)],
            "holds X, uint8 (1,)",
        ),
        ([mat_array(b"X", (32, 32, 3, 1), mat_element(9, bytes(8 * 3072)))], "24576 of type 9"),
        ([mat_array(b"X", (), IMAGE)], ""),
        ([mat_array(b"X", (-32, 32, 3, 1), IMAGE)], "-32"),
        ([mat_array(b"X", (2**30, 2**30, 2**30, 1), IMAGE)], "1073741824"),
    ],
)
def test_a_mat_file_that_belies_itself_is_refused(images, word, tmp_path):
    path, packed = tmp_path / "x.mat", [zlib.compress(array) for array in images]
    put_mat(path, *(struct.pack("<II", 15, len(a)) + a for a in packed), LABEL)
    refused(path, lambda path: svhn.read_mat(path, 1), word, "get it again")


def test_a_mat_file_that_is_honest_is_read(tmp_path):
    put_mat(tmp_path / "x.mat", mat_array(b"X", (32, 32, 3, 1), IMAGE), LABEL)
    assert svhn.read_mat(tmp_path / "x.mat", 1)[0].shape == (1, 3, 32, 32)


def test_mat_files_of_other_versions_are_refused(tmp_path):
    (tmp_path / "x.mat").write_bytes(b"MATLAB 7.3 MAT-file".ljust(124) + b"\0\2IM" + b"\x89HDF\r\n")
    refused(tmp_path / "x.mat", lambda path: svhn.read_mat(path, 1), "no MATLAB 5 file")


@pytest.mark.parametrize("shape", [(2**40,), (2**20, 2**20), (10**4, 2**30)])
def test_arrays_larger_than_memory_are_refused_unread(shape, tmp_path):
    path, start = tmp_path / "x.npz", head(shape)
    words = ("GiB of memory, this machine has", "use a larger machine")
    path.write_bytes(start)
    refused(path, files.load_npy, *words)
    put_zip(path, {"x.npy": start + bytes(10**6)}, len(start) + math.prod(shape))
    refused(path, files.load_npz, *words)
    path.write_bytes(head(shape, "|V0"))  # no bytes each, but that many
    refused(path, files.load_npy, *words)


@pytest.mark.parametrize("shape", [(10**4000, 10**4000), (2**63, 0, 2**63), (-(2**70),)])
def test_shapes_that_numpy_does_not_have_are_refused(shape, tmp_path):
    (tmp_path / "x.npz").write_bytes(head(shape))
    refused(tmp_path / "x.npz", files.load_npy)
    put_zip(tmp_path / "x.npz", {"x.npy": head(shape)})
    refused(tmp_path / "x.npz", files.load_npz)


def test_memory_is_that_of_all_arrays_together_and_the_bound_is_exact(tmp_path, monkeypatch):
    path = tmp_path / "x.npz"
    arrays = {"a": np.zeros(1000, np.uint8), "b": np.zeros((10, 10), np.float64)}
    np.savez_compressed(path, **arrays)
    monkeypatch.setattr(memory, "physical", lambda: 1800)
    assert files.load_npz(path).keys() == arrays.keys()
    monkeypatch.setattr(memory, "physical", lambda: 1799)
    refused(path, files.load_npz, "would take 0.000001676 GiB", "machine has 0.000001675")


def test_memory_is_this_machines():
    total = re.search(r"MemTotal: +(\d+) kB", Path("/proc/meminfo").read_text())
    assert memory.physical() == pytest.approx(1024 * int(total[1]), rel=0.01)
    memory.check(memory.physical(), "all of it", "go on")


@pytest.mark.parametrize(
    "content",
    [
        b"\x93NUMPY\2\0" + struct.pack("<I", 2**32 - 1) + b" " * 100,
        b"\x93NUMPY\1\0" + struct.pack("<H", 9000) + b"-" * 8999 + b"1",
        b"\x93NUMPY\1\0" + struct.pack("<H", 60_000) + b"[" * 60_000,
        head((3,), "|O") + bytes(24),
        head((-1,)) + bytes(24),
        b"no array",
    ],
    ids=range(6),
)
def test_odd_heads_are_refused(content, tmp_path):
    (tmp_path / "x.npy").write_bytes(content)
    refused(tmp_path / "x.npy", files.load_npy, "not a plain NumPy file")
    put_zip(tmp_path / "x.npy", {"x.npy": content, "y.npy": npy(np.zeros(2))})
    refused(tmp_path / "x.npy", files.load_npz, "not a plain NumPy file")


def test_members_that_lie_about_their_size_are_refused(faces, tmp_path):
    path, content, read = faces
    bomb = {"img_align_celeba/a.jpg": content + bytes(64_000_000)}
    put_zip(path, bomb)
    refused(path, read, "it says that it has 64")
    put_zip(path, bomb, len(content))
    refused(path, read, "Bad CRC-32")
    for claimed in (100_000, 64_000_127, 64_000_129, 2**40):
        put_zip(path, {"x.npy": npy(np.zeros(64_000_000, np.uint8))}, claimed)
        refused(path, files.load_npz, f"x.npy has {claimed} bytes, its head says 64000128")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_without_bounds_are_refused(packing, faces, tmp_path):
    path, content, read = faces
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("img_align_celeba/a.jpg", content)
    refused(path, read, "wanted deflate or nothing")
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("x.npy", npy(np.zeros(3)))
    refused(path, files.load_npz, "wanted deflate or nothing")


# Pictures


def put_png(path, width, height, *chunks):
    def chunk(kind, content):
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * min(height, 10)))
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts))


def folder(path):
    return datasets.build("folder", path=path.parent.name, test=1).load(path.parent.parent)


@pytest.fixture
def pictures(tmp_path):
    """A folder with two honest pictures, and room for a third."""
    (tmp_path / "mine").mkdir()
    for name in ("b.png", "c.png"):
        put_png(tmp_path / "mine" / name, 9, 9)
    return tmp_path / "mine"


def test_pictures_of_absurd_size_are_refused(pictures):
    put_png(pictures / "a.png", 60_000, 60_000)
    refused(pictures / "a.png", folder, "exceeds limit of", "repair or remove it")
    put_png(pictures / "a.png", 9, 9, (b"zTXt", b"a\0\0" + zlib.compress(bytes(64_000_000))))
    refused(pictures / "a.png", folder, "Decompressed data too large")
    put_png(pictures / "a.png", 9, 9, (b"iCCP", b"a\0\0" + zlib.compress(bytes(64_000_000))))
    refused(pictures / "a.png", folder, "Decompressed data too large")


def test_a_folder_larger_than_memory_is_refused(pictures, monkeypatch):
    monkeypatch.setattr(memory, "physical", lambda: 2 * 9 * 9)
    assert folder(pictures / "b.png")["images_train"].shape == (1, 1, 9, 9)
    monkeypatch.setattr(memory, "physical", lambda: 2 * 9 * 9 - 1)
    with pytest.raises(ValueError, match="mine: 2 images of 9 x 9 pixels would take .* set `size`"):
        folder(pictures / "b.png")
    with pytest.raises(ValueError, match="2 images of 800 x 800 pixels would take"):
        datasets.build("folder", path="mine", size=800).load(pictures.parent)


def test_images_are_not_enlarged_beyond_memory(tmp_path, faces):
    path, *_ = faces
    with pytest.raises(ValueError, match=r"1 faces of 8000000 x .* GiB .* set a smaller size"):
        celeba.read_faces(path, ["a.jpg"], 8_000_000)
    with pytest.raises(ValueError, match=r"997 images of 8000000 x .* GiB .* set a smaller size"):
        datasets.build("digits", size=8_000_000).load()


POSTSCRIPT = """%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 9 9
(%pipe%mkdir MARKER) (w) file
%%EOF
"""


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_programs_that_are_called_pictures_are_not_run(name, pictures, payload, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was run"))
    (pictures / name).write_text(POSTSCRIPT.replace("MARKER", str(payload.marker)))
    refused(pictures / name, folder, "cannot identify image", "repair or remove it")
