"""Figures of novelty and of modes ask for classes, laws and images: a plan says what lacks."""

import numpy as np
import pytest
from expost.study import summary
from planning import planned

KIND = {"kind": "novelty", "title": "Novelty.", "autoencoders": ["gen"], "classes": [1, 8]}
GEN = {"objective": "gen", "options": {"sample": 60}, "validation": 20, "latent": 4}
MIXTURE = {"target": "mixture", "sample": 500, "labelled": 100}
MODES = {"kind": "modes", "title": "Modes.", "autoencoders": ["gen"]}


def plan(figure=None, training=None, config=None, **more):
    """Of the study with one more autoencoder, and one more figure, which alone is asked for."""
    changes = {"autoencoders": {"gen": GEN | (training or {})}, "figures": {}}
    if figure:
        changes["figures"]["one"] = figure | more
    return planned(changes, config, wanted=["one" if figure else ""])


def archive(folder, **arrays):
    images = {f"images_{part}": np.zeros((600, 1, 16, 16), np.uint8) for part in ("train", "test")}
    np.savez(folder / "mine.npz", **images | arrays)
    mine = {"kind": "npz", "path": "mine.npz"}
    return {"on": ["mine"], "data_dir": str(folder), "datasets": {"mine": mine}}


def labels(classes, **names):
    numbers = np.arange(600) % classes
    return {"labels_train": numbers, "labels_test": numbers} | names


def shown(found, name="one"):
    return [run.autoencoder for run in found.figures[name].runs if run.seed == 0]


def test_each_class_is_a_training_of_its_own():
    found = plan(KIND)
    assert shown(found) == ["ebcae.gen-of_class-1", "ebcae.gen-of_class-8"]
    usual = found.training("digits", "ebcae.gen")
    assert found.training("digits", "ebcae.gen-of_class-8") == usual | {"of_class": 8}
    assert len(shown(plan(KIND, classes="all"))) == 10
    targets = plan(KIND, config={"datasets": {"digits": {"groups": {"targets": [5, "not 3"]}}}},
                   classes="targets")  # fmt: skip
    assert shown(targets) == ["ebcae.gen-of_class-5"]


def test_classes_may_have_names(tmp_path):
    config = archive(tmp_path, **labels(3), class_names=np.array(["cat", "dog", "1"]))
    assert shown(plan(KIND, config=config, classes=["dog", "1"])) == [
        *("ebcae.gen-of_class-1", "ebcae.gen-of_class-2")
    ]
    assert len(shown(plan(KIND, config=config, classes="targets"))) == 3


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        ([12], "got the group 12; wanted a class, 0..9 in the groups of data set 'digits'"),
        (["cat"], "got the group 'cat'; wanted a class, 0..9"),
        ([1, 1], "got the classes 1, 1 of digits in figure 'one'.* each once"),
        ([], "got classes .. in figure 'one' of study 'ebcae'; wanted a list of classes"),
        ("some", "got classes 'some' in figure 'one'.* one of the words targets, all"),
        (["not 3"], "got the classes not 3 of digits in figure 'one'"),
    ],
)
def test_a_class_that_lacks_is_refused(classes, said):
    with pytest.raises(ValueError, match=said):
        plan(KIND, classes=classes)


def test_a_class_of_a_training_is_one_of_the_datas(tmp_path):
    where = "autoencoder 'gen' of study 'ebcae' on data set"
    with pytest.raises(ValueError, match=f"of_class 10 of 10 classes; wanted 0 to 9.*{where}"):
        plan(KIND, {"of_class": 10})
    with pytest.raises(ValueError, match="-1 is less than the minimum of 0"):
        plan(MODES, {"of_class": -1, "options": MIXTURE})
    with pytest.raises(ValueError, match="labelled 100 of 1 classes for a mixture of 10"):
        plan(MODES, {"of_class": 3, "options": MIXTURE})
    figure = {"kind": "interpolation", "title": "Ways.", "autoencoders": ["gen"]}
    with pytest.raises(ValueError, match="of_class 3 of no classes; wanted none, as data have no"):
        plan(figure, {"of_class": 3}, archive(tmp_path))


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({}, "it has neither labels nor attributes"),
        (labels(1), "all its images are of one class, 0"),
        (
            {f"attributes_{part}": np.eye(600, 2, dtype=np.uint8) for part in ("train", "test")}
            | {"attribute_names": np.array(["hat", "bow"])},
            "it has attributes and no classes",
        ),
    ],
)
def test_data_without_classes_are_left_out_with_the_reason(arrays, reason, tmp_path):
    for figure, training in ((KIND, {}), (MODES, {"options": MIXTURE | {"labelled": 0}})):
        found = plan(figure, training, archive(tmp_path, **arrays), **{})
        assert found.figures["one"].left_out == {"mine": reason}
        assert any(reason in note for note in summary.left_out(found))


def test_a_mixture_of_other_classes_than_the_data_is_left_out(tmp_path):
    config = archive(tmp_path, **labels(3))
    found = plan(MODES, {"options": MIXTURE}, config)
    assert found.figures["one"].left_out == {"mine": "it has 3 classes, and gen a mixture of 10"}
    for options in ({"labelled": 0}, {"components": 3}):
        found = plan(MODES, {"options": MIXTURE | options}, config)
        assert found.figures["one"].datasets == ("mine",)


@pytest.mark.parametrize("objective", ["ae", "rae"])
def test_codes_without_a_law_have_no_density(objective):
    training = {"objective": objective, "options": {}}
    with pytest.raises(ValueError, match=f"objective '{objective}' in figure 'one'.* no density"):
        plan(KIND, training)
    with pytest.raises(ValueError, match=f"objective '{objective}' in figure 'one'.* no mixture"):
        plan(MODES, training)


def test_modes_want_a_mixture():
    with pytest.raises(ValueError, match="'gen' in figure 'one'.* no mixture; wanted .objective"):
        plan(MODES)
    plan(MODES, {"options": MIXTURE})
    walk = {"kind": "traversals", "title": "Ways.", "autoencoders": ["gen"], "seeds": "first"}
    plan(walk, {"options": MIXTURE})
    with pytest.raises(ValueError, match="no mixture"):
        plan(walk)


def test_novelty_wants_images_that_were_held_out_and_codes_with_a_density():
    with pytest.raises(ValueError, match="got no `validation` of the autoencoder .* 'one'"):
        plan(KIND, {"validation": 0})
    wide, config = {"objective": "vae", "options": {}}, {"datasets": {"digits": {"size": 16}}}
    with pytest.raises(ValueError, match="codes of 257 dimensions.* items of 256.* `latent` lower"):
        plan(KIND, wide | {"latent": 257}, config)
    plan(KIND, wide | {"latent": 256}, config)


def test_no_more_images_are_shown_than_there_are():
    plan(KIND, rows=40)
    with pytest.raises(ValueError, match="got rows 41 in figure 'one'.*800 test .*at most 40"):
        plan(KIND, rows=41)
    with pytest.raises(ValueError, match="got among 'some' in figure 'one'.*one of class, all"):
        plan(KIND, among="some")


def test_samplers_are_not_fitted_to_codes_of_classes_that_were_not_seen():
    figure = {"kind": "gallery", "title": "Samples.", "methods": ["gen/gmm"]}
    with pytest.raises(ValueError, match="ebcae.gen, which is trained on class 3 of digits alone"):
        plan(figure, {"of_class": 3})


def test_autoencoders_from_elsewhere_are_trained_on_no_class():
    figure = KIND | {"autoencoders": ["mine"]}
    files = {"encoder": "e.onnx", "decoder": "d.onnx", "range": [0, 1], "layout": "channels_first"}
    changes = {"autoencoders": {"mine": files}, "figures": {"one": figure}}
    found = planned(changes, wanted=["one"]).figures["one"]
    reason = "mine was trained elsewhere, so that there are no settings to turn"
    assert found.left_out == {"digits": reason}
