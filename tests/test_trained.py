"""What all samplers that are trained networks do alike."""

import numpy as np
import pytest
from expost.samplers import SAMPLERS, build, load
from expost.samplers.trained import Trained

NAMES = [name for name in SAMPLERS if isinstance(build(name), Trained)]
SMALL = {"hidden": 8, "batch": 500, "learning_rate": 3e-3}


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def codes(n=100):
    return np.random.default_rng(1).standard_normal((n, 2))


def test_these_are_the_trained_ones():
    assert NAMES == ["real_nvp", "flow_matching", "second_vae"]


def test_held_out_codes_are_not_trained_on(name):
    """In a batch of all other codes, it matters which number stands in which of these only."""
    rng = np.random.default_rng(0)
    rng.integers(2**63), rng.integers(2**63)  # seeds of the weights and of the training
    held_out, kept = np.split(rng.permutation(100), [10])

    def loss(x):
        return build(name, **SMALL, steps=1, patience=1).fit(x, 0).losses_[0]

    def swapped(rows):
        other = codes()  # of the same means and deviations
        other[rows[:2], 0] = other[rows[1::-1], 0]
        return other

    assert loss(swapped(held_out)) == pytest.approx(loss(codes()), abs=1e-6)
    assert loss(swapped(kept)) != pytest.approx(loss(codes()), abs=1e-5)


def test_held_out_codes_judge_the_training(name):
    """The loss of theirs depends on them alone, where the trained ones are as they were."""
    rng = np.random.default_rng(0)
    rng.integers(2**63), rng.integers(2**63)
    held_out = rng.permutation(100)[:10]

    def judged(x):
        return build(name, **SMALL, steps=1, patience=1).fit(x, 0).held_out_losses_[0]

    other = codes()
    other[held_out[:2], 0] = other[held_out[1::-1], 0]
    assert judged(other) != pytest.approx(judged(codes()), abs=1e-5)


def test_training_is_judged_at_its_end_too(name):
    sampler = build(name, **SMALL, steps=2, patience=5).fit(codes(600), 0)  # less than a pass
    assert len(sampler.held_out_losses_) == 1
    assert np.isfinite(sampler.weights_).all()


def test_early_stopping_takes_nothing_from_who_does_without(name):
    alone = build(name, **SMALL, steps=1, patience=None).fit(codes(), 0)
    assert not hasattr(alone, "held_out_losses_")
    patient = build(name, **SMALL, steps=1, patience=1).fit(codes(), 0)
    assert np.abs(patient.weights_ - alone.weights_).max() < 0.01  # the same first weights


@pytest.mark.parametrize("patience", [None, 1])
def test_divergence_is_an_error(name, patience):
    options = SMALL | {"learning_rate": 1e30, "steps": 100, "patience": patience}
    with pytest.raises(RuntimeError, match=r"no longer finite at step .*; lower learning_rate"):
        build(name, **options).fit(codes(), 0)


def test_how_far_it_is_is_logged(name, caplog):
    with caplog.at_level("INFO", "expost"):
        build(name, **SMALL, steps=120, patience=None).fit(codes(), 0)
    assert [record.getMessage()[:7] for record in caplog.records] == ["100/120", "120/120"]


def test_codes_far_from_the_others_are_told_of(name, caplog):
    x = np.vstack([codes(500), np.full(2, 1e3)])
    build(name, **SMALL, steps=9).fit(x, 0)
    assert "times as wide as that of the codes" in caplog.text
    assert "leave those codes out" in caplog.text


@pytest.mark.parametrize("option", ["hidden", "layers", "steps", "batch", "patience"])
def test_none_at_all_is_refused(name, option):
    with pytest.raises(ValueError, match=f"got {option} 0; wanted a whole number of at least 1"):
        build(name, **{option: 0})


@pytest.mark.parametrize("device", ["gpu", "cuda:", "cpu\n", 0, None])
def test_unknown_devices_are_refused(name, device):
    with pytest.raises(ValueError, match=r"got device .*; wanted cpu, cuda, or cuda:1"):
        build(name, device=device)


def test_a_device_that_is_not_there_is_refused(name, monkeypatch, tmp_path):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ValueError, match="PyTorch finds no CUDA device"):
        build(name, device="cuda").fit(codes())
    elsewhere = build(name, **SMALL, steps=1).fit(codes(), 0)
    elsewhere.device = "cuda"  # as of a file that was written where there is one
    elsewhere.save(tmp_path / "sampler.npz")
    with pytest.raises(ValueError, match=r"sampler\.npz.*PyTorch finds no CUDA device"):
        load(tmp_path / "sampler.npz")


def test_networks_of_absurd_size_are_not_made(name, tmp_path):
    sampler = build(name, **SMALL, steps=1).fit(codes(), 0)
    for option, value in {"hidden": 10**6, "layers": 10**9}.items():
        setattr(sampler, option, value)
        sampler.save(tmp_path / "sampler.npz")
        with pytest.raises(ValueError, match=r"sampler\.npz"):
            load(tmp_path / "sampler.npz")
        setattr(sampler, option, build(name, **SMALL).get_params()[option])
