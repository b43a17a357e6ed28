"""A training that diverges says in which epoch and batch, which term, and what to lower."""

import numpy as np
import pytest
import torch
from expost.training import passes
from expost.training.loop import Training

IMAGES = np.random.default_rng(0).integers(0, 256, (40, 1, 16, 16), dtype=np.uint8)


def made(folder, objective="vae", validation=0, **options):
    settings = {"objective": objective, "options": options, "networks": "mlp", "width": 0.1}
    settings |= {"latent": 4, "batch": 10, "epochs": [3], "validation": validation}
    return Training(settings, (1, 16, 16), ("x",), folder / "kept", torch.device("cpu"))


def spoilt(trainer, term, at, value=float("inf")):
    """Of the player's losses, at the step of that number, this term has that value."""
    player, steps = trainer.turns[0].player, iter(range(1, 100))
    plain = player.loss

    def loss(data, noise):
        terms = plain(data, noise)
        return terms | {term: terms[term] * value} if next(steps) == at else terms

    object.__setattr__(player, "loss", loss)
    return trainer


@pytest.mark.parametrize(
    ("objective", "options", "term", "lower"),
    [
        ("vae", {"beta": 2.5}, "kl", " or options.beta below 2.5"),
        ("vae", {"beta": 2.5}, "reconstruction", ""),
        ("cv_vae", {"beta": 0.5}, "embedding", " or options.beta below 0.5"),
        ("wae_mmd", {"weight": 30}, "mmd", " or options.weight below 30"),
        ("wae_mmd", {}, "reconstruction", " or options.reconstruction_weight below 1.0"),
        ("rae", {"penalty": "l2", "weight": 1e-3}, "l2", " or options.weight below 0.001"),
        ("rae", {"penalty": "gradient"}, "gradient", " or options.weight below 1e-07"),
        ("ae", {}, "reconstruction", ""),
    ],
)
def test_the_first_term_that_is_not_finite_is_named(tmp_path, objective, options, term, lower):
    """In the third batch of the second epoch; thereafter all are none."""
    trainer = spoilt(made(tmp_path, objective, **options), term, at=4 + 3)
    message = (
        f"training diverged in epoch 2, batch 3: {term} of autoencoder is inf; "
        f"try a learning_rate below 0.001 (autoencoder){lower}"
    )
    with pytest.raises(FloatingPointError) as error:
        trainer.run(IMAGES)
    assert str(error.value) == message


def test_a_weight_of_none_cannot_be_lowered(tmp_path):
    trainer = spoilt(made(tmp_path, beta=0), "kl", at=1)  # 0 times infinity
    with pytest.raises(FloatingPointError, match=r"batch 1: kl .* is nan; .* moved yet\)$"):
        trainer.run(IMAGES)


def test_a_critics_penalty_that_is_not_finite_is_named_at_once(tmp_path):
    said = r"epoch 1, batch 1: .*penalty of critic is nan.* or options.penalty below 1e\+39"
    with pytest.raises(FloatingPointError, match=said):
        made(tmp_path, "wae_gan", penalty=1e39).run(IMAGES)


def test_a_rate_that_has_moved_nothing_yet_is_not_to_blame(tmp_path):
    said = (
        r"batch 1: .* is nan; try smaller numbers in data and options \(no weight had moved yet\)$"
    )
    with pytest.raises(FloatingPointError, match=said):
        made(tmp_path / "a", "cv_vae", sigma=1e300).run(IMAGES)
    with pytest.raises(FloatingPointError, match=f"{said[:-1]} or options.rec.* or options.weight"):
        made(tmp_path / "b", "wae_mmd", input_noise=1e300).run(IMAGES)
    several = made(tmp_path / "c")
    several.turns[0].steps = 2  # of which one may have moved some
    with pytest.raises(FloatingPointError, match=r"batch 1: .* try a learning_rate below 0.001"):
        spoilt(several, "kl", at=2).run(IMAGES)


def test_what_is_held_out_may_diverge_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(passes, "validation", lambda objective, data: float("nan"))
    with pytest.raises(FloatingPointError, match=r"epoch 1: .* held out is nan; .* below 0.001"):
        made(tmp_path, validation=5).run(IMAGES[5:], IMAGES[:5])


@pytest.mark.parametrize("objective", ["vae", "cv_vae", "wae_mmd", "rae"])
def test_weights_that_are_named_are_options_of_terms(objective, tmp_path):
    trainer = made(tmp_path, objective)
    player = trainer.turns[0].player
    terms = player.loss(torch.rand(4, 1, 16, 16), torch.Generator()).keys()
    of_penalties = {"l2", "gradient"} if objective == "rae" else set()
    assert player.weights.keys() <= terms | of_penalties
    assert all(hasattr(trainer.objective, option) for option in player.weights.values())
