"""Jobs that only run trained networks start in a moment: without PyTorch, or anything as heavy."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from expost.features import residual_net
from expost.io import files
from test_onnx import saved, trained

JOB = """
import json, sys
sys.path.insert(0, {workflow!r})

class Named(dict):
    __getattr__ = dict.__getitem__  # and `get`, as Snakemake's

parts = json.load(sys.stdin).items()
snakemake = Named((key, Named(x) if isinstance(x, dict) else x) for key, x in parts)
exec(open({script!r}).read())
heavy = {{"torch", "onnx", "scipy", "sklearn", "pandas"}} & set(sys.modules)
sys.__stdout__.write(json.dumps(sorted(heavy)))
"""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Files as an earlier stage leaves them, all for images of 1x16x16."""
    folder, rng, shape = tmp_path_factory.mktemp("jobs"), np.random.default_rng(0), (1, 16, 16)
    encoder, decoder = saved(folder, trained("vae", "ebcae_mnist", shape), shape)
    residual_net.save_onnx(folder / "classifier.onnx", residual_net.ResidualNet(1, 3).eval())
    images = rng.integers(0, 256, (60, *shape), dtype=np.uint8)
    files.save_npz(folder / "data.npz", images_train=images[:40], images_test=images[40:])
    codes = rng.normal(size=(60, 4)).astype(np.float32)
    files.save_npz(folder / "codes.npz", train=codes[:40], test=codes[40:])
    files.save_npz(folder / "draws.npz", codes=codes[:10])
    made = {name: str(folder / f"{name}.npz") for name in ("data", "codes", "draws")}
    made |= {"encoder": str(encoder), "decoder": str(decoder), "checkpoint": str(folder / "none")}
    return made | {"networks": [str(folder / "classifier.onnx")]}


SCRIPTS = {
    "encode": ["codes"],
    "decode": ["images", "features"],
    "reference": ["features"],
    "training_features": ["features"],
    "interpolate": ["ways"],
    "traverse": ["ways"],
    "interpolate_draws": ["ways"],
    "find_neighbours": ["neighbours"],
}


WILDCARDS = {"dataset": "d", "seed": "0", "size": "20", "draws": "10", "fitted": "20"}
PARAMS = {
    **{"features": ["classifier"], "device": "cpu", "precision": "float32", "columns": 4},
    "options": {"pairs": 2, "steps": 3, "path": "linear", "reach": 2},
    "training": {"latent": 4, "options": {"target": "mixture"}},
    "validation": 0,
}


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("script", SCRIPTS)
def test_jobs_that_run_networks_import_nothing_heavy(script, threads, inputs, tmp_path):
    """And leave the same bytes whenever they are run with as many threads."""
    left = []
    for again in "ab":
        outputs = {
            name: str(tmp_path / f"{again}-{name}.{'npy' if name == 'images' else 'npz'}")
            for name in SCRIPTS[script]
        }
        given = {
            name: path for name, path in inputs.items() if script != "decode" or name != "data"
        }
        job = {"log": [str(tmp_path / "log")], "input": given, "output": outputs}
        job |= {"wildcards": WILDCARDS, "params": PARAMS | {"threads": threads}}
        program = JOB.format(
            workflow=f"{ROOT}/workflow", script=f"{ROOT}/workflow/scripts/{script}.py"
        )
        run = subprocess.run(
            [sys.executable, "-c", program], input=json.dumps(job), capture_output=True, text=True
        )
        assert run.stdout == "[]", run.stderr + (tmp_path / "log").read_text()
        left.append([Path(path).read_bytes() for path in outputs.values()])
    assert left[0] == left[1]
