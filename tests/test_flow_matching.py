"""Flow matching: its loss, its paths, its density, and what it learns."""

import numpy as np
import pytest
from bent_codes import bent
from expost.samplers import FlowMatching, Gaussian
from scipy import linalg, stats

SMALL = {"hidden": 32, "averaging": 0.99, "patience": None}


@pytest.fixture(scope="module")
def codes():
    return bent(400, 3) * [1, 10, 1000]


@pytest.fixture(scope="module")
def fitted(codes):
    return FlowMatching(**SMALL, steps=1500).fit(codes, 0)


@pytest.fixture
def network():
    """Untrained, in float64, of velocities far from linear."""
    import torch
    from expost.samplers.numerics.velocity import Velocity

    torch.manual_seed(0)
    network = Velocity(3, 16, 3).double().requires_grad_(False)
    for layer in network.linear:
        layer.weight *= 3
    return network


def tensor(*shape, seed=0):
    import torch

    return torch.from_numpy(np.random.default_rng(seed).standard_normal(shape))


def test_the_divergence_is_the_trace_of_the_jacobian(network):
    from torch.autograd.functional import jacobian

    x, t = tensor(5, 3), tensor(5, 1, seed=1).sigmoid()
    found = network.with_divergence(t, x)
    np.testing.assert_allclose(found[:, :3], network(t, x), rtol=1e-12)
    for i in range(5):
        derivatives = jacobian(lambda z, i=i: network(t[i : i + 1], z[None])[0], x[i])
        assert found[i, 3].item() == pytest.approx(derivatives.trace().item(), rel=1e-10)
    assert found[:, 3].abs().min() > 0.01


def test_both_ends_of_time_are_told_apart(network):
    import torch

    x = tensor(1, 3)
    assert not torch.allclose(network(x.new_zeros(1, 1), x), network(x.new_ones(1, 1), x))


def test_the_loss_is_that_of_straight_paths(network):
    """By loops, one path after the other."""
    from expost.samplers.numerics.velocity import matching_loss

    noise, codes, t = tensor(6, 3), tensor(6, 3, seed=1), tensor(6, 1, seed=2).sigmoid()
    total = 0.0
    for x0, x1, time in zip(noise, codes, t, strict=True):
        velocity = network(time[None], ((1 - time) * x0 + time * x1)[None])[0]
        total += sum((velocity[j] - (x1[j] - x0[j])).item() ** 2 for j in range(3))
    found = matching_loss(network, noise, codes, t).item()
    assert found == pytest.approx(total / (6 * 3), rel=1e-12)


def test_paths_of_a_linear_velocity_are_exponentials_with_an_error_of_fourth_order():
    import torch
    from expost.samplers.numerics.velocity import carried

    matrix = np.array([[0.5, -2.0, 0], [1.0, 0.2, 0.3], [0, 0.7, -1.0]])
    x, turned = tensor(4, 3), torch.from_numpy(matrix.T)
    for start, end in ((0.0, 1.0), (1.0, 0.0)):
        exact = x.numpy() @ linalg.expm((end - start) * matrix).T
        errors = [
            np.abs(carried(lambda t, x: x @ turned, x, start, end, n).numpy() - exact).max()
            for n in (10, 20)
        ]
        assert errors[0] < 1e-4
        assert errors[0] / errors[1] == pytest.approx(16, rel=0.15)
    # And of one that depends on the time alone: dx/dt = 3 t², which such a method has exactly.
    moved = carried(lambda t, x: 3 * t**2 + 0 * x, x, 0.0, 1.0, 2)
    np.testing.assert_allclose(moved, x + 1, atol=1e-12)


def test_density_of_a_velocity_that_makes_a_normal_law(monkeypatch):
    """For codes of N(m, s²), v(t, x) = m + (t (s² + 1) - 1) / (t² s² + (1 - t)²) (x - t m)."""
    import torch
    from expost.samplers.numerics import velocity

    mean, scale = torch.tensor([1.0, -2.0, 0.5]).double(), torch.tensor([0.4, 1.0, 3.0]).double()

    class Exact(velocity.Velocity):
        def slope(self, t):
            return (t * (scale**2 + 1) - 1) / (t**2 * scale**2 + (1 - t) ** 2)

        def forward(self, t, x):
            return mean + self.slope(t) * (x - t * mean)

        def with_divergence(self, t, x):
            return torch.cat([self(t, x), self.slope(t).sum(dim=1, keepdim=True)], dim=1)

    exact, x = Exact(3, 1, 1), mean + scale * tensor(50, 3)
    wanted = stats.norm(mean, scale).logpdf(x.numpy()).sum(axis=1)
    np.testing.assert_allclose(velocity.log_density(exact, x, 100), wanted, atol=1e-5)
    drawn = velocity.draws(exact, (x - mean) / scale, 100)
    np.testing.assert_allclose(drawn, x, atol=1e-5)
    monkeypatch.setattr(velocity, "NUMBERS", 7)  # a few codes at once
    np.testing.assert_allclose(velocity.log_density(exact, x, 100), wanted, atol=1e-5)
    np.testing.assert_array_equal(velocity.draws(exact, (x - mean) / scale, 100), drawn)


def test_density_is_that_of_the_change_of_variables(fitted, codes):
    """log f(z) = log N(T(z)) + log |det dT/dz|, the Jacobian by central differences."""
    import torch
    from expost.samplers.numerics.velocity import carried

    def transform(z):
        x = torch.from_numpy((z - fitted.mean_) / fitted.scale_)[None]
        return carried(fitted._net.double(), x, 1.0, 0.0, 100)[0].numpy()

    scores = fitted.score_samples(codes[:5])
    for z, score in zip(codes[:5], scores, strict=True):
        step = 1e-5 * codes.std(axis=0)
        columns = [(transform(z + e) - transform(z - e)) / (2 * e.sum()) for e in np.diag(step)]
        base = stats.norm.logpdf(transform(z)).sum()
        expected = base + np.linalg.slogdet(np.stack(columns, axis=1))[1]
        assert score == pytest.approx(expected, abs=0.02)
    fitted._net.float()


def test_training_learns_a_bend(fitted, codes):
    straight = Gaussian().fit(codes).score_samples(codes).mean()
    assert fitted.score_samples(codes).mean() > straight + 0.5  # in nats
    drawn = fitted.sample(5000, 1) / [1, 10, 1000]
    assert np.corrcoef(drawn[:, 0] ** 2, drawn[:, 1])[0, 1] > 0.7


def test_the_loss_of_normal_codes_falls_to_half_pi():
    """E Var(x₁ - x₀ | x_t) for x₀ and x₁ of N(0, I) is 2 - (2t - 1)² / (t² + (1 - t)²)."""
    x = np.random.default_rng(0).standard_normal((4000, 2))
    fitted = FlowMatching(hidden=32, averaging=0.99, steps=1500).fit(x, 0)
    assert fitted.held_out_losses_.min() == pytest.approx(np.pi / 2, abs=0.12)
    others = np.random.default_rng(1).standard_normal((4000, 2))
    wanted = stats.norm.logpdf(others).sum(axis=1).mean()
    assert wanted - 0.05 < fitted.score_samples(others).mean() < wanted


def test_one_dimension_is_enough():
    x = np.random.default_rng(0).exponential(size=(500, 1)) + 5
    fitted = FlowMatching(**SMALL, steps=1000).fit(x, 0)
    grid = np.linspace(-5, 25, 4001)[:, None]
    assert np.exp(fitted.score_samples(grid)).sum() * (30 / 4000) == pytest.approx(1, abs=0.02)
    assert np.median(fitted.sample(4000, 0)) == pytest.approx(5 + np.log(2), abs=0.15)


def test_units_of_the_codes_do_not_matter(fitted, codes):
    other = FlowMatching(**SMALL, steps=1500).fit(codes * 4 + 8, 0)  # powers of two round nothing
    np.testing.assert_allclose(other.sample(50, 1), fitted.sample(50, 1) * 4 + 8, rtol=1e-3, atol=1)


def test_weights_are_averages_over_training(codes):
    """Of trainings of one step, two and so on, which without averaging end in the last weights."""
    last = [FlowMatching(**SMALL | {"averaging": 0}, steps=k).fit(codes, 0) for k in (1, 2, 3, 4)]
    average = last[0].weights_
    for one in last[1:]:
        average = 0.75 * average + 0.25 * one.weights_
    found = FlowMatching(**SMALL | {"averaging": 0.75}, steps=4).fit(codes, 0).weights_
    np.testing.assert_allclose(found, average, rtol=1e-5, atol=1e-7)


def test_early_stopping_keeps_the_weights_that_were_best_for_held_out_codes():
    import torch
    from expost.samplers.numerics.velocity import matching_loss

    x = np.random.default_rng(0).standard_normal((100, 3))
    fitted = FlowMatching(hidden=64, averaging=0.9, patience=3).fit(x, 0)
    losses = fitted.held_out_losses_
    assert len(losses) == losses.argmin() + 1 + 3  # three more looks were patience enough
    assert len(fitted.losses_) == len(losses)  # one every hundred steps each
    rng = np.random.default_rng(0)
    rng.integers(2**63)  # the seed of the weights
    generator = torch.Generator().manual_seed(int(rng.integers(2**63)))
    z = fitted._standardised(x[rng.permutation(100)[:10]]).repeat(820, 1)
    noise, t = torch.randn(8200, 3, generator=generator), torch.rand(8200, 1, generator=generator)
    assert matching_loss(fitted._net, noise, z, t).item() == pytest.approx(losses.min(), rel=1e-4)


def test_early_stopping_does_not_overfit():
    """In the middle of three trainings: the likelihood of one alone depends on rounding."""
    x, others = np.split(np.random.default_rng(0).standard_normal((1100, 4)), [100])

    def likelihoods(seed, patience):
        options = {"hidden": 64, "averaging": 0.9, "steps": 2000, "patience": patience}
        fitted = FlowMatching(**options).fit(x, seed)
        return [fitted.score_samples(codes).mean() for codes in (x, others)]

    gained = np.array([likelihoods(i, None) for i in range(3)])
    gained -= [likelihoods(i, 5) for i in range(3)]
    of_its_own, of_others = np.median(gained, axis=0)
    assert of_its_own > 0.5
    assert of_others < -1


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [("averaging", 1, "below 1"), ("steps", None, "whole number"), ("ode_steps", 0, "at least 1")],
)
def test_options_are_checked(option, value, wanted):
    with pytest.raises(ValueError, match=f"got {option} {value}; wanted a .*{wanted}"):
        FlowMatching(**{option: value})
