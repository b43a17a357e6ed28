"""The settings of a training are completed, and refused by name where they cannot be."""

import numpy as np
import pytest
import torch
from expost.datasets import row_choice
from expost.objectives.base import Player
from expost.training import optimisers, schedules, settings, turns


def resolved(**changes):
    return settings.resolve({"objective": "ae", "epochs": [3]} | changes)


def test_what_is_not_said_is_the_papers():
    got = resolved()
    assert got["optimiser"] == {"name": "Adam", "learning_rate": 1e-3, "weight_decay": 1e-3}
    assert (got["networks"], got["latent"], got["batch"]) == ("ebcae_mnist", 10, 128)
    assert settings.resolve(got) == got


def test_an_optimiser_changes_in_single_options_unless_it_is_named():
    assert resolved(optimiser={"weight_decay": 0})["optimiser"]["learning_rate"] == 1e-3
    assert resolved(optimiser={"name": "SGD"})["optimiser"] == {"name": "SGD"}


PLATEAU = {"kind": "halved_on_plateau"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"epoch": 3}, "unknown settings epoch; known are batch, "),
        ({"epochs": []}, "one or more, each once"),
        ({"epochs": [3, 3]}, "one or more, each once"),
        ({"epochs": [0]}, "got epochs 0; wanted a whole number of at least 1"),
        ({"latent": 2.5}, r"got latent 2.5; wanted a whole number of at least 1"),
        ({"batch": 1}, "got batch 1; wanted a whole number of at least 2"),
        ({"validation": -1}, "got validation -1; .* at least 0"),
        ({"objective": "vea"}, "'vea'.*ae, vae"),
        ({"options": {"beta": 1}}, "'ae' got unknown option beta; it takes none"),
        ({"networks": "cnn"}, "unknown networks 'cnn'"),
        ({"width": 0}, "got width 0"),
        ({"reconstruction": "hinge"}, "unknown reconstruction 'hinge'"),
        ({"output": "identity"}, "set `output: sigmoid`"),
        ({"optimiser": {"name": "Adamm"}}, "unknown optimiser 'Adamm'"),
        ({"optimiser": {"name": "LBFGS"}}, "got optimiser 'LBFGS'.* none of LBFGS"),
        ({"optimiser": {"name": "../x"}}, r"got optimiser '\.\./x'"),
        ({"optimiser": {"momentum": 1}}, "'Adam' got unknown option momentum; it takes amsgrad,"),
        ({"optimiser": {"learning_rate": "1e-3"}}, "got learning_rate '1e-3'; wanted a number"),
        ({"schedule": {"kind": "cosine"}}, "unknown schedule 'cosine'; wanted one of constant"),
        ({"schedule": PLATEAU | {"wait": 3}, "validation": 9}, "got unknown option wait"),
        ({"schedule": PLATEAU | {"patience": 0}, "validation": 9}, "got patience 0"),
        ({"schedule": PLATEAU}, "'halved_on_plateau' with `validation: 0`.*`validation: 1000`"),
        ({"keep": "best"}, "`keep: best` with `validation: 0`.*`keep: last`"),
        ({"keep": "all"}, "got keep 'all'; wanted one of last, best"),
        ({"players": {"critic": {"step": 3}}}, "'critic' got unknown settings step"),
        ({"players": {"critic": {"steps": 0}}}, "steps of the player 'critic' 0"),
        ({"players": {"critic": {"schedule": PLATEAU}}}, "with `validation: 0`"),
        ({"players": {"critic": {"optimiser": {"alpha": 1}}}}, "'Adam' got unknown option alpha"),
    ],
)
def test_settings_that_cannot_be_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        resolved(**changes)


def test_what_must_be_said_is_asked_for():
    with pytest.raises(ValueError, match="lacks its objective and epochs"):
        settings.resolve({})


# Optimisers and players


def parameters():
    return [torch.nn.Parameter(torch.ones(3))]


@pytest.mark.parametrize(
    "optimiser",
    [
        {"name": "Adam", "learning_rate": 0.1, "betas": [0.5, 0.99], "weight_decay": 0.2},
        {"name": "RMSprop", "learning_rate": 0.1, "alpha": 0.9, "eps": 1e-10},
        {"name": "SGD", "momentum": 0.9, "nesterov": True},
        {"name": "Adafactor"},
    ],
)
def test_an_optimiser_is_pytorchs_with_its_options(optimiser):
    made = optimisers.build(optimiser, parameters())
    assert type(made).__name__ == optimiser["name"]
    options = {"lr" if k == "learning_rate" else k: v for k, v in optimiser.items() if k != "name"}
    for key, value in options.items():
        got = made.param_groups[0][key]
        assert (list(got) if isinstance(value, list) else got) == value


def test_what_is_said_of_a_player_comes_before_its_own_and_that_before_the_runs():
    own = Player("critic", parameters(), None, {"learning_rate": 0.5}, 3)
    run = resolved(optimiser={"name": "SGD", "learning_rate": 0.1, "momentum": 0.9})
    (turn,) = turns.of([own], run)
    assert (turn.first, turn.steps, turn.optimizer.param_groups[0]["momentum"]) == (0.5, 3, 0.9)
    said = {"critic": {"optimiser": {"learning_rate": 0.2}, "steps": 2}}
    (turn,) = turns.of([own], run | {"players": said})
    assert (turn.first, turn.steps, turn.optimizer.param_groups[0]["momentum"]) == (0.2, 2, 0.9)


def test_a_player_that_the_objective_has_not_is_refused():
    with pytest.raises(ValueError, match="the player critc; the objective 'ae' has critic"):
        turns.of([Player("critic", parameters(), None)], resolved(players={"critc": {}}))


def test_two_steps_are_two_of_one_and_its_projection_follows_each():
    """Gradient descent on x^2 by hand: x <- x - 0.25 * 2 x = x / 2, then at least 0.3."""
    (x,) = moved = parameters()

    def loss(data, noise):
        return {"square": x.square().sum()}

    def after():
        seen.append(x.detach().clone())
        x.clamp_(min=0.3)

    seen = []
    run = resolved(optimiser={"name": "SGD", "learning_rate": 0.25})
    (turn,) = turns.of([Player("p", moved, loss, steps=2, after=after)], run)
    terms = turn.play(torch.zeros(1), torch.Generator())
    assert float(terms["square"]) == 3 * (1 + 0.25)
    assert [float(step[0]) for step in seen] == [0.5, 0.25]
    assert torch.equal(x, torch.full((3,), 0.3))


def test_what_is_prepared_of_a_batch_is_given_to_every_step_and_has_no_derivatives():
    (x,) = moved = parameters()
    prepared, given = [], []

    def prepare(batch):
        prepared.append(batch)
        return batch * x

    def loss(ready, noise):
        given.append(ready)
        return {"sum": (ready * x).sum()}

    (turn,) = turns.of([Player("p", moved, loss, steps=3, prepare=prepare)], resolved())
    batch = torch.ones(3)
    turn.play(batch, torch.Generator())
    assert [part is batch for part in prepared] == [True]
    assert len(given) == 3
    assert all(part is given[0] for part in given)
    assert not given[0].requires_grad


# Rates


@pytest.mark.parametrize(
    ("losses", "rate"),
    [
        ([], 8),
        ([3, 2, 1], 8),
        ([3, 3], 8),
        ([3, 3, 3], 4),
        ([1, 2, 3], 4),
        ([1, 2, 0.5, 2], 8),
        ([1, 2, 3, 2, 3], 2),  # the count begins anew
        ([1] + 20 * [2], 1),  # and no further
    ],
)
def test_a_rate_is_halved_after_so_many_epochs_without_a_new_least_loss(losses, rate):
    schedule = schedules.build(PLATEAU | {"patience": 2, "minimum": 1})
    assert schedule.rate(8, losses, len(losses) + 1, 30) == rate


def test_a_rate_below_the_minimum_is_left():
    assert schedules.build(PLATEAU | {"patience": 1, "minimum": 9}).rate(8, [1, 2, 3], 4, 9) == 8


# Rows


def test_held_out_rows_are_the_last_that_samplers_get_and_no_others():
    order = row_choice.training("d", 0, 50)
    held, trained = (
        getattr(row_choice, part)("d", 0, 50, 12) for part in ("validation", "trained")
    )
    assert sorted([*held, *trained]) == list(range(50))
    assert list(held) == list(order[38:])
    assert not set(held) & set(order[:38])
    assert (np.diff(trained) > 0).all()
    assert set(held) != set(row_choice.validation("d", 1, 50, 12))
    assert len(row_choice.validation("d", 0, 50, 0)) == 0
    with pytest.raises(ValueError, match="d has 50 training images, of which 50 .* `validation`"):
        row_choice.validation("d", 0, 50, 50)
