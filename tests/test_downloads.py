"""Files from elsewhere, through the workflow, from servers on this machine."""

from contextlib import ExitStack
from hashlib import sha256

import numpy as np
import pytest
import torch
import yaml
from conftest import snakemake
from expost.datasets.svhn import SVHN
from expost.features.inception import WEIGHTS as INCEPTION
from expost.features.resnet34 import WEIGHTS as RESNET34
from expost.io import files
from expost.provenance import stamp
from file_server import FileServer
from test_datasets_svhn import put_mat
from test_features import random_network
from torchvision import models

COUNTS = {"train": 60, "test": 24}
TRAIN, TEST, WEIGHTS = NAMES = [remote.name for remote in (*SVHN.files, RESNET34)]
FID = f"results/downloads/inception/{INCEPTION.name}"
PATHS = {name: f"results/downloads/svhn/{name}" for name in (TRAIN, TEST)}
PATHS[WEIGHTS] = f"results/downloads/resnet34/{WEIGHTS}"


@pytest.fixture(scope="module")
def arrays():
    """What a small SVHN holds."""
    rng, made = np.random.default_rng(0), {}
    for part, n in COUNTS.items():
        made[f"images_{part}"] = rng.integers(256, size=(n, 3, 32, 32), dtype=np.uint8)
        made[f"labels_{part}"] = np.arange(n) % 10
    return made


@pytest.fixture(scope="module")
def contents(arrays, tmp_path_factory):
    """The bytes of each file."""
    folder = tmp_path_factory.mktemp("published")
    for part in COUNTS:
        put_mat(folder / f"{part}_32x32.mat", arrays[f"images_{part}"], arrays[f"labels_{part}"])
    torch.save(random_network(models.resnet34).state_dict(), folder / WEIGHTS)
    return {name: (folder / name).read_bytes() for name in NAMES}


@pytest.fixture
def servers(contents, monkeypatch):
    """One for each file."""
    monkeypatch.setenv("no_proxy", "*")
    with ExitStack() as stack:
        yield {name: stack.enter_context(FileServer(contents[name])) for name in NAMES}


@pytest.fixture
def project(project, servers):
    """A copy of the project that knows these files, at these servers, for the published ones."""
    at = {name: f"http://127.0.0.1:{servers[name].server_port}/" for name in NAMES}
    new = {"(73_257, 26_032)": str(tuple(COUNTS.values()))}
    for remote in SVHN.files:
        new[f"{remote.size:_}"] = str(len(servers[remote.name].content))
        new[remote.sha256] = sha256(servers[remote.name].content).hexdigest()
    url, of_part = "source.split_list[part][0]", {"train": at[TRAIN], "test": at[TEST]}
    new[url] = f"{of_part}[part] + {url}.rpartition('/')[2]"  # the name is still torchvision's
    replace(project / "workflow/expost/datasets/svhn.py", new)
    url, new = "ResNet34_Weights.IMAGENET1K_V1.url", {}
    new[RESNET34.sha256] = sha256(servers[WEIGHTS].content).hexdigest()
    new[url] = f"'{at[WEIGHTS]}' + {url}.rpartition('/')[2]"
    replace(project / "workflow/expost/features/resnet34.py", new)
    return project


def replace(path, new):
    for old in new:
        text = path.read_text()
        assert text.count(old) == 1, (path, old)
        path.write_text(text.replace(old, new[old]))


def run(project, *targets, data_dir=None, space="resnet34", arguments=()):
    """Snakemake with a small config in which a published network is the only one of features."""
    training = {"latent": 4, "epochs": [1], "on": {"svhn": {"batch": 20}}}
    study = {"draws": 10, "size": 50, "sizes": [50], "features": [space], "training": training}
    study["figures"] = {"tsne": {"points": 10}}
    config = {
        "studies": ["ebcae"],
        "on": ["svhn"],
        "data_dir": data_dir,
        "datasets": {"svhn": {"kind": "svhn"}},
    }
    config |= {"overrides": {"ebcae": study}}
    (project / "small.yaml").write_text(yaml.safe_dump(config))
    return snakemake(project, "--configfile=small.yaml", *arguments, "--", *targets)


def test_svhn_is_scored_in_resnet34_though_lines_break(project, servers, arrays):
    servers[TRAIN].plan, servers[WEIGHTS].plan = ["503", "cut"], ["cut"]
    target = "results/runs/svhn/ebcae.ae/seed0/epoch1/gaussian/n50m10/scores.json"
    done = run(project, target)
    assert done.returncode == 0, done.stdout
    train, test, weights = (f"/{name}" for name in NAMES)
    rest = {name: f"bytes={len(servers[name].content) // 2}-" for name in NAMES}
    assert servers[TRAIN].asked == [(train, None), (train, None), (train, rest[TRAIN])]
    assert servers[TEST].asked == [(test, None)]
    assert servers[WEIGHTS].asked == [(weights, None), (weights, rest[WEIGHTS])]
    made = files.load_npz(project / "results/data/svhn.npz")
    for name in arrays:
        np.testing.assert_array_equal(made[name], arrays[name])
    scores = {(r["space"], r["metric"]): r["value"] for r in stamp.rows(project / target)}
    assert {space for space, _ in scores} == {"pixels", "resnet34", "codes"}
    assert 0 < scores["resnet34", "frechet"] < np.inf


def test_what_stays_wrong_is_named_and_not_there(project, servers):
    server, path = servers[TRAIN], project / PATHS[TRAIN]
    server.plan = ["wrong"] * 9
    done = run(project, PATHS[TRAIN])
    assert done.returncode != 0, done.stdout
    digests = [sha256(content).hexdigest() for content in (server.wrong, server.content)]
    for word in (f"{TRAIN}: two downloads had the wrong sha256", *digests):
        assert word in done.stdout, done.stdout
    assert len(server.asked) == 2
    assert [p.name for p in path.parent.iterdir()] == [f"{TRAIN}.corrupt"]


def test_files_in_data_dir_are_taken_and_no_server_is_asked(project, servers, tmp_path):
    kept_as = {TRAIN: f"svhn/{TRAIN}", TEST: f"SVHN/{TEST}", WEIGHTS: WEIGHTS}
    for name, place in kept_as.items():
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_bytes(servers[name].content)
    done = run(project, *PATHS.values(), data_dir=str(tmp_path))
    assert done.returncode == 0, done.stdout
    for name, server in servers.items():
        assert (project / PATHS[name]).read_bytes() == server.content
        assert server.asked == []


def test_inceptions_weights_are_taken_from_data_dir_by_either_name(project, tmp_path):
    content = b"which bytes these are, their digest alone says"
    path = project / "workflow/expost/features/inception.py"
    replace(path, {INCEPTION.sha256: sha256(content).hexdigest()})
    replace(path, {f"{INCEPTION.size:_}": str(len(content))})
    for name in (INCEPTION.name, "pt_inception-2015-12-05-6726825d.pth"):
        (tmp_path / name).write_bytes(content)
        done = run(project, FID, data_dir=str(tmp_path), space="inception")
        assert done.returncode == 0, done.stdout
        assert (project / FID).read_bytes() == content
        (project / FID).unlink()
        (tmp_path / name).unlink()


@pytest.mark.parametrize("by_hand", ["in data_dir", "in results"])
def test_other_weights_are_refused_when_planning(by_hand, project, tmp_path):
    path = project / FID if by_hand == "in results" else tmp_path / INCEPTION.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"another file")
    asked = {"data_dir": str(tmp_path), "space": "inception", "arguments": ["--dry-run"]}
    done = run(project, "scores", **asked)
    assert done.returncode != 0, done.stdout
    assert f"{INCEPTION.name} has 12 bytes, wanted 95,628,359" in done.stdout
    assert "Traceback" not in done.stdout
    path.unlink()
    assert run(project, "scores", **asked).returncode == 0
