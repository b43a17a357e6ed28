"""The masked autoencoder: losses written out, the mask over a training, and what ends early."""

import logging

import numpy as np
import pytest
import torch
from expost import objectives
from expost.networks import export
from expost.objectives import asked, data_checks, mask_schedules
from expost.objectives.latent_mask import Mask
from expost.training import loop, settings
from test_objectives_critic import LATENT, built, images, losses

DATA = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
TRAINING = {
    "objective": "lmgae",
    "networks": {"name": "mlp", "hidden": [8]},
    "latent": 4,
    "reconstruction": "squared_error",
    "optimiser": {"name": "RMSprop", "learning_rate": 1e-3},
    "batch": 16,
}
CAREFUL = TRAINING | {"options": {"units": 8, "schedule": "careful"}}
CPU = torch.device("cpu")


def test_losses_are_written_out():
    model, data = built("lmgae", distance="one_plus_squared", distance_weight=3.0), images()
    mask = 1 - (-model.mask.levels).exp()
    found = losses(model, data)
    codes = model.encoder(data)
    prior = torch.randn(7, LATENT, generator=torch.Generator().manual_seed(0))
    spilt = sum(codes[:, j].var() * torch.exp(-10 * mask[j] ** 2) for j in range(LATENT)) / LATENT
    plain = model.reconstruction(model.decoder(codes * mask), data)
    own = found["autoencoder"]
    torch.testing.assert_close(own["reconstruction"], plain)
    torch.testing.assert_close(own["variance"], 100 * spilt)
    told = found["critic"]
    torch.testing.assert_close(told["codes"], model.critic(mask * codes).mean())
    torch.testing.assert_close(told["prior"], -model.critic(mask * prior).mean())
    torch.testing.assert_close(found["encoder"]["codes"], -model.critic(mask * codes).mean())
    distance = model.critic(mask * prior).mean() - model.critic(mask * codes).mean()
    chosen = found["mask"]
    torch.testing.assert_close(chosen["reconstruction"], 1000 * plain)
    torch.testing.assert_close(chosen["distance"], 3 * (1 + distance) ** 2)
    torch.testing.assert_close(chosen["binary"], 2 / LATENT * (mask * (1 - mask)).sum())


def test_players_take_turns_in_the_order_of_the_paper_and_move_their_own():
    model = built("lmgae")
    moved = {p.name: {id(x) for x in p.parameters} for p in model.players()}
    parts = (model.encoder, model.decoder, model.critic, model.mask)
    encoder, decoder, judge, mask = ({id(x) for x in part.parameters()} for part in parts)
    assert list(moved) == ["autoencoder", "critic", "encoder", "mask"]
    assert moved == {
        "autoencoder": encoder | decoder,
        "critic": judge,
        "encoder": encoder,
        "mask": mask,
    }


def test_levels_never_fall_below_nought():
    model, data = built("lmgae", start_high=0.001, reconstruction_weight=0.0), images()
    player = model.players()[-1]
    step = torch.optim.SGD(player.parameters, lr=1.0)
    sum(player.loss(data, torch.Generator().manual_seed(0)).values()).backward()
    step.step()
    with torch.no_grad():
        assert (model.mask.levels < 0).any()
        player.after()
    assert (model.mask.levels >= 0).all()
    assert model.mask.told()["active"] == 0


def test_the_mask_is_part_of_the_decoder_and_of_its_file(tmp_path):
    from expost.networks.onnx_runtime import Network

    model, codes = built("lmgae").eval(), torch.randn(5, LATENT)
    export.save_autoencoder(tmp_path / "e.onnx", tmp_path / "d.onnx", model, (1, 8, 8))
    mask = 1 - (-model.mask.levels).exp()
    wanted = torch.sigmoid(model.decoder(codes * mask)).detach().numpy()
    np.testing.assert_allclose(model.decode(codes).detach().numpy(), wanted, atol=1e-6)
    found = Network(tmp_path / "d.onnx")(codes.numpy())[0]
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_what_the_mask_tells():
    mask = Mask(5, 0, 1)
    with torch.no_grad():
        mask.levels.copy_(-torch.log1p(-torch.tensor([0.0, 0.05, 0.3, 0.6, 0.95])))
    told = mask.told()
    assert (told["active"], told["active_half"], told["half_open"]) == (3, 2, 2)
    values = [told[f"mask_{j}"] for j in range(5)]
    np.testing.assert_allclose(values, [0.0, 0.05, 0.3, 0.6, 0.95], atol=1e-6)


@pytest.mark.parametrize(
    ("schedule", "latent", "done", "weight"),
    [
        ("faithful", 16, 10**6, 2 / 16),
        ("official", 16, 299, 2 / 16),
        ("official", 16, 300, 4 / 16),
        ("official", 16, 4 * 300, 32 / 16),
        ("official", 24, 4 * 2700 - 1, 2 / 24),
        ("official", 24, 4 * 2700, 4 / 24),
        ("official", 200, 4 * 10_000, 4 / 200),
        ("official", 16, 10**6, 2048),
        ("careful", 16, 2925, 2 / 16),  # of 4,500, whose 45th part is 100
        ("careful", 16, 3025, 4 / 16),
        ("careful", 16, 3024, 2 / 16),
        ("careful", 16, 4499, 2 / 16 * 2**15),
    ],
)
def test_how_the_mask_is_pressed(schedule, latent, done, weight):
    assert mask_schedules.pressure(schedule, latent, done, 4500) == weight


def test_a_careful_mask_is_still_at_first():
    moves = [mask_schedules.moves("careful", done, 50) for done in range(50)]
    assert moves == [False] * 10 + [True] * 40
    assert mask_schedules.moves("faithful", 0, 50)


def train(folder, epochs, training=CAREFUL):
    trainer = loop.Training(training | {"epochs": [epochs]}, (6,), ("t", 0), folder, CPU)
    trainer.run(DATA)
    return trainer


def test_a_training_has_its_mask_in_its_history_and_goes_on_to_the_same_bytes(tmp_path):
    whole = train(tmp_path / "whole", 10)
    levels = [[row[f"mask_{j}"] for j in range(4)] for row in whole.history]
    assert levels[0] == levels[1]  # the first fifth
    assert levels[1] != levels[2]
    assert {"wasserstein", "active", "half_open", "mask_binary"} <= set(whole.history[0])
    trainer = loop.Training(CAREFUL | {"epochs": [10]}, (6,), ("t", 0), tmp_path / "cut", CPU)
    save, saved = trainer.kept.save, []

    def stop(*state):
        save(*state)
        saved.append(1)
        if len(saved) == 6:
            raise KeyboardInterrupt

    trainer.kept.save = stop
    with pytest.raises(KeyboardInterrupt):
        trainer.run(DATA)
    again = train(tmp_path / "cut", 10)
    assert len(again.history) == 10
    files = [folder / "epoch10.safetensors" for folder in (tmp_path / "whole", tmp_path / "cut")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_training_of_another_length_is_another_where_the_schedule_goes_by_it(tmp_path, caplog):
    with caplog.at_level(logging.INFO, logger="expost"):
        train(tmp_path / "careful", 4)
        train(tmp_path / "careful", 6)
        assert "is of another configuration: starting over" in caplog.text
        caplog.clear()
        faithful = TRAINING | {"options": {"units": 8}}
        train(tmp_path / "faithful", 4, faithful)
        train(tmp_path / "faithful", 6, faithful)
    assert "going on after epoch 4" in caplog.text


def test_a_collapse_is_named(tmp_path, caplog):
    options = {"units": 8, "start_high": 0.01, "reconstruction_weight": 0.0}
    train(tmp_path, 1, TRAINING | {"options": options})
    assert "no dimension is active: the mask has collapsed" in caplog.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"options": {"schedule": "careful"}}, "options.schedule 'careful', which goes by how"),
        ({"schedule": {"kind": "falling"}}, "the schedule 'falling', which goes by how long"),
        ({"players": {"mask": {"schedule": {"kind": "falling"}}}}, "the schedule 'falling'"),
    ],
)
def test_a_training_that_goes_by_its_length_has_one(change, said):
    with pytest.raises(ValueError, match=rf"got epochs \[2, 4\] with {said}"):
        settings.resolve(TRAINING | {"epochs": [2, 4]} | change)
    assert settings.resolve(TRAINING | {"epochs": [4]} | change)


@pytest.mark.parametrize(
    ("latent", "options", "said"),
    [
        (1, {}, "got latent, .*, 1; wanted a whole number of at least 2"),
        (4, {"start_low": 3, "start_high": 2}, "got options.start_high, .* 2; wanted .* above 3"),
    ],
)
def test_what_leaves_nothing_to_mask_is_refused(latent, options, said):
    with pytest.raises(ValueError, match=said):
        data_checks.check("lmgae", latent, options, None, None)


def test_options_of_another_objective_and_levels_that_cannot_move_are_refused():
    with pytest.raises(ValueError, match="unknown option adversary"):
        objectives.check("lmgae", adversary="critic")
    objectives.check("lmgae", start_high=16)
    with pytest.raises(ValueError, match="start_high 17; wanted a number above 0 and of at most"):
        objectives.check("lmgae", start_high=17)
    with pytest.raises(ValueError, match="player masks; .*'mask'"):
        asked.check_players("lmgae", ["masks"])
