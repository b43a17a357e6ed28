"""Files of networks and samplers that belie themselves are refused; nothing absurd is made."""

import json
import struct

import numpy as np
import pytest
import torch
import torchvision.models  # noqa: F401 (or its import would be memory that a refusal takes)
from expost import samplers
from expost.features import residual_net, resnet34
from expost.io import safetensors
from expost.training import checkpoints
from hostile import DEEP, refused
from safetensors.torch import save_file


@pytest.mark.parametrize("state", [["fc.bias"], {"fc.bias": 1}, {1: torch.zeros(1)}, "text"])
def test_weights_that_are_none_are_refused(state, tmp_path):
    torch.save(state, tmp_path / "resnet34.pth")
    refused(tmp_path / "resnet34.pth", resnet34.ResNet34, "put resnet34-b627a593.pth there")


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
    refused(tmp_path / "x.safetensors", safetensors.load, "truncated or not a file of expost")


@pytest.mark.parametrize("content", [b"", bytes(4), struct.pack("<Q", 2**63), b"\xff" * 100])
def test_safetensors_of_absurd_length_are_refused(content, tmp_path):
    (tmp_path / "x.safetensors").write_bytes(content)
    refused(tmp_path / "x.safetensors", safetensors.load)


PLAN = {"objective": "ae", "options": {}, "shape": [1, 32, 32], "latent": 4}


@pytest.mark.parametrize(
    "change",
    [
        *({"latent": 10**12}, {"latent": -1}, {"latent": "4"}, {"shape": [10**9, 32, 32]}),
        *({"shape": [1, 2**40, 2**40]}, {"shape": 3}, {"objective": ["ae"]}, {"options": []}),
        *({"objective": "os"}, {"options": {"x": 1}}, {}, {"networks": "os"}, {"width": 1e300}),
        *({"networks": {"name": "mlp", "hidden": [10**12]}}, {"width": "wide"}),
    ],
)
def test_networks_of_absurd_size_are_not_made(change, tmp_path):
    safetensors.save(tmp_path / "x.safetensors", {"x": torch.zeros(2)}, PLAN | change)
    refused(tmp_path / "x.safetensors", checkpoints.load, "is no checkpoint")


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
    safetensors.save(tmp_path / "x.safetensors", {"x": torch.zeros(2)}, about)
    refused(tmp_path / "x.safetensors", residual_net.load, "is no classifier")


def test_a_checkpoint_without_words_is_refused(tmp_path):
    save_file({"x": torch.zeros(2)}, tmp_path / "x.safetensors")
    refused(tmp_path / "x.safetensors", checkpoints.load)


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
