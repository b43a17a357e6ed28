"""The decoder's law of fixed or learned variance: its loss, its optimum, and how it runs away."""

import logging
import math

import numpy as np
import pytest
import torch
from expost import objectives
from expost.training import checkpoints, loop, settings
from expost.training.stacked import Stacked
from expost.training.together import Together
from planning import planned
from test_objectives_variational import images, terms
from torch.distributions import Normal

DATA = np.random.default_rng(0).normal(size=(60, 6)).astype(np.float32)
TRAINING = {
    "objective": "vae",
    "networks": {"name": "mlp", "hidden": [8]},
    "latent": 2,
    "reconstruction": "squared_error",
    "epochs": [3],
    "batch": 20,
    "options": {"variance": "learned"},
}
CPU = torch.device("cpu")
OUT_OF_BOUNDS = "gamma, the standard deviation of the decoder's law, has run to"


def built(shape=(1, 16, 16), **options):
    torch.manual_seed(0)
    training = {"networks": "mlp", "reconstruction": "squared_error"}
    return objectives.build("vae", shape, 4, options=options, **training).double().eval()


def trained(folder, **changes):
    trainer = loop.Training(TRAINING | changes, (6,), ("train",), folder, CPU)
    trainer.run(DATA)
    return trainer


@pytest.mark.parametrize("samples", [1, 3])
@pytest.mark.parametrize("variance", ["fixed", "learned"])
@pytest.mark.parametrize("shape", [(1, 16, 16), (9,)])
def test_the_loss_is_the_log_density_of_every_number(variance, samples, shape):
    """By the normal law of torch, one draw, item and number after the other."""
    model = built(shape, variance=variance, samples=samples, gamma=0.3)
    data = torch.rand(6, *shape, generator=torch.Generator().manual_seed(1)).double()
    e = torch.randn(samples, 6, 4, generator=torch.Generator().manual_seed(0))
    found = []
    for k in range(samples):
        for i in range(6):
            mean, log_variance = model.encoder(data[i : i + 1]).chunk(2, dim=1)
            shown = model.decode(mean + (log_variance / 2).exp() * e[k, i]).flatten()
            pairs = zip(shown, data[i].flatten(), strict=True)
            found.append(-sum(Normal(y, 0.3).log_prob(x) for y, x in pairs))
    torch.testing.assert_close(
        terms(model, data)["reconstruction"], torch.stack(found).mean(), rtol=1e-6, atol=0
    )


def test_of_gamma_the_square_is_best_at_the_mean_squared_error():
    """There the derivative is 0, and it falls on either side; found by Newton from 1 too."""
    model, data = built(variance="learned"), images()
    likelihood = model.reconstruction.double()
    raw = model.decoder(model.encode(data)).detach()
    error = (torch.sigmoid(raw) - data).square().mean()

    def slope(gamma):
        with torch.no_grad():
            likelihood.log_gamma.copy_(gamma.log())
        return torch.autograd.grad(likelihood(raw, data), likelihood.log_gamma)[0].item()

    best = error.sqrt()
    assert slope(best) == pytest.approx(0, abs=1e-9 * data[0].numel())
    assert slope(best * 0.9) < 0 < slope(best * 1.1)
    with torch.no_grad():
        likelihood.log_gamma.zero_()
    newton = torch.optim.LBFGS([likelihood.log_gamma], max_iter=50, line_search_fn="strong_wolfe")

    def loss():
        newton.zero_grad()
        value = likelihood(raw, data)
        value.backward()
        return value

    newton.step(loss)
    assert likelihood.log_gamma.exp().item() == pytest.approx(best.item(), rel=1e-6)


def test_a_unit_variance_is_half_the_squared_error_and_a_constant():
    plain, unit = built(), built(variance="fixed")
    a, b = (terms(model, images()) for model in (plain, unit))
    constant = 256 * math.log(2 * math.pi) / 2
    torch.testing.assert_close(b["reconstruction"], a["reconstruction"] / 2 + constant)
    assert a["kl"] == b["kl"]


def test_a_training_moves_gamma_and_its_history_and_checkpoint_have_it(tmp_path):
    trainer = trained(tmp_path)
    told = [row["gamma"] for row in trainer.history]
    assert 1 != told[0] != told[-1]
    model = checkpoints.load(tmp_path / "epoch3.safetensors")
    assert model.reconstruction.log_gamma.exp().item() == told[-1]


def test_trainings_that_go_together_learn_a_gamma_each(tmp_path):
    trainings = Together(TRAINING, (6,), [("t", 0), ("t", 1)], tmp_path, CPU)
    trainings.run(DATA)
    first, second = (row["gamma"] for row in trainings.history[-1])
    assert 1 != first != second != 1
    with torch.no_grad():
        gammas = trainings.stacked.stacks[-1]
        gammas.copy_(torch.tensor([-100.0, 0.5]))
        trainings.stacked.players()[0].after()
    torch.testing.assert_close(gammas.exp(), torch.tensor([1e-4, math.exp(0.5)]))


def test_noise_of_codes_is_drawn_for_each_that_goes_together():
    alike = [objectives.build("vae", (6,), 2, networks="mlp")] * 2
    data = torch.from_numpy(DATA).expand(2, -1, -1)
    found = Stacked(alike).players()[0].loss(data, torch.Generator().manual_seed(0))
    assert found["kl"][0] == found["kl"][1]
    assert found["reconstruction"][0] != found["reconstruction"][1]


@pytest.mark.parametrize("options", [{}, {"variance": "fixed", "gamma": 0.5}])
def test_what_is_not_learned_is_in_no_history_and_no_checkpoint(options, tmp_path):
    trainer = trained(tmp_path, options=options)
    assert "gamma" not in trainer.history[-1]
    names = objectives.build("vae", (6,), 2, networks="mlp").state_dict().keys()
    mlp = checkpoints.load(tmp_path / "epoch3.safetensors").state_dict().keys()
    assert {name.split(".")[0] for name in mlp} == {name.split(".")[0] for name in names}


@pytest.mark.parametrize(("slope", "bound"), [(1.0, 1e-4), (-1.0, 1e4)])
def test_a_gamma_that_runs_away_stops_at_a_bound_and_the_log_says_so(slope, bound, caplog):
    model = built(variance="learned")
    player = model.players()[0]
    step = torch.optim.SGD([model.reconstruction.log_gamma], lr=100.0)
    (slope * model.reconstruction.log_gamma).backward()
    step.step()
    with torch.no_grad():
        player.after()
    with caplog.at_level(logging.WARNING):
        assert model.epoch_ended({})["gamma"] == pytest.approx(bound, rel=1e-5)
    assert f"{OUT_OF_BOUNDS} {bound:g}" in caplog.text
    assert torch.isfinite(terms(model, images())["reconstruction"])


def test_the_log_is_quiet_of_a_gamma_within_its_bounds(caplog):
    with caplog.at_level(logging.WARNING):
        built(variance="learned", gamma=0.01).epoch_ended({})
    assert not caplog.text


def test_a_training_of_data_without_noise_runs_to_the_bound_by_name(tmp_path, caplog, monkeypatch):
    """All items are one point, which the decoder's bias alone can show."""
    monkeypatch.setitem(globals(), "DATA", np.ones((60, 6), np.float32))
    monkeypatch.setattr("expost.objectives.gaussian_likelihood.LEAST", 0.2)
    fast = {"name": "Adam", "learning_rate": 0.05, "weight_decay": 0.0}
    with caplog.at_level(logging.WARNING):
        trainer = trained(tmp_path, optimiser=fast, epochs=[60])
    assert trainer.history[-1]["gamma"] == pytest.approx(0.2, rel=1e-5)
    assert f"{OUT_OF_BOUNDS} 0.2" in caplog.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reconstruction": "cross_entropy"}, "got reconstruction 'cross_entropy' with reduction"),
        ({"reduction": "mean"}, "with reduction 'mean' for a Gaussian law of the decoder"),
        ({"options": {"gamma": 0.5}}, "options.gamma 0.5 with variance 'none'"),
        ({"options": {"variance": "fixed", "gamma": 0}}, "options.gamma 0; wanted a number of at"),
        ({"options": {"variance": "learnt"}}, "'learnt'; .*did you mean 'learned'"),
    ],
)
def test_what_makes_no_likelihood_is_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=message):
        settings.resolve(TRAINING | changes)
    with pytest.raises(ValueError, match=message):
        planned({"autoencoders": {"vae": TRAINING | {"epochs": [5, 15]} | changes}})


def test_a_likelihood_of_another_loss_is_refused_without_a_plan_too():
    with pytest.raises(ValueError, match="set `reconstruction: squared_error`"):
        objectives.build("vae", (6,), 2, networks="mlp", options={"variance": "fixed"})
