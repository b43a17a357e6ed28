"""What an autoencoder of one class makes of others: each score against its definition, by hand."""

import numpy as np
import pytest
import torch
from expost import objectives
from expost.analyses import novelty, one_class, separation
from scipy import stats


def built(objective, **options):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        networks = {"name": "mlp", "hidden": [8]}
        made = objectives.build(
            objective,
            *((1, 4, 4), 3),
            networks=networks,
            reconstruction="squared_error",
            options=options,
        )
    return made.eval()


def images(seed, n):
    return np.random.default_rng(seed).integers(0, 256, (n, 1, 4, 4), dtype=np.uint8)


def test_the_law_is_the_targets_less_the_width_of_the_kernels():
    gen = built("gen", sample=60)
    gen.bandwidth.fill_(0.6)
    found = one_class.law(gen, 3)
    assert found.spreads == pytest.approx(0.8 * np.ones((1, 3)))
    assert not found.means.any()
    mixture = built("gen", sample=400, target="mixture", components=4, spread=0.5)
    mixture.bandwidth.fill_(0.3)
    found = one_class.law(mixture, 3)
    assert found.spreads == pytest.approx(0.4 * np.ones((4, 3)))
    assert found.means == pytest.approx(mixture.law.means)
    assert (one_class.law(built("vae"), 3).spreads == 1).all()


def test_scores_are_those_of_the_definitions_one_image_at_a_time(monkeypatch):
    gen, data, held_out = built("gen", sample=60), images(0, 9), images(1, 5)
    gen.bandwidth.fill_(0.6)
    monkeypatch.setattr(one_class, "AT_ONCE", 4)
    found = one_class.scores(gen, images(2, 80), held_out, data, np.random.default_rng(0))
    assert tuple(found) == novelty.SCORES

    def passed(image):
        x = torch.tensor(image[None] / 255, dtype=torch.float32)
        z = gen.encode(x).detach()
        return z[0], ((gen.decode(z) - x) ** 2).sum().item()

    variance = np.mean([passed(image)[1] for image in held_out]) / 16
    for i, image in enumerate(data):
        z, error = passed(image)
        jacobian = torch.autograd.functional.jacobian(lambda z: gen.decode(z[None]).flatten(), z)
        volume = torch.linalg.svdvals(jacobian.double()).log().sum().item()
        inside = volume - stats.multivariate_normal(np.zeros(3), 0.64 * np.eye(3)).logpdf(z.numpy())
        outside = -stats.norm(0, np.sqrt(variance)).logpdf(0) * 16 + error / (2 * variance)
        assert found["reconstruction"][i] == pytest.approx(error / 16, rel=1e-4)
        assert found["in_manifold"][i] == pytest.approx(inside, rel=1e-3)
        assert found["full"][i] == pytest.approx(inside + outside, rel=1e-3)


def test_densities_are_fitted_to_the_codes_of_what_is_known():
    """Images that are nearly grey: so others of them lie denser than any image of high contrast."""
    gen = built("gen", sample=60)
    gen.bandwidth.fill_(0.6)
    grey = 120 + images(2, 100) // 16
    data = np.concatenate([grey[80:], images(3, 20)])
    found = one_class.scores(gen, grey[:80], grey[:5], data, np.random.default_rng(0))
    for name in ("gmm", "kde"):
        assert separation.separation(found[name], np.arange(40) < 20)["auc"] == 1
