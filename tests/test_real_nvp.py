"""Real NVP: its structure, its training and its density."""

import numpy as np
import pytest
from expost.samplers import Gaussian, RealNVP

SMALL = {"hidden": 32, "batch": 64, "learning_rate": 3e-3}


@pytest.fixture(scope="module")
def codes():
    x = np.random.default_rng(0).standard_normal((400, 3))
    x[:, 1] = x[:, 0] ** 2 + 0.3 * x[:, 1]
    return x * [1, 10, 1000]


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
        return fitted._flow.double()().transform(x).numpy()

    z, step = codes[0], 1e-6 * codes.std(axis=0)
    jacobian = np.stack(
        [(transform(z + e) - transform(z - e)) / (2 * e.sum()) for e in np.diag(step)], axis=1
    )
    base = -0.5 * (transform(z) ** 2 + np.log(2 * np.pi)).sum()
    expected = base + np.linalg.slogdet(jacobian)[1]
    fitted._flow.float()
    assert fitted.score_samples(z[None])[0] == pytest.approx(expected, abs=1e-3)


def test_units_of_the_codes_do_not_matter(fitted, codes):
    other = RealNVP(**SMALL, steps=400).fit(codes * 4 + 8, 0)  # powers of two round nothing
    np.testing.assert_allclose(other.sample(50, 1), fitted.sample(50, 1) * 4 + 8, rtol=1e-3, atol=1)


def test_epochs_are_passes_over_the_codes(codes):
    by_epochs = RealNVP(**SMALL, epochs=2).fit(codes, 0)
    by_steps = RealNVP(**SMALL, steps=2 * 7).fit(codes, 0)  # 400 codes: 6 batches of 64, one of 16
    np.testing.assert_array_equal(by_epochs.weights_, by_steps.weights_)


def test_one_dimension_is_refused(codes):
    with pytest.raises(ValueError, match="d >= 2; got d = 1"):
        RealNVP().fit(codes[:, :1])


def test_divergence_is_an_error(codes):
    with pytest.raises(RuntimeError, match=r"no longer finite .* lower learning_rate"):
        RealNVP(hidden=8, steps=100, learning_rate=1e30).fit(codes, 0)


@pytest.mark.parametrize("option", ["transforms", "hidden", "layers", "batch", "learning_rate"])
def test_options_are_checked(option, codes):
    with pytest.raises(ValueError, match=f"{option} must be positive"):
        RealNVP(**{option: 0}).fit(codes)


@pytest.mark.parametrize("options", [{"epochs": 0}, {"steps": 0}])
def test_no_training_is_refused(options, codes):
    with pytest.raises(ValueError, match="at least 1"):
        RealNVP(**options).fit(codes)
