"""Real NVP: its structure, its training and its density."""

import numpy as np
import pytest
from bent_codes import bent
from expost.samplers import Gaussian, RealNVP

from benchmarks.data import codes as clusters

SMALL = {"hidden": 32, "batch": 64, "learning_rate": 3e-3, "patience": None}


@pytest.fixture(scope="module")
def codes():
    return bent(400, 3) * [1, 10, 1000]


@pytest.fixture(scope="module")
def fitted(codes):
    return RealNVP(**SMALL, steps=400).fit(codes, 0)


def test_four_couplings_of_two_hidden_layers_in_alternating_columns():
    flow = RealNVP()._build(5)
    assert len(flow.transform.transforms) == 4
    for i, coupling in enumerate(flow.transform.transforms):
        np.testing.assert_array_equal(coupling.mask, [(j + i) % 2 == 0 for j in range(5)])
        widths = [layer.out_features for layer in coupling.hyper if hasattr(layer, "out_features")]
        assert widths == [256, 256, 2 * int((~coupling.mask).sum())]


def test_training_learns_a_bend(fitted, codes):
    straight = Gaussian().fit(codes).score_samples(codes).mean()
    assert fitted.score_samples(codes).mean() > straight + 0.5  # in nats
    drawn = fitted.sample(5000, 1) / [1, 10, 1000]
    assert np.corrcoef(drawn[:, 0] ** 2, drawn[:, 1])[0, 1] > 0.7


def test_density_is_that_of_the_change_of_variables(fitted, codes):
    """log f(z) = log N(T(z)) + log |det dT/dz|, the Jacobian by central differences."""
    import torch

    def transform(z):
        x = torch.from_numpy((z - fitted.mean_) / fitted.scale_)
        return fitted._net.double()().transform(x).numpy()

    z, step = codes[0], 1e-6 * codes.std(axis=0)
    jacobian = np.stack(
        [(transform(z + e) - transform(z - e)) / (2 * e.sum()) for e in np.diag(step)], axis=1
    )
    base = -0.5 * (transform(z) ** 2 + np.log(2 * np.pi)).sum()
    expected = base + np.linalg.slogdet(jacobian)[1]
    fitted._net.float()
    assert fitted.score_samples(z[None])[0] == pytest.approx(expected, abs=1e-3)


def test_density_is_that_of_two_networks_a_coupling(fitted, codes):
    """One network for s and t, cut in two, is the flow as the paper writes it."""
    import torch

    from benchmarks.plain.real_nvp import twin

    z = torch.from_numpy((codes - fitted.mean_) / fitted.scale_).float()
    with torch.no_grad():
        expected = twin(fitted).log_prob(z).numpy() - np.log(fitted.scale_).sum()
    np.testing.assert_allclose(fitted.score_samples(codes), expected, rtol=1e-4, atol=1e-4)


def test_units_of_the_codes_do_not_matter(fitted, codes):
    other = RealNVP(**SMALL, steps=400).fit(codes * 4 + 8, 0)  # powers of two round nothing
    np.testing.assert_allclose(other.sample(50, 1), fitted.sample(50, 1) * 4 + 8, rtol=1e-3, atol=1)


def test_epochs_are_passes_over_the_codes(codes):
    by_epochs = RealNVP(**SMALL, epochs=2).fit(codes, 0)
    by_steps = RealNVP(**SMALL, steps=2 * 7).fit(codes, 0)  # 400 codes: 6 batches of 64, one of 16
    np.testing.assert_array_equal(by_epochs.weights_, by_steps.weights_)


# Early stopping


@pytest.fixture(scope="module")
def stopped():
    return RealNVP(**SMALL | {"patience": 3}).fit(clusters(200, 4), 0)


def test_early_stopping_keeps_the_weights_that_were_best_for_held_out_codes(stopped):
    losses = stopped.held_out_losses_
    assert len(losses) == losses.argmin() + 1 + 3  # three more passes were patience enough
    rng = np.random.default_rng(0)
    rng.integers(2**63), rng.integers(2**63)  # seeds of the weights and of the minibatches
    held_out = clusters(200, 4)[rng.permutation(200)[:20]]
    score = stopped.score_samples(held_out).mean() + np.log(stopped.scale_).sum()
    assert -score == pytest.approx(losses.min(), abs=1e-4)


def test_early_stopping_does_not_overfit():
    """In the middle of three trainings: the likelihood of one alone depends on rounding."""
    x, others = np.split(clusters(500, 4), [100])

    def likelihoods(seed, patience):
        sampler = RealNVP(**SMALL | {"patience": patience}, epochs=300).fit(x, seed)
        return [sampler.score_samples(codes).mean() for codes in (x, others)]

    gained = np.array([likelihoods(i, None) for i in range(3)])
    gained -= [likelihoods(i, 3) for i in range(3)]
    of_its_own, of_others = np.median(gained, axis=0)
    assert of_its_own > 0.5
    assert of_others < -1


def test_by_default_training_is_short_and_stops_early():
    fitted = RealNVP().fit(clusters(300, 4), 0)
    losses = fitted.held_out_losses_
    assert len(losses) == losses.argmin() + 1 + fitted.patience < fitted.epochs
    assert fitted.epochs * 2000 / fitted.batch < 8000  # 4 ms a step of 2,000 codes: half a minute


def test_the_papers_settings_have_a_name():
    sampler = RealNVP(**RealNVP.published["ebcae"])
    assert (sampler.epochs, sampler.steps, sampler.patience) == (2000, None, None)


def test_one_dimension_is_refused(codes):
    with pytest.raises(ValueError, match="codes of at least 2 dimensions, got 1"):
        RealNVP().fit(codes[:, :1])


@pytest.mark.parametrize("option", ["transforms", "hidden", "layers", "batch", "learning_rate"])
def test_options_are_checked(option):
    with pytest.raises(ValueError, match=f"got {option} 0; wanted a .*number"):
        RealNVP(**{option: 0})
