"""Trainings that go together: as far as no noise is drawn they are those one by one."""

import numpy as np
import pytest
import torch
from expost import objectives
from expost.networks.onnx_runtime import Network
from expost.objectives import asked
from expost.training import checkpoints, loop
from expost.training.stacked import Stacked
from expost.training.together import Together

DATA = np.random.default_rng(0).normal(size=(41, 6)).astype(np.float32)
CPU = torch.device("cpu")
SEEDS = [("t", seed) for seed in range(3)]
PLAIN = {
    "objective": "ae",
    "networks": {"name": "mlp", "hidden": [8]},
    "latent": 4,
    "reconstruction": "squared_error",
    "batch": 10,
    "epochs": [4],
}
MASKED = PLAIN | {
    "objective": "lmgae",
    "options": {"units": 8, "schedule": "careful"},
    "optimiser": {"name": "RMSprop", "learning_rate": 1e-3},
    "schedule": {"kind": "falling"},
}


def together(folder, settings, seeds=SEEDS, epochs=None):
    chosen = settings if epochs is None else settings | {"epochs": epochs}
    return Together(chosen, (6,), seeds, folder, CPU)


def finished(trainings, folder):
    made = [
        {
            name: folder / f"{place}.{name}"
            for name in ("checkpoint", "history", "encoder", "decoder")
        }
        for place in range(len(trainings.identities))
    ]
    trainings.finish(made)
    return made


def test_trainings_without_noise_are_those_one_by_one(tmp_path):
    """Adam's weight decay, orders of data and first weights included; only sums are rounded."""
    trainings = together(tmp_path / "all", PLAIN)
    trainings.run(DATA)
    made = finished(trainings, tmp_path)
    for place, identity in enumerate(SEEDS):
        alone = loop.Training(PLAIN, (6,), identity, tmp_path / str(place), CPU)
        alone.run(DATA)
        found = checkpoints.load(made[place]["checkpoint"])
        for name, wanted in alone.objective.state_dict().items():
            torch.testing.assert_close(found.state_dict()[name], wanted, rtol=1e-3, atol=1e-5)
        ours = [rows[place]["autoencoder_reconstruction"] for rows in trainings.history]
        theirs = [row["autoencoder_reconstruction"] for row in alone.history]
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)
    assert len({rows[0]["autoencoder_reconstruction"] for rows in trainings.history}) == 4


def test_one_knows_nothing_of_the_others(tmp_path):
    """A training that is sent astray leaves the first ones as they would have been."""
    kept = together(tmp_path / "a", MASKED)
    astray = together(tmp_path / "b", MASKED)
    with torch.no_grad():
        for stack in astray.stacked.stacks:
            stack[2] += 1
    for trainings in (kept, astray):
        trainings.run(DATA)
    for mine, theirs in zip(kept.stacked.stacks, astray.stacked.stacks, strict=True):
        torch.testing.assert_close(mine[:2], theirs[:2], rtol=1e-4, atol=1e-6)
        assert not torch.allclose(mine[2], theirs[2])


def test_noise_is_drawn_for_each():
    copies = [objectives.build("lmgae", (6,), 4, networks="mlp", options={"units": 8})] * 2
    stacked = Stacked(copies)
    critic = stacked.players()[1]
    codes = critic.prepared(torch.from_numpy(DATA).expand(2, -1, -1))
    terms = critic.loss(codes, torch.Generator().manual_seed(0))
    assert terms["codes"][0] == terms["codes"][1]  # the same weights and data
    assert terms["prior"][0] != terms["prior"][1]
    again = critic.loss(codes, torch.Generator().manual_seed(0))
    assert torch.equal(again["prior"], terms["prior"])


def test_projections_and_histories_are_each_ones_own(tmp_path):
    trainings = together(tmp_path / "kept", MASKED)
    with torch.no_grad():
        levels = trainings.stacked.stacks[trainings.stacked.names.index("objective.mask.levels")]
        levels[1] = -1
        trainings.stacked.players()[-1].after()
    assert (levels >= 0).all()
    trainings.run(DATA)
    made = finished(trainings, tmp_path)
    masks = np.array([[row["mask_0"] for row in rows] for rows in trainings.history])
    assert len(set(masks[-1])) == 3
    assert masks[0, 1] == 0
    for place, paths in enumerate(made):
        table = np.genfromtxt(paths["history"], delimiter=",", names=True)
        np.testing.assert_allclose(table["mask_0"], masks[:, place])
        trained = checkpoints.load(paths["checkpoint"])
        assert trained.mask.values()[0].item() == pytest.approx(masks[-1, place], abs=1e-6)
        codes = Network(paths["encoder"])(DATA)[0]
        wanted = trained.encode(torch.from_numpy(DATA)).detach().numpy()
        np.testing.assert_allclose(codes, wanted, atol=1e-5)


def test_killed_trainings_go_on_to_the_same_bytes(tmp_path):
    whole = together(tmp_path / "whole", MASKED)
    whole.run(DATA)
    cut = together(tmp_path / "cut", MASKED)
    save = cut.kept.save

    def stop(*state):
        save(*state)
        if len(cut.history) == 2:
            raise KeyboardInterrupt

    cut.kept.save = stop
    with pytest.raises(KeyboardInterrupt):
        cut.run(DATA)
    again = together(tmp_path / "cut", MASKED)
    assert len(again.history) == 2
    again.run(DATA)
    wanted, found = (finished(each, tmp_path / name) for each, name in ((whole, "w"), (again, "a")))
    for one, other in zip(wanted, found, strict=True):
        assert one["checkpoint"].read_bytes() == other["checkpoint"].read_bytes()
        assert one["decoder"].read_bytes() == other["decoder"].read_bytes()


def test_more_epochs_go_on_and_other_seeds_start_over(tmp_path, caplog):
    caplog.set_level("INFO", logger="expost")
    together(tmp_path, PLAIN).run(DATA)
    assert len(together(tmp_path, PLAIN, epochs=[4, 6]).history) == 4
    assert "going on after epoch 4" in caplog.text
    assert not together(tmp_path, PLAIN, SEEDS[:2]).history
    assert "of another configuration: starting over" in caplog.text


def test_a_training_that_diverges_is_named_with_what_to_lower(tmp_path):
    trainings = together(tmp_path, PLAIN)
    with torch.no_grad():
        trainings.stacked.stacks[0][1] = float("nan")
    with pytest.raises(FloatingPointError, match=r"epoch 1, batch 1: reconstruction of autoenc"):
        trainings.run(DATA)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"validation": 5}, "got `validation: 5` of trainings that go together; wanted 0"),
        ({"objective": "gen", "options": {"sample": 20}}, "with buffers"),
    ],
)
def test_what_cannot_go_together_is_refused(tmp_path, change, said):
    with pytest.raises(ValueError, match=said):
        together(tmp_path, PLAIN | change)


@pytest.mark.parametrize("objective", asked.all_together())
def test_what_says_that_it_can_go_together_does(tmp_path, objective):
    options = {"units": 8} if objective in ("wae_gan", "lmgae") else {}
    trainings = together(tmp_path, PLAIN | {"objective": objective, "options": options})
    trainings.run(DATA)
    ends = [rows["autoencoder_reconstruction"] for rows in trainings.history[-1]]
    assert len(set(ends)) == 3


def test_data_of_another_shape_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"got training data \(41, 5\); wanted"):
        together(tmp_path, PLAIN).run(DATA[:, :5])
