"""Labels that no classifier can learn, and damaged archives, are refused when planning."""

import numpy as np
import pytest
from expost import datasets
from expost.datasets import class_labels
from planning import planned

N = 120
THREE = np.arange(N) % 3


def plan(folder, training, test=None, wanted="all", **arrays):
    """Of an archive with these labels, when one target is asked for."""
    labels = {"labels_train": training, "labels_test": training if test is None else test}
    images = {f"images_{part}": np.zeros((N, 1, 16, 16), np.uint8) for part in ("train", "test")}
    np.savez(folder / "mine.npz", **images | labels | arrays)
    config = {"on": ["mine"], "data_dir": str(folder)}
    config["datasets"] = {"mine": {"kind": "npz", "path": "mine.npz"}}
    return planned({"size": 100, "sizes": [100], "draws": 10}, config, wanted=[wanted])


@pytest.mark.parametrize(
    ("training", "test", "said"),
    [
        (THREE + 1, None, r"classes \[0\] of 0..3 have no training images; number the classes"),
        (THREE * 2, None, r"classes \[1, 3\] of 0..4 have no training"),
        (THREE * 10**12, None, "classes .1, 2, 3, .*of 0..2000000000000 have no training"),
        (THREE, THREE + 1, "test label 3 is not among the training labels 0..2"),
    ],
)
def test_classes_that_none_can_learn_are_refused_where_they_are_wanted(
    training, test, said, tmp_path
):
    words = f"labels of data set 'mine' that no classifier can learn, as figure .* wants: {said}"
    for wanted in ("scores", "targeted_sampling", "all"):
        with pytest.raises(ValueError, match=words):
            plan(tmp_path, training, test, wanted)
    for wanted in ("vine_trees", "nearest_neighbours"):
        plan(tmp_path, training, test, wanted)


def test_classes_that_can_be_learned_are_counted(tmp_path):
    assert class_labels.check(THREE, THREE[:1]) == 3
    assert plan(tmp_path, THREE).data_sets["mine"].not_learnable is None


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"labels_test": THREE - 1}, "labels_test of mine.npz: got -1, wanted classes 0, 1, 2"),
        ({"labels_test": THREE.astype(object)}, "labels_test.npy holds objects.*np.array.texts, s"),
        ({"class_names": np.array(["a", "b", "c"], object)}, "class_names.npy holds objects"),
    ],
)
def test_what_labels_hold_is_looked_at(arrays, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        plan(tmp_path, THREE, **arrays)


@pytest.mark.parametrize("kind", ["npz", "vectors"])
@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\x80\x04K\x01."])
def test_what_is_no_archive_is_refused(kind, content, tmp_path):
    (tmp_path / "mine.npz").write_bytes(content)
    with pytest.raises(ValueError, match="mine.npz is truncated or not a plain NumPy file"):
        datasets.build(kind, path="mine.npz").shape_in(tmp_path)
    (tmp_path / "mine.npz").unlink()
    assert datasets.build(kind, path="mine.npz").shape_in(tmp_path) is None
