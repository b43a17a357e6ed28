"""What studies plan of autoencoders that were trained elsewhere."""

import os

import pandas as pd
import pytest
from elsewhere import FIRST, linear
from expost.figures import naming
from expost.study import identities, paper_settings, pretrained, summary, written
from expost.study.runs import Run
from expost.tables import layout
from planning import figure, planned

SHAPE = (1, 32, 32)
METHODS = ["ae/gaussian", "ae/copy", "ae/held_out"]


@pytest.fixture
def entry(tmp_path):
    """Files for the data set `digits` of the shipped config."""
    encoder = linear(tmp_path / "e.onnx", SHAPE, (2, 3))
    decoder = linear(tmp_path / "d.onnx", (2, 3), SHAPE)
    return {"encoder": str(encoder), "decoder": str(decoder), **FIRST}


def mine(entry, **changes):
    return {"autoencoders": {"ae": entry}} | changes


def test_files_put_in_place_of_a_training_are_all_that_it_is(entry):
    plan = planned(mine(entry))
    assert plan.is_pretrained("ebcae.ae")
    assert not plan.is_pretrained("ebcae.vae")
    training = plan.training("digits", "ebcae.ae")
    assert training["latent"] == 6
    assert "objective" not in training
    assert plan.epochs("digits", "ebcae.ae") == [40]  # beside the last of the study's `vae`
    assert len(plan.figures["scores"].runs) > 20


def test_a_new_autoencoder_stands_beside_the_studys_own(entry):
    changes = {"autoencoders": {"mine": entry | {"title": "Mine", "prior": True}}}
    changes |= figure("scores", methods=[*METHODS, "mine/prior", "mine/gmm", "vae/prior"])
    plan = planned(changes)
    assert {run.epoch for run in plan.figures["scores"].runs} == {40}
    assert written.autoencoders(plan.studies["ebcae"])["mine"] == ("Mine", True)
    assert written.autoencoders(plan.studies["ebcae"])["ae"] == (None, False)


@pytest.mark.parametrize("prior", [False, True])
def test_the_prior_of_files_is_a_row_only_where_they_are_said_to_have_one(entry, prior):
    files = {"ae": entry, "vae": entry | ({"prior": True} if prior else {})}
    plan = planned({"autoencoders": files})
    shown = [run for one in plan.figures.values() for run in one.runs if isinstance(run, Run)]
    drawn = {(run.autoencoder, run.sampler) for run in shown}
    assert (("ebcae.vae", "prior") in drawn) is prior
    notes = [note for note in summary.left_out(plan) if note.startswith("vae/prior: ")]
    assert len(notes) == (not prior)
    assert not [note for note in summary.left_out(plan) if "resnet34" in note]
    found = summary.summary(plan)
    assert (found["autoencoders"], found["epochs"], found["as_given"]) == ([], [], ["ae", "vae"])


def test_files_have_no_epoch_in_headings(entry):
    plan = planned({"autoencoders": {"ae": entry}})
    about = written.about(plan.figures["scores"], plan.studies["ebcae"])
    assert about["as_given"] == ["ae"]
    assert "as_given" not in written.about(planned().figures["scores"], planned().studies["ebcae"])
    table = pd.DataFrame({"dataset": "d", "epoch": 40, "size": 9, "autoencoder": ["ae", "vae"]})
    with naming.of(**about):
        assert [title for title, _ in layout.sections(table[:1])] == ["d, 9 codes"]
        assert [title for title, _ in layout.sections(table)] == ["d, epoch 40, 9 codes"]


def test_what_wants_a_training_is_left_out_with_a_reason(entry):
    turned = {"kind": "sweep", "title": "T.", "methods": METHODS, "turns": {"ae": {"latent": [2]}}}
    plan = planned(mine(entry, figures={"by_latent": turned}))
    for name, what in (("metrics_over_epochs", "epochs"), ("by_latent", "settings to turn")):
        reason = f"ae was trained elsewhere, so that there are no {what}"
        assert plan.figures[name].left_out == {"digits": reason}
        assert not plan.figures[name].runs
        assert any(
            line.startswith(f"{name}: not for digits, as") for line in summary.left_out(plan)
        )
    left_out = {name for name, figure in plan.figures.items() if figure.left_out}
    assert left_out == {"metrics_over_epochs", "by_latent"}
    others = figure("metrics_over_epochs", methods=["vae/gaussian", "vae/copy", "vae/held_out"])
    assert planned(mine(entry) | others).figures["metrics_over_epochs"].runs


def test_a_figure_of_capacities_wants_the_history_of_a_training(entry):
    turned = {"kind": "capacity", "title": "T.", "turns": {"vae": {"latent": [2, 3]}}}
    turned |= {"methods": ["vae/prior", "ae/prior", "vae/held_out"]}
    changes = mine(entry | {"prior": True}, figures={"by_capacity": turned})
    with pytest.raises(ValueError, match="'ae' in figure 'by_capacity' .* was trained elsewhere"):
        planned(changes)


def test_epochs_that_a_figure_names_are_those_of_trainings(entry):
    changes = mine(entry) | figure("scores", epochs=[5, 40])
    shown = planned(changes).figures["scores"].runs
    assert {run.epoch for run in shown if run.autoencoder == "ebcae.ae"} == {40}
    assert {run.epoch for run in shown if run.autoencoder == "ebcae.vae"} == {5, 40}


def test_other_files_on_another_data_set(entry, tmp_path):
    config = {"datasets": {"small": {"kind": "digits", "size": 16}}, "on": ["digits", "small"]}
    with pytest.raises(
        ValueError, match=r"e.onnx takes float32 \(n, 1, 32, 32\); wanted \(n, 1, 16"
    ):
        planned(mine(entry), config)
    encoder = linear(tmp_path / "e16.onnx", (1, 16, 16), (5,))
    decoder = linear(tmp_path / "d16.onnx", (5,), (1, 16, 16))
    files = {"encoder": str(encoder), "decoder": str(decoder)}
    plan = planned(mine(entry | {"on": {"small": files}}), config)
    latent = [plan.training(name, "ebcae.ae")["latent"] for name in ("digits", "small")]
    assert latent == [6, 5]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"range": [1, 0]}, r"got range \[1, 0\]; wanted what black is"),
        ({"latent": 7}, r"got `latent: \[7\]`, but .*onnx have codes of \(n, 2, 3\); correct it"),
        ({"latent": [4, 2]}, r"got `latent: \[4, 2\]`"),
        ({"layout": None}, "None"),
        ({"decoder": "gone.onnx"}, r"there is no gone.onnx, looked for in .*data_dir"),
        ({"decoder": "."}, r"\. is no file, looked for in .*'ae' of study 'ebcae' on .*'digits'"),
        ({"encoder": "{dataset}.onnx"}, "got the path {dataset}.onnx; wanted one without braces"),
        ({"encoder": 3}, "3 is not of type 'string'"),
        ({"objective": "ae"}, "objective"),
        ({"validation": 997}, "got 997 training images, of which `validation: 997`"),
    ],
)
def test_bad_entries_are_refused_by_name(changes, words, entry):
    with pytest.raises(ValueError, match=words):
        planned(mine(entry | changes))


def test_images_of_a_folder_may_be_in_colour(entry, tmp_path):
    """Which is known only when they are loaded."""
    (tmp_path / "pictures").mkdir()
    config = {"datasets": {"digits": {"kind": "folder", "path": "pictures", "size": 32}}}
    config["datasets"]["digits"] |= {"test": 2}
    assert planned(mine(entry), config).training("digits", "ebcae.ae")["latent"] == 6
    linear(tmp_path / "e.onnx", (3, 32, 32), (2, 3))
    linear(tmp_path / "d.onnx", (2, 3), (3, 32, 32))
    assert planned(mine(entry), config).training("digits", "ebcae.ae")["latent"] == 6
    linear(tmp_path / "d.onnx", (2, 3), (3, 16, 16))
    with pytest.raises(ValueError, match="wanted"):
        planned(mine(entry), config)


@pytest.mark.parametrize("key", ["range", "layout", "decoder"])
def test_what_must_be_said_is_named(key, entry):
    del entry[key]
    with pytest.raises(ValueError, match=key):
        planned(mine(entry))


def test_relative_paths_are_those_of_data_dir(entry, tmp_path):
    entry |= {"encoder": "e.onnx", "decoder": "d.onnx"}
    found = planned(mine(entry), {"data_dir": str(tmp_path)}).training("digits", "ebcae.ae")
    assert found["encoder"] == str(tmp_path / "e.onnx")
    # Where they lie is no part of what a job is told; what they are is.
    assert str(tmp_path) not in str(pretrained.border(found))


def test_a_changed_file_is_another_state_though_it_is_older(entry):
    training = planned(mine(entry)).training("digits", "ebcae.ae")
    before = pretrained.state(training)
    assert pretrained.state(training) == before
    os.utime(entry["decoder"], (1, 1))
    assert pretrained.state(training)[0] == before[0]
    assert pretrained.state(training)[1] != before[1]


def test_images_that_the_study_holds_out_are_held_out_of_its_samplers_too(entry):
    changes = mine(entry, training={"validation": 100}, size=500)
    assert planned(changes).training("digits", "ebcae.ae")["validation"] == 100


def test_papers_are_not_compared_with_it_and_its_methods_are_its_own(entry):
    plan = planned(mine(entry))
    shown = plan.figures["scores"]
    found = paper_settings.differences(plan, shown, {})
    assert found["digits"]["ae"] == ["trained elsewhere"]
    assert found["digits"]["vae"] == []
    known = identities.methods(plan, [shown])["digits"]
    assert known["ae/gaussian"][800] != known["ae/kde"][800]
    assert known["ae/gaussian"][800][0] != known["vae/prior"][800][0]
