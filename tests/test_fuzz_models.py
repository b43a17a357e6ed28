"""Whatever a file of a model holds, it is loaded, or refused by name: nothing else ever happens."""

import json
import os
import struct
from functools import cache
from pathlib import Path

import numpy as np
import torch
from contents import npy, zipped
from damage import NOISE, damaged, edited, stringed
from expost import samplers
from expost.io import files, safetensors
from fuzzing import cases, survives
from hypothesis import given
from hypothesis import strategies as st


def read_tensors(path):
    found, about = safetensors.load(path)
    assert isinstance(about, dict)
    assert all(isinstance(tensor, torch.Tensor) for tensor in found.values())


HEADER = {
    "__metadata__": {"about": '{"a": 1}'},
    "x": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
    "y": {"dtype": "U8", "shape": [2, 2], "data_offsets": [8, 12]},
}


def as_safetensors(header, data=bytes(12)):
    text = header if isinstance(header, bytes) else json.dumps(header, default=str).encode()
    return struct.pack("<Q", len(text)) + text + data


@cases(0.1)
@given(
    damaged(json.dumps(HEADER).encode()).map(as_safetensors)
    | damaged(as_safetensors(HEADER))
    | edited(HEADER).map(lambda change: as_safetensors(stringed(change.tree)))
    | NOISE
)
def test_safetensors(folder, content):
    survives(folder / "x.safetensors", content, read_tensors)


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
