"""A training that was killed, or gets more epochs later, ends as one left alone, to the byte."""

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
import torch
import training_game
from expost import objectives
from expost.io import safetensors
from expost.training import loop
from sklearn.datasets import load_digits
from stopping import stopping

CPU = torch.device("cpu")
TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def images():
    """120 digits, uint8 (n, 1, 16, 16)."""
    scans = load_digits().images[:120].astype(np.uint8)[:, None] * 15
    return scans.repeat(2, axis=2).repeat(2, axis=3)


@pytest.fixture(scope="module", autouse=True)
def game():
    """The objective `game` of the tests is known by its name, and sums are taken by one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(objectives, "source", objectives.source)
        patch.setattr(objectives, "OBJECTIVES", dict(objectives.OBJECTIVES))
        training_game.install()
        yield
    torch.set_num_threads(threads)


def made(folder, origin=(), **changes):
    settings = training_game.SETTINGS | changes
    return loop.Training(settings, (1, 16, 16), ("train", 0), folder / "kept", CPU, origin)


def finish(trainer, folder):
    """All bytes that a training leaves, but for its speed."""
    epochs = trainer.settings["epochs"]
    paths = [
        [folder / f"epoch{epoch}.{kind}" for epoch in epochs]
        for kind in ("safetensors", "encoder.onnx", "decoder.onnx")
    ]
    trainer.finish(paths[0], folder / "history.csv", *paths[1:])
    rows = (folder / "history.csv").read_text().splitlines()
    history = [row.rpartition(",")[0] for row in rows]
    return history, {path.name: path.read_bytes() for kind in paths for path in kind}


def play(trainer, images):
    held = trainer.settings["validation"]
    trainer.run(images[held:], images[:held])


def stop_after(trainer, epoch, images):
    with stopping(trainer, epoch):
        play(trainer, images)


@pytest.fixture(scope="module")
def undisturbed(images, game, tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    trainer = made(folder)
    play(trainer, images)
    return trainer, *finish(trainer, folder)


def test_the_game_uses_all_there_is(undisturbed):
    """Two optimisers, a rate that falls, best weights that are not the last, a lagging sample."""
    trainer, history, _ = undisturbed
    assert history[0] == (
        "epoch,autoencoder_reconstruction,autoencoder_pull,critic_gap,"
        "autoencoder_learning_rate,validation"
    )
    kinds = [type(turn.optimizer).__name__ for turn in trainer.turns]
    assert (kinds, trainer.turns[1].steps) == (["Adam", "RMSprop"], 2)
    assert trainer.history[-1]["autoencoder_learning_rate"] < 0.03
    losses = [row["validation"] for row in trainer.history]
    assert int(np.argmin(losses)) == 2  # 90 images in batches of 16: 18 of these in 3 epochs
    assert trainer.objective.sample.shape == (20, 4)
    assert all(p.abs().max() <= 0.05 for p in trainer.objective.critic.parameters())


@pytest.mark.parametrize("epoch", range(1, 5))
def test_stopped_after_any_epoch_it_ends_with_the_same_bytes(epoch, images, tmp_path, undisturbed):
    stop_after(made(tmp_path), epoch, images)
    trainer = made(tmp_path)
    assert len(trainer.history) == epoch
    play(trainer, images)
    assert finish(trainer, tmp_path) == undisturbed[1:]


def test_the_lagging_sample_is_no_part_of_a_checkpoint(images, tmp_path):
    stop_after(made(tmp_path), 2, images)
    assert "sample" not in safetensors.load(tmp_path / "kept/epoch2.safetensors")[0]
    assert "unsaved/sample" in safetensors.load(tmp_path / "kept/state.safetensors")[0]


# More epochs


def test_a_further_epoch_goes_on_from_the_last(images, tmp_path, undisturbed, caplog):
    trainer = made(tmp_path, epochs=[2, 4])
    play(trainer, images)
    finish(trainer, tmp_path)
    old = (tmp_path / "epoch2.safetensors").read_bytes()
    for path in tmp_path.glob("epoch*"):
        path.unlink()  # as Snakemake deletes the outputs of a job that it runs again
    caplog.set_level("INFO")
    further = made(tmp_path)  # 2 and 5
    assert len(further.history) == 4
    play(further, images)
    assert finish(further, tmp_path) == undisturbed[1:]
    assert "going on after epoch 4" in caplog.text
    assert (tmp_path / "epoch2.safetensors").read_bytes() == old


def test_an_earlier_epoch_that_was_not_kept_starts_over_and_says_so(
    images, tmp_path, undisturbed, caplog
):
    trainer = made(tmp_path)
    play(trainer, images)
    finish(trainer, tmp_path)
    inserted = made(tmp_path, epochs=[2, 3, 5])
    assert inserted.history == []
    assert "no checkpoint of epoch 3, which is past: starting over" in caplog.text
    play(inserted, images)
    history, files = finish(inserted, tmp_path)
    assert history == undisturbed[1]
    assert undisturbed[2].items() <= files.items()


def test_fewer_epochs_need_no_training(images, tmp_path, undisturbed):
    trainer = made(tmp_path)
    play(trainer, images)
    shorter = made(tmp_path, epochs=[2])
    play(shorter, images)
    history, files = finish(shorter, tmp_path)
    assert history == undisturbed[1][:3]
    assert files.items() <= undisturbed[2].items()


# What is not gone on with


def test_another_configuration_starts_over(tmp_path, images, caplog):
    stop_after(made(tmp_path), 1, images)
    assert made(tmp_path, batch=20).history == []
    assert "another configuration" in caplog.text
    assert not (tmp_path / "kept/state.safetensors").exists()


def test_other_images_start_over(tmp_path, images, caplog):
    stop_after(made(tmp_path, ["digest of these images"]), 1, images)
    assert made(tmp_path, ["digest of others"]).history == []
    assert "another configuration" in caplog.text


def test_a_damaged_state_starts_over(tmp_path, images, caplog):
    stop_after(made(tmp_path), 1, images)
    state = tmp_path / "kept/state.safetensors"
    state.write_bytes(state.read_bytes()[:500])
    assert made(tmp_path).history == []
    assert "truncated" in caplog.text


def test_a_state_with_other_numbers_than_were_written_starts_over(tmp_path, images, caplog):
    stop_after(made(tmp_path), 1, images)
    state = tmp_path / "kept/state.safetensors"
    content = bytearray(state.read_bytes())
    content[-3] ^= 1
    state.write_bytes(content)
    assert made(tmp_path).history == []
    assert "not as it was written" in caplog.text


@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_a_checkpoint_that_is_not_as_it_was_starts_over(tmp_path, images, caplog, damage):
    stop_after(made(tmp_path), 3, images)
    path = tmp_path / "kept/epoch2.safetensors"
    content = path.read_bytes()
    path.unlink() if damage == "missing" else path.write_bytes(content[:-1] + b"\xff")
    assert made(tmp_path).history == []
    assert "no checkpoint of epoch 2" in caplog.text


KILLED = """
import sys; sys.path[:0] = [{tests!r}, {workflow!r}]
import numpy as np, torch; torch.set_num_threads(1)
from pathlib import Path
import training_game; training_game.install()
from expost.training.loop import Training
folder, images = Path({folder!r}), np.load({images!r})
settings = training_game.SETTINGS | {{"epochs": [2, 8]}}
trainer = Training(settings, (1, 16, 16), ("killed",), folder / "kept", torch.device("cpu"))
print("ready", flush=True)
trainer.run(images[30:], images[:30])
trainer.finish([folder / "epoch2.safetensors", folder / "epoch8.safetensors"],
               folder / "history.csv")
"""


def test_killed_at_any_moment_it_ends_with_the_same_bytes(tmp_path, images):
    np.save(tmp_path / "images.npy", images)
    calm, harried = tmp_path / "calm", tmp_path / "harried"
    rng, kills = np.random.default_rng(0), 0
    for folder, most in ((calm, 0), (harried, 3)):
        folder.mkdir()
        program = textwrap.dedent(KILLED).format(
            tests=str(TESTS),
            workflow=str(TESTS.parent / "workflow"),
            folder=str(folder),
            images=str(tmp_path / "images.npy"),
        )
        while not (folder / "history.csv").exists():
            process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
            assert process.stdout.readline() == b"ready\n"
            if kills < most:
                time.sleep(rng.uniform(0.02, 0.3))
                process.kill()
                kills += 1
            process.stdout.close()
            process.wait(60)
    for name in ("epoch2.safetensors", "epoch8.safetensors"):
        assert (harried / name).read_bytes() == (calm / name).read_bytes()
    losses = [
        [line.rpartition(",")[0] for line in (folder / "history.csv").read_text().splitlines()]
        for folder in (calm, harried)
    ]
    assert losses[0] == losses[1]  # all columns but the speed
