"""Every objective goes on to the same bytes where it was stopped; labels reach who wants them."""

from dataclasses import replace

import numpy as np
import pytest
import quick_objectives
import torch
from expost import objectives
from expost.io import safetensors
from expost.training import loop, some_labels
from sklearn.datasets import load_digits
from stopping import stopping

CPU = torch.device("cpu")
DIGITS = load_digits()
DATA = (DIGITS.images[:100, None] * 15).astype(np.uint8)
LABELS = DIGITS.target[:100]
LABELLED = {"target": "mixture", "labelled": 30, "sample": 90, "code_norm": "scaled"}
CASES = [(name, quick_objectives.options(name)) for name in objectives.OBJECTIVES]
CASES += [("gen", LABELLED | {"every": 3})]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def made(folder, objective, options, **changes):
    settings = {"objective": objective, "options": options, "networks": "mlp", "latent": 2}
    settings |= {"batch": 20, "epochs": [3], "width": 0.25} | changes
    return loop.Training(settings, (1, 8, 8), ("train", objective), folder, CPU)


def left(trainer, folder):
    """Bytes and history, but for the speed."""
    trainer.finish([folder / "e.safetensors"], folder / "h.csv")
    rows = (folder / "h.csv").read_text().splitlines()
    return (folder / "e.safetensors").read_bytes(), [row.rpartition(",")[0] for row in rows]


def stopped_after(epoch, trainer):
    with stopping(trainer, epoch):
        trainer.run(DATA, labels=LABELS)


@pytest.mark.parametrize(("objective", "options"), CASES)
def test_stopped_after_an_epoch_it_ends_with_the_same_bytes(objective, options, tmp_path):
    """5 batches an epoch, and a sample every 3: that in use is older than the epoch."""
    whole = made(tmp_path / "whole", objective, options)
    whole.run(DATA, labels=LABELS)
    expected = left(whole, tmp_path / "whole")
    for epoch in (1, 2):
        folder = tmp_path / str(epoch)
        stopped_after(epoch, made(folder, objective, options))
        trainer = made(folder, objective, options)
        assert len(trainer.history) == epoch
        trainer.run(DATA, labels=LABELS)
        assert left(trainer, folder) == expected


def test_the_sample_and_the_bandwidth_are_kept_where_each_belongs(tmp_path):
    stopped_after(1, made(tmp_path, "gen", LABELLED))
    state, _ = safetensors.load(tmp_path / "state.safetensors")
    assert state["unsaved/lagging"].shape == (90, 2)
    trainer = made(tmp_path, "gen", LABELLED)
    torch.testing.assert_close(trainer.objective.lagging, state["unsaved/lagging"])
    assert 0 < trainer.objective.bandwidth == state["model/bandwidth"] < 0.4


def test_the_history_has_what_is_told_of_codes(tmp_path):
    trainer = made(tmp_path, "gen", LABELLED)
    trainer.run(DATA, labels=LABELS)
    head = left(trainer, tmp_path)[1][0].split(",")
    told = ["ratio", "longest_code", "variance_of_codes"]
    assert head == ["epoch", "autoencoder_reconstruction", "autoencoder_jsd", *told]


# Labels


def test_so_many_labels_are_known_and_the_same_each_time(tmp_path):
    trainer = made(tmp_path, "gen", LABELLED)
    some = some_labels.chosen(trainer, 100, LABELS).numpy()
    assert np.count_nonzero(some >= 0) == 30
    np.testing.assert_array_equal(some[some >= 0], LABELS[some >= 0])
    again = some_labels.chosen(trainer, 100, LABELS).numpy()
    np.testing.assert_array_equal(some, again)
    trainer.identity = ("train", "another")
    assert (some_labels.chosen(trainer, 100, LABELS).numpy() != some).any()


def test_a_loss_is_given_the_labels_of_its_batch(tmp_path):
    """Pixels say which item it is: each is of one shade, and its class is a tenth of that."""
    shades = np.arange(100, dtype=np.uint8)
    data = np.broadcast_to(shades[:, None, None, None], (100, 1, 8, 8)).copy()
    trainer, told = made(tmp_path, "gen", LABELLED | {"labelled": 100}), []
    (turn,) = trainer.turns
    player = turn.player

    def loss(batch, noise, labels):
        told.extend(zip((batch[:, 0, 0, 0] * 255).round().tolist(), labels.tolist(), strict=True))
        return player.loss(batch, noise, labels)

    turn.player = replace(player, loss=loss)
    trainer.run(data, labels=shades // 10)
    assert len(told) == 300
    assert all(label == shade // 10 for shade, label in told)


def test_objectives_that_ask_for_no_labels_are_given_none(tmp_path):
    made(tmp_path / "with", "ae", {}).run(DATA, labels=LABELS)
    made(tmp_path / "without", "ae", {}).run(DATA)
    with_them, without = (
        (tmp_path / name / "epoch3.safetensors").read_bytes() for name in ("with", "without")
    )
    assert with_them == without


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (None, "got options.labelled 30, and data without labels; leave it out"),
        (LABELS % 3, "labelled 30 of 3 classes for a mixture of 10 components.* components to 3"),
        (LABELS + 1, r"classes \[0\] of 0..10 have no training images"),
        (LABELS[:99], r"got labels int64 of shape \(99,\); wanted integers .* \(100,\)"),
        (LABELS - 1, "wanted integers of at least 0"),
        (LABELS / 1.0, "got labels float64"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, said, tmp_path):
    with pytest.raises(ValueError, match=said):
        made(tmp_path, "gen", LABELLED).run(DATA, labels=labels)


def test_a_sample_larger_than_the_data_is_refused(tmp_path):
    with pytest.raises(ValueError, match="kernel density of 101 codes, and 100 to take them from"):
        made(tmp_path, "gen", {"sample": 101}).run(DATA)
