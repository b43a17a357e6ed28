"""Whatever a config or a file says, it is taken, or refused by name: nothing else ever happens.

EXPOST_FUZZ=100000 tries so many cases, new ones every time, instead of the same few thousand.
"""

import datetime
import gzip
import io
import json
import os
import re
import struct
import tarfile
import zipfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import snakemake.utils
import torch
import yaml
from conftest import ROOT
from damage import damaged, edited
from expost import datasets, files, plain, provenance, samplers, settings, tensors, variants
from expost.claims import ledger
from expost.datasets import celeba, cifar10, face_lists, idx, svhn
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from PIL import Image
from scipy.io import savemat
from snakemake.exceptions import WorkflowError

TOTAL = int(os.environ.get("EXPOST_FUZZ", 3000))


def cases(share):
    """So large a share of all cases, the same ones every time unless their number was given."""
    return trying(
        max_examples=max(1, round(share * TOTAL)),
        derandomize="EXPOST_FUZZ" not in os.environ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


# Configs


def overlaid(name):
    """config.yaml with a preset on top, as Snakemake makes it."""
    config = yaml.safe_load((ROOT / "config.yaml").read_text())
    if name:
        snakemake.utils.update_config(config, yaml.safe_load((ROOT / name).read_text()))
    return config


CONFIGS = [overlaid(name) for name in ("", "tests/smoke.yaml", "workflow/presets/paper.yaml")]


@pytest.fixture(scope="module")
def check():
    """What rules/common.smk does with a config, in its own words."""
    text = (ROOT / "workflow/rules/common.smk").read_text()
    code = text[text.index("try:\n    plain.check") : text.index("threads.wait_asleep")]
    load = cache(snakemake.utils._load_configfile)

    def validate(config, schema):
        snakemake.utils.validate(config, str(ROOT / "workflow/rules" / schema))

    def run(config):
        names = {"plain": plain, "settings": settings, "variants": variants, "validate": validate}
        names |= {"files": SimpleNamespace(check_writable=str), "WorkflowError": WorkflowError}
        exec(compile(code, "common.smk", "exec"), names | {"config": config})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snakemake.utils, "_load_configfile", lambda *a, **k: yaml_copy(load(*a, **k)))
        yield run


def yaml_copy(tree):
    """A copy of mappings and lists."""
    if isinstance(tree, dict):
        return {key: yaml_copy(part) for key, part in tree.items()}
    return [yaml_copy(part) for part in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("config", CONFIGS, ids=["default", "smoke", "paper"])
def test_the_configs_that_are_damaged_are_good(config, check):
    check(yaml_copy(config))


def words(value):
    """What a message may call a key or a value."""
    return {str(value)[:20], repr(value).strip("'")[:20]}


@cases(0.2)
@given(st.sampled_from(range(len(CONFIGS))).flatmap(lambda i: edited(CONFIGS[i])))
def test_a_config_is_accepted_or_refused_by_name(check, change):
    message = None
    try:
        check(change.tree)
    except WorkflowError as error:  # the schema's show all of the config below
        message = re.sub(r"(?s)\n\nFailed validating.*?(\nOn instance.*?):\n.*", r"\1", str(error))
    touched = [part for part in change.touched if isinstance(part, str | int | None)]
    assert message is None or any(word in message for part in touched for word in words(part))


@pytest.mark.parametrize(
    ("keys", "value", "word"),
    [
        (["datasets", "digits"], [1], r"\[1\] is not of type 'object'"),
        (["datasets", "digits", "training"], None, "None is not of type 'object'"),
        (["experiments", "scores"], "x", "'x' is not of type 'object'"),
        (["datasets", "di/gits"], {"kind": "digits"}, "'di/gits' does not match"),
        (["datasets", "digits\n"], {"kind": "digits"}, "does not match"),
        (["datasets", "digits_"], {"kind": "digits"}, "'digits_' does not match"),
        (["datasets", 1], {"kind": "digits"}, "got the key 1 in datasets; wanted text"),
        (["samplers", True], {}, "got the key True in samplers"),
        (["datasets", "digits", "kind"], "../npz", "unknown kind of data set '../npz'"),
        (["samplers", "kde", "name"], "gmm", "sampler 'kde' has no option 'name'"),
        (["samplers", "smooth"], {"sampler": ["kde"]}, r"unknown sampler \['kde'\].*'smooth'"),
        (["samplers", "kde", "low"], datetime.date(2020, 1, 1), r"samplers\.kde\.low.* a date"),
        (["draws"], 400.0, r"got 400\.0 for draws; write whole numbers without a point"),
        (["experiments", "scores", "epoch"], [40.0], r"got 40\.0 for experiments\.scores\.epoch"),
        (["experiments", "trade_off", "knobs", "ae/kde", "bandwidth"], ["1\n"], "does not match"),
        (["data_dir"], "a" * 5000, "got data_dir 'aaa"),
        (["data_dir"], "a\0b", "got data_dir 'a.*which is no folder"),
    ],
)
def test_what_fuzzing_found_in_configs_is_refused(keys, value, word, check):
    config = yaml_copy(CONFIGS[0])
    part = config
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    with pytest.raises(WorkflowError, match=word):
        check(config)


# Files


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def through_file(write):
    """The bytes of a file that a function writes."""
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def survives(path, content, read):
    """A reader returns something, or says which file is wrong."""
    path.write_bytes(content)
    message = path.name
    try:
        read(path)
    except (ValueError, FileNotFoundError) as error:
        message = str(error)
    assert path.name in message


NOISE = st.binary(max_size=200)
IDX = struct.pack(">BBBB3I", 0, 0, 8, 3, 2, 3, 4) + bytes(range(24))
IMAGES = {
    **{f"images_{part}": np.full((3, 1, 16, 16), 7, np.uint8) for part in ("train", "test")},
    **{f"attributes_{part}": np.eye(3, 2, dtype=np.uint8) for part in ("train", "test")},
    **{f"labels_{part}": np.arange(3) for part in ("train", "test")},
    "attribute_names": np.array(["a", "b"]),
}
NPZ = {f"{name}.npy": npy(array) for name, array in IMAGES.items()}


def read_idx(path):
    values = idx.read_idx(path, 3)
    assert values.dtype == np.uint8
    assert values.ndim == 3


@cases(0.1)
@given(damaged(IDX).map(gzip.compress) | damaged(gzip.compress(IDX)) | NOISE)
def test_idx(folder, content):
    survives(folder / "images.gz", content, read_idx)


def read_npy(path):
    assert isinstance(files.load_npy(path), np.ndarray)


@cases(0.1)
@given(damaged(npy(np.arange(6.0).reshape(2, 3))) | NOISE.map(b"\x93NUMPY\1\0".__add__) | NOISE)
def test_npy(folder, content):
    survives(folder / "x.npy", content, read_npy)


def read_npz(path):
    arrays = datasets.build("npz", path=path.name, size=16).load(path.parent)
    assert arrays["images_train"].dtype == np.uint8
    for part in ("train", "test"):
        n = len(arrays[f"images_{part}"])
        assert {len(a) for name, a in arrays.items() if name.endswith(part)} == {n}


@st.composite
def damaged_npz(draw):
    name = draw(st.sampled_from(sorted(NPZ)))
    return zipped(NPZ | {name: draw(damaged(NPZ[name]))})


@cases(0.1)
@given(damaged_npz() | damaged(zipped(NPZ)) | NOISE)
def test_npz(folder, content):
    survives(folder / "mine.npz", content, read_npz)
    datasets.build("npz", path="mine.npz").tells_nothing(folder)


MAT = [
    through_file(
        lambda file, packed=packed: savemat(
            file,
            {"X": np.ones((32, 32, 3, 2), np.uint8), "y": np.ones((2, 1), np.uint8)},
            do_compression=packed,
        )
    )
    for packed in (False, True)
]


def read_mat(path):
    images, digits = svhn.read_mat(path, 2)
    assert images.dtype == np.uint8
    assert images.shape == (len(digits), 3, 32, 32)


@cases(0.1)
@given(damaged(MAT[0][:400]) | damaged(MAT[0]) | damaged(MAT[1]) | NOISE)
def test_mat(folder, content):
    survives(folder / "x.mat", content, read_mat)


def read_tensors(path):
    found, about = tensors.load(path)
    assert isinstance(about, dict)
    assert all(isinstance(tensor, torch.Tensor) for tensor in found.values())


HEADER = {
    "__metadata__": {"about": '{"a": 1}'},
    "x": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
    "y": {"dtype": "U8", "shape": [2, 2], "data_offsets": [8, 12]},
}


def safetensors(header, data=bytes(12)):
    text = header if isinstance(header, bytes) else json.dumps(header, default=str).encode()
    return struct.pack("<Q", len(text)) + text + data


@cases(0.1)
@given(
    damaged(json.dumps(HEADER).encode()).map(safetensors)
    | damaged(safetensors(HEADER))
    | edited(HEADER).map(lambda change: safetensors(stringed(change.tree)))
    | NOISE
)
def test_safetensors(folder, content):
    survives(folder / "x.safetensors", content, read_tensors)


def stringed(tree):
    """A tree with keys that JSON has."""
    if isinstance(tree, dict):
        return {str(key): stringed(part) for key, part in tree.items()}
    return [stringed(part) for part in tree] if isinstance(tree, list | tuple) else tree


@cache
def fitted(name):
    """The arrays of a fitted sampler's file."""
    options = {"vine": {"grid": 3}, "real_nvp": {"steps": 1, "hidden": 4, "transforms": 1}}
    codes = np.random.default_rng(0).normal(size=(30, 3))
    sampler = samplers.build(name, **options.get(name, {})).fit(codes, rng=0)
    path = Path(os.environ.get("TMPDIR", "/tmp"), f"fuzz-{os.getpid()}.npz")
    try:
        sampler.save(path)
        return files.load_npz(path)
    finally:
        path.unlink()


@st.composite
def damaged_sampler(draw):
    arrays = dict(fitted(draw(st.sampled_from(["gaussian", "kde", "empirical_beta", "real_nvp"]))))
    name = draw(st.sampled_from(sorted(arrays)))
    if name == "sampler":
        head = draw(edited(json.loads(arrays[name].item()))).tree
        text = json.dumps(stringed(head), default=str)
        arrays[name] = np.array(draw(st.sampled_from([text, text[: len(text) // 2]])))
    elif draw(st.booleans()):
        arrays[draw(st.sampled_from(["x_", "__class__", "_flow", "x", "a/b_"]))] = arrays.pop(name)
    else:
        odd = (None, 0, np.zeros(0), np.zeros((2, 2)), np.array("a"), np.arange(3), 1e300)
        value = draw(st.sampled_from(odd))
        arrays |= {} if value is None else {name: np.asarray(value)}
    return zipped({f"{key}.npy": npy(array) for key, array in arrays.items()})


@cases(0.05)
@given(damaged_sampler())
def test_samplers(folder, content):
    survives(folder / "s.npz", content, samplers.load)


@st.composite
def damaged_vine(draw):
    """JSON in JSON in JSON, with a part of the innermost edited."""
    arrays = fitted("vine")
    vine = json.loads(arrays["json_"].tobytes())
    if draw(st.booleans()):
        copula = stringed(draw(edited(json.loads(vine["copula"]))).tree)
        vine["copula"] = json.dumps(copula, default=str)
    else:
        margin = json.loads(vine["margins"][1])
        inner = stringed(draw(edited(json.loads(margin["json"]))).tree)
        vine["margins"][1] = json.dumps(margin | {"json": json.dumps(inner, default=str)})
    json_ = np.frombuffer(json.dumps(vine).encode(), np.uint8)
    return zipped({f"{key}.npy": npy(array) for key, array in (arrays | {"json_": json_}).items()})


@cases(0.03)
@given(damaged_vine())
def test_vines(folder, content):
    survives(folder / "v.npz", content, samplers.load)


def picture(kind, **options):
    grey = np.arange(81, dtype=np.uint8).reshape(9, 9)
    image = Image.fromarray(np.dstack([grey] * 3) if kind in ("JPEG", "WEBP") else grey)
    return through_file(lambda file: image.save(file, kind, **options))


PICTURES = {
    "png": [picture("PNG")],
    "jpg": [picture("JPEG"), picture("JPEG", progressive=True)],
    "bmp": [picture("BMP")],
    "webp": [picture("WEBP", lossless=True), picture("WEBP")],
    "tif": [picture("TIFF"), picture("TIFF", compression="tiff_lzw")],
}
KINDS = st.sampled_from([(kind, whole) for kind, several in PICTURES.items() for whole in several])


def read_folder(path):
    arrays = datasets.build("folder", path=path.parent.name, test=1).load(path.parent.parent)
    assert arrays["images_train"].shape == arrays["images_test"].shape
    assert arrays["images_train"].dtype == np.uint8


@pytest.mark.filterwarnings("ignore")  # Pillow says much of what it can still read
@cases(0.1)
@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind[0]), damaged(kind[1]) | NOISE)))
def test_pictures(folder, case):
    kind, content = case
    (folder / "mine").mkdir(exist_ok=True)
    (folder / "mine/b.png").write_bytes(PICTURES["png"][0])
    try:
        survives(folder / f"mine/a.{kind}", content, read_folder)
    finally:
        (folder / f"mine/a.{kind}").unlink()


FACE = through_file(lambda file: Image.new("RGB", (178, 218), "red").save(file, "JPEG"))
FACES = {"img_align_celeba/a.jpg": FACE}


def read_faces(path):
    assert celeba.read_faces(path, ["a.jpg"], 8).shape == (1, 3, 8, 8)


@pytest.mark.filterwarnings("ignore")
@cases(0.05)
@given(
    damaged(FACE).map(lambda face: zipped({"img_align_celeba/a.jpg": face}))
    | damaged(zipped(FACES))
    | NOISE
)
def test_faces(folder, content):
    survives(folder / "faces.zip", content, read_faces)


ATTRIBUTES = b"2\nBald Eyeglasses\n000001.jpg  1 -1\n000002.jpg -1 -1\n"
PARTITION = b"000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n"


def read_attributes(path):
    names, rows = face_lists.read_attributes(path)
    assert all(row.shape == names.shape for row in rows.values())


def read_partition(path):
    assert set(face_lists.read_partition(path).values()) <= {0, 1, 2}


@cases(0.05)
@given(damaged(ATTRIBUTES) | damaged(PARTITION) | NOISE)
def test_lists_of_faces(folder, content):
    survives(folder / "list.txt", content, read_attributes)
    survives(folder / "list.txt", content, read_partition)


def batches():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in [*cifar10.BATCHES["train"], *cifar10.BATCHES["test"]]:
            member = tarfile.TarInfo(f"{cifar10.FOLDER}/{name}")
            member.size = cifar10.RECORD
            archive.addfile(member, io.BytesIO(bytes(cifar10.RECORD)))
    return buffer.getvalue()


def read_batches(path):
    found = cifar10.read_batches(path, 1)
    assert {records.shape for records in found.values()} == {(1, cifar10.RECORD)}


HEADS = [i * 4096 for i in range(6)]  # each before 3073 bytes in blocks of 512


@st.composite
def damaged_head(draw, whole):
    """An archive with the head of one member damaged and its checksum right again."""
    start = draw(st.sampled_from(HEADS))
    head = draw(damaged(whole[start : start + 512]))[:512].ljust(512, b"\0")
    total = sum(head[:148]) + 8 * 32 + sum(head[156:])
    head = head[:148] + f"{total:06o}\0 ".encode() + head[156:]
    return whole[:start] + head + whole[start + 512 :]


@cases(0.05)
@given(
    (damaged_head(batches()) | damaged(batches())).map(lambda tar: gzip.compress(tar, 1))
    | damaged(gzip.compress(batches()))
    | NOISE
)
def test_batches(folder, content):
    survives(folder / "cifar.tar.gz", content, read_batches)


RECORD = {
    "made_by": {"commit": None, "config": "0" * 64},
    "files": {"a/b.npz": {"sha256": "0" * 64, "bytes": 1, "changed_ns": 1}},
}


def read_record(path):
    found = provenance.load(path.parent)
    provenance.check(path.parent, lambda name: False)
    provenance.differences(path.parent)
    provenance.record(path.parent, {})
    assert len(found["files"]) <= 3


@cases(0.05)
@given(
    damaged(json.dumps(RECORD).encode())
    | edited(RECORD).map(lambda change: json.dumps(stringed(change.tree), default=str).encode())
    | NOISE
)
def test_records(folder, content):
    (folder / "results").mkdir(exist_ok=True)
    survives(folder / "results/provenance.json", content, read_record)


ROWS = {"made_by": {}, "rows": [{"space": "pixels", "metric": "emd", "value": 0.5}]}


@cases(0.02)
@given(
    damaged(json.dumps(ROWS).encode())
    | edited(ROWS).map(lambda change: json.dumps(stringed(change.tree), default=str).encode())
)
def test_rows(folder, content):
    survives(folder / "scores.json", content, provenance.rows)


LEDGER = yaml.safe_load((ROOT / "workflow/published/claims.yaml").read_text())[:6]


def dumped(change):
    try:
        return yaml.safe_dump(change.tree).encode()
    except yaml.YAMLError:  # of what YAML does not have
        return yaml.safe_dump(stringed(change.tree) and str(change.tree)).encode("utf-8", "replace")


@cases(0.1)
@given(edited(LEDGER).map(dumped) | damaged(yaml.safe_dump(LEDGER[:2]).encode()) | NOISE)
@example(b"- {id: a, tests: [")
def test_ledgers(folder, content):
    survives(folder / "claims.yaml", content, ledger.load)
