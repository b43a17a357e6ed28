"""Discriminators that are trained side by side, and what they say of a divergence."""

import numpy as np
import pytest
import torch
from expost.divergences import discriminators
from expost.divergences.discriminator_settings import SETTINGS, Setting
from expost.divergences.discriminators import Discriminators, train

RNG = np.random.default_rng(0)
QUICK = Setting(3e-3, 1.0)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(discriminators, "MOST_STEPS", 50)  # two looks


def linear(slope):
    """Three layers that pass a number through, and the log-odds slope · z."""
    parts = [[[1.0]], [[0.0]]] * 3 + [[[slope]], [[0.0]]]
    weights = tuple(torch.tensor([part]) for part in parts)
    return Discriminators(weights, np.zeros(1), np.zeros(1))


def test_bits_are_the_cross_entropy_in_other_units():
    codes, drawn = RNG.uniform(0.1, 2, (1, 500, 1)), RNG.uniform(0.1, 2, (1, 500, 1))
    odds = 1 / (1 + np.exp(-0.7 * codes)), 1 / (1 + np.exp(-0.7 * drawn))
    wanted = (0.5 * np.log(odds[0]).mean() + 0.5 * np.log(1 - odds[1]).mean()) / np.log(2) + 1
    assert linear(0.7).bits(codes, drawn)[0] == pytest.approx(wanted, abs=1e-5)


def test_what_knows_nothing_says_0_and_laws_apart_are_1():
    codes, drawn = RNG.normal(5, 0.1, (1, 200, 1)), RNG.normal(-5, 0.1, (1, 200, 1))
    assert linear(0.0).bits(codes, drawn)[0] == pytest.approx(0, abs=1e-6)
    assert linear(1e4).bits(codes, drawn)[0] == pytest.approx(1, abs=0.01)


def test_codes_far_away_are_told_and_draws_of_the_target_are_not():
    n = 400
    codes = np.stack([RNG.normal(size=(n, 2)), 4 + RNG.normal(size=(n, 2))])
    fresh = np.stack([RNG.normal(size=(n, 2)), 4 + RNG.normal(size=(n, 2))])
    found = train(codes, QUICK, rng=0)
    near, far = found.bits(fresh, RNG.normal(size=fresh.shape))
    assert abs(near) < 0.1
    assert far > 0.9  # 0.99 by quadrature
    assert found.losses[1] < 0.1 < 0.6 < found.losses[0]


def test_each_is_trained_on_its_own_codes_alone(short):
    codes = RNG.normal(size=(3, 100, 2))
    others = codes.copy()
    others[1] += 3
    fresh, drawn = (np.broadcast_to(RNG.normal(size=(50, 2)), (3, 50, 2)) for _ in range(2))
    one, two = (train(x, QUICK, rng=1).bits(fresh, drawn) for x in (codes, others))
    assert one[[0, 2]] == pytest.approx(two[[0, 2]], abs=1e-4)
    assert abs(one[1] - two[1]) > 0.05


def test_the_weights_kept_are_those_of_the_lowest_held_out_loss(monkeypatch, short):
    seen = []
    honest = discriminators._losses

    def spied(weights, codes, drawn):
        found = honest(weights, codes, drawn)
        if not torch.is_grad_enabled():
            seen.append(found.clone())
        return found

    monkeypatch.setattr(discriminators, "_losses", spied)
    found = train(RNG.normal(size=(2, 100, 2)), QUICK, rng=0)
    looks = torch.stack(seen).double().numpy()  # (looks, k)
    assert len(looks) == 2
    assert np.array_equal(found.losses, looks.min(axis=0))
    assert np.array_equal(found.steps, discriminators.LOOK * (1 + looks.argmin(axis=0)))


def test_training_stops_when_nothing_is_left_to_learn():
    found = train(RNG.normal(size=(1, 100, 5)), Setting(1e-2, 0.0), rng=0)
    assert (
        found.steps[0] < discriminators.MOST_STEPS - discriminators.PATIENCE * discriminators.LOOK
    )


def test_the_same_seed_gives_the_same(short):
    codes = RNG.normal(size=(2, 60, 3))
    one, two, other = (train(codes, QUICK, rng=seed) for seed in (4, 4, 5))
    assert np.array_equal(one.losses, two.losses)
    assert not np.array_equal(one.losses, other.losses)


def test_settings_are_told_apart_and_the_few_are_some_of_many():
    assert set(SETTINGS["few"]) < set(SETTINGS["many"])
    assert len(set(SETTINGS["many"])) == 15
