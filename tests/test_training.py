"""The training loop: it learns, it depends on its identity alone, and it survives being killed."""

import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest
import torch
from expost.io import safetensors
from expost.networks.autoencoder import autoencoder
from expost.runtime.seeding import seed
from expost.training.loop import checkpoints, encode_decode
from expost.training.loop.loop import Settings, Training
from sklearn.datasets import load_digits

from benchmarks.plain import training as plain

CPU = torch.device("cpu")
WORKFLOW = autoencoder.__file__.rpartition("/expost/")[0]


@pytest.fixture(scope="module")
def images():
    """200 digits, uint8 (n, 1, 16, 16)."""
    scans = load_digits().images[:200].astype(np.uint8)[:, None] * 15  # (n, 1, 8, 8)
    return scans.repeat(2, axis=2).repeat(2, axis=3)


def about(objective="ae", **options):
    return {"objective": objective, "options": options, "shape": [1, 16, 16], "latent": 4}


def train(folder, images, identity=("train", 0), epochs=(1, 3), **changes):
    trainer = Training(
        about(changes.pop("objective", "ae")),
        Settings(epochs, **{"batch": 32} | changes),
        identity,
        folder / "unfinished",
        CPU,
    )
    trainer.run(images[:150], images[150:])
    paths = [folder / f"epoch{epoch}.safetensors" for epoch in epochs]
    trainer.finish(paths, folder / "history.csv")
    return paths, trainer.history


@pytest.mark.parametrize("objective", ["ae", "vae"])
def test_the_loss_falls_on_training_and_on_held_out_images(tmp_path, images, objective):
    _, history = train(tmp_path, images, epochs=(8,), objective=objective)
    first, last = history[0], history[-1]
    assert last["autoencoder_reconstruction"] < 0.7 * first["autoencoder_reconstruction"]
    assert last["validation"] < first["validation"]


def test_history_has_a_row_an_epoch_with_every_term(tmp_path, images):
    train(tmp_path, images, objective="vae")
    header, *rows = (tmp_path / "history.csv").read_text().splitlines()
    assert header == (
        "epoch,autoencoder_reconstruction,autoencoder_kl,validation,images_per_second"
    )
    assert [row.split(",")[0] for row in rows] == ["1", "2", "3"]


def test_same_identity_same_bytes_and_another_identity_other_weights(tmp_path, images):
    one, _ = train(tmp_path / "a", images)
    torch.manual_seed(5)  # the global state must not matter
    two, _ = train(tmp_path / "b", images)
    other, _ = train(tmp_path / "c", images, identity=("train", 1))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert one[0].read_bytes() != other[0].read_bytes()


def test_an_epoch_is_that_of_the_plain_loop(tmp_path, images):
    """Same first weights and order of images; three steps apart by rounding only."""
    trainer = Training(about(), Settings((1,), batch=32), ("x",), tmp_path, CPU)
    parts = {part: getattr(plain, part)((1, 16, 16), 4) for part in ("encoder", "decoder")}
    for name, part in parts.items():
        part.load_state_dict(getattr(trainer.objective, name).state_dict())
    shuffle = torch.Generator().manual_seed(seed("x", "shuffle", 1))
    order = torch.randperm(96, generator=shuffle).numpy()
    trainer.run(images[:96], images[96:])
    loss = plain.train(**parts, images=plain.dataset(images[:96][order]), batch=32, shuffle=False)
    assert trainer.history[0]["autoencoder_reconstruction"] == pytest.approx(loss, rel=1e-5)
    for name, part in parts.items():
        trained = getattr(trainer.objective, name).state_dict()
        for key, expected in part.state_dict().items():
            if key.endswith("weight"):  # biases before batch normalisation follow rounding alone
                torch.testing.assert_close(trained[key], expected, rtol=0, atol=1e-4)


def test_training_leaves_global_random_numbers_alone(tmp_path, images):
    torch.manual_seed(3)
    wanted = torch.rand(2)
    torch.manual_seed(3)
    train(tmp_path, images, epochs=(1,), objective="vae")
    assert torch.equal(torch.rand(2), wanted)


def test_a_checkpoint_does_not_depend_on_later_epochs(tmp_path, images):
    short, _ = train(tmp_path / "short", images, epochs=(1,))
    long, _ = train(tmp_path / "long", images, epochs=(1, 3))
    assert short[0].read_bytes() == long[0].read_bytes()


def test_a_checkpoint_gives_codes_and_images_back(tmp_path, images):
    (path, *_), _ = train(tmp_path, images, objective="vae")
    model = checkpoints.load(path)
    codes = encode_decode.encode(model, images)
    assert codes.shape == (200, 4)
    assert codes.dtype == np.float32
    np.testing.assert_allclose(encode_decode.encode(model, images, batch=7), codes, atol=1e-5)
    decoded = encode_decode.decode(model, codes)
    assert decoded.shape == images.shape
    assert decoded.dtype == np.uint8


KILLED = """
import sys; sys.path.insert(0, {workflow!r})
import numpy as np, torch; torch.set_num_threads(1)
from pathlib import Path
from expost.training.loop import Settings, Training
folder, images = Path({folder!r}), np.load({images!r})
about = {about!r}
trainer = Training(about, Settings((2, 12), batch=8), ("killed",), folder / "unfinished",
                   torch.device("cpu"))
print("ready", flush=True)
trainer.run(images, images[:50])
trainer.finish([folder / "epoch2.safetensors", folder / "epoch12.safetensors"],
               folder / "history.csv")
"""


def script(folder, images_file):
    return textwrap.dedent(KILLED).format(
        workflow=WORKFLOW, folder=str(folder), images=str(images_file), about=about("vae")
    )


def test_killed_at_any_moment_it_ends_with_the_same_bytes(tmp_path, images):
    np.save(tmp_path / "images.npy", images)
    calm, harried = tmp_path / "calm", tmp_path / "harried"
    for folder in (calm, harried):
        folder.mkdir()
    subprocess.run([sys.executable, "-c", script(calm, tmp_path / "images.npy")], check=True)

    rng, kills = np.random.default_rng(0), 0
    while not (harried / "history.csv").exists():
        process = subprocess.Popen(
            [sys.executable, "-c", script(harried, tmp_path / "images.npy")], stdout=subprocess.PIPE
        )
        process.stdout.readline()  # it has been set up
        if kills < 3:
            time.sleep(rng.uniform(0.05, 0.6))
            process.kill()
            kills += 1
        process.stdout.close()
        process.wait(60)
    assert not (harried / "unfinished").exists()
    for name in ("epoch2.safetensors", "epoch12.safetensors"):
        assert (harried / name).read_bytes() == (calm / name).read_bytes()
    losses = [
        [line.rpartition(",")[0] for line in (folder / "history.csv").read_text().splitlines()]
        for folder in (calm, harried)
    ]
    assert losses[0] == losses[1]  # all columns but the speed


def interrupted(folder, images, stop=3, **changes):
    """Interrupt a training after `stop` of four epochs."""
    trainer = resumed(folder, **changes)
    original = trainer.unfinished.save

    def save(state, history):
        original(state, history)
        if len(history) == stop:
            raise KeyboardInterrupt

    trainer.unfinished.save = save
    with pytest.raises(KeyboardInterrupt):
        trainer.run(images[:150], images[150:])


def resumed(folder, origin=(), **changes):
    settings = Settings((2, 4), batch=32, **changes)
    return Training(about(), settings, ("train", 0), folder / "unfinished", CPU, origin)


def test_it_goes_on_after_the_last_epoch(tmp_path, images):
    interrupted(tmp_path, images)
    assert len(resumed(tmp_path).history) == 3


def test_another_configuration_starts_over(tmp_path, images, caplog):
    interrupted(tmp_path, images)
    assert resumed(tmp_path, learning_rate=0.01).history == []
    assert "another configuration" in caplog.text


def test_other_images_start_over(tmp_path, images, caplog):
    interrupted(tmp_path, images, origin=["digest of these images"])
    assert resumed(tmp_path, origin=["digest of others"]).history == []
    assert "another configuration" in caplog.text


def test_a_damaged_state_starts_over(tmp_path, images, caplog):
    interrupted(tmp_path, images)
    state = tmp_path / "unfinished/state.safetensors"
    state.write_bytes(state.read_bytes()[:500])
    assert resumed(tmp_path).history == []
    assert "truncated" in caplog.text


def test_a_missing_checkpoint_starts_over(tmp_path, images, caplog):
    interrupted(tmp_path, images)
    (tmp_path / "unfinished/epoch2.safetensors").unlink()
    assert resumed(tmp_path).history == []
    assert "lacks checkpoints" in caplog.text


def test_a_diverging_training_says_so(tmp_path, images):
    with pytest.raises(FloatingPointError, match="diverged in epoch .* learning_rate"):
        train(tmp_path, images, learning_rate=1e30)


def test_a_truncated_checkpoint_is_named(tmp_path, images):
    (path, *_), _ = train(tmp_path, images)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"epoch1\.safetensors is truncated"):
        checkpoints.load(path)


def test_a_file_that_is_no_checkpoint_is_named(tmp_path):
    safetensors.save(tmp_path / "other.safetensors", {"x": torch.zeros(2)}, {"what": "something"})
    with pytest.raises(ValueError, match=r"other\.safetensors is no checkpoint"):
        checkpoints.load(tmp_path / "other.safetensors")
