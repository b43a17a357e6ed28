"""Generative encoding networks: the loss, the lagging sample, and what is told of codes."""

import logging

import numpy as np
import pytest
import torch
from expost import objectives
from expost.divergences import bandwidth
from expost.divergences.targets import Mixture
from expost.objectives import gen_target
from quick_objectives import looked

SHAPE, LATENT = (1, 16, 16), 4
H = bandwidth.optimal_bandwidth(LATENT, 40, rng=0)


def built(networks="mlp", **options):
    torch.manual_seed(0)
    options = {"sample": 40} | options
    return objectives.build("gen", SHAPE, LATENT, networks=networks, options=options)


def images(n=40, seed=1):
    return torch.rand(n, *SHAPE, generator=torch.Generator().manual_seed(seed))


def terms(model, data, *labels):
    return model.players()[0].loss(data, torch.Generator().manual_seed(0), *labels)


def densities(model, codes):
    """Log q and log p of codes, one code and one kernel after the other."""
    h, centres = float(model.bandwidth), model.lagging.double().numpy()
    logs = []
    for code in codes.detach().double().numpy():
        kernels = [Mixture([centre], h).log_density([code])[0] for centre in centres]
        logs.append(np.logaddexp.reduce(kernels) - np.log(len(centres)))
    return np.array(logs), model.law.log_density(codes.detach().double().numpy())


@pytest.mark.parametrize("form", ["paper", "log_ratio"])
@pytest.mark.parametrize("target", ["normal", "mixture"])
def test_the_loss_is_the_papers(form, target):
    more = {"components": 2} if target == "mixture" else {}
    model = looked(built(weight=0.3, jsd_form=form, target=target, **more), images())
    data = images(5, 2)
    q, p = densities(model, model.encode(data))
    one = q - np.logaddexp(q, p) if form == "paper" else q - p
    got = terms(model, data)
    assert got["jsd"].item() == pytest.approx(0.3 * one.mean(), rel=1e-4)
    plain = model.reconstruction(model.decoder(model.encoder(data)), data)
    torch.testing.assert_close(got["reconstruction"], plain)


@pytest.mark.parametrize("form", ["paper", "log_ratio"])
@pytest.mark.parametrize("norm", ["none", "scaled"])
def test_its_gradient_is_that_of_finite_differences(form, norm):
    """Through the encoder, the norm, both densities and the decoder; the sample stays."""
    torch.manual_seed(0)
    tiny = {"name": "mlp", "hidden": [3]}
    options = {"sample": 40, "weight": 2.0, "jsd_form": form, "code_norm": norm}
    model = objectives.build("gen", (5,), 2, networks=tiny, options=options).double()
    data = torch.randn(40, 5, generator=torch.Generator().manual_seed(1), dtype=float)
    looked(model, data)

    def loss():
        return sum(terms(model, data[:7]).values())

    parameters = list(model.parameters())
    gradients = torch.autograd.grad(loss(), parameters)
    with torch.no_grad():
        for parameter, gradient in zip(parameters, gradients, strict=True):
            for place in np.ndindex(*parameter.shape):
                value, found = float(parameter[place]), []
                for step in (1e-5, -1e-5):
                    parameter[place] = value + step
                    found.append(loss().item())
                parameter[place] = value
                expected = (found[0] - found[1]) / 2e-5
                assert float(gradient[place]) == pytest.approx(expected, abs=2e-8, rel=1e-5)


def test_where_codes_outgrow_the_target_the_papers_form_has_no_gradient_and_the_other_has():
    sizes = {}
    for form in ("paper", "log_ratio"):
        model = built(jsd_form=form)
        with torch.no_grad():
            model.encoder[-1].weight *= 300
        looked(model, images())
        gradient = torch.autograd.grad(terms(model, images(8))["jsd"], model.encoder[-1].weight)
        sizes[form] = float(gradient[0].norm())
    assert sizes["paper"] < 1e-6 < 1e-3 < sizes["log_ratio"]


def test_a_labelled_item_is_asked_into_the_component_of_its_class():
    model = looked(
        built(target="mixture", components=2, labelled=3, jsd_form="log_ratio"), images()
    )
    data, labels = images(4, 2), torch.tensor([1, -1, 0, 1])
    codes = model.encode(data)
    q, p = densities(model, codes)
    for at, label in enumerate(labels.tolist()):
        if label >= 0:
            one = Mixture(model.law.means[[label]], model.law.spreads[0, 0])
            p[at] = one.log_density(codes[[at]].detach().double().numpy())[0] - np.log(2)
    got = terms(model, data, labels)
    assert got["jsd"].item() == pytest.approx(0.01 * (q - p).mean(), rel=1e-4)


# The sample that lags behind


def test_the_bandwidth_is_the_best_for_the_size_of_the_sample():
    """Of draws of its own: within what a second sample makes of it."""
    model = looked(built(), images())
    assert float(model.bandwidth) == pytest.approx(H, rel=0.15)
    again = looked(built(), images(seed=5))
    assert again.bandwidth == model.bandwidth
    assert "bandwidth" in model.state_dict()
    assert "lagging" not in model.state_dict()


def test_the_sample_is_encoded_anew_every_so_many_batches_and_not_between():
    model, asked = built(every=3), []

    def draw(count):
        asked.append(count)
        return iter(images(count, len(asked)).split(25))

    for batch in range(7):
        model.look(batch, draw)
        expected = model.encode(images(40, len(asked)))
        torch.testing.assert_close(model.lagging, expected.detach())
        assert len(asked) == batch // 3 + 1
    assert asked == [40, 40, 40]
    assert not model.lagging.requires_grad


def test_to_look_does_not_move_running_means():
    """But takes those of the batch, as in training."""
    model = built("ebcae_mnist", code_norm="scaled")
    layers = {name: value.clone() for name, value in model.named_buffers() if "running" in name}
    looked(model, images())
    assert len(layers) > 4
    assert all(torch.equal(value, model.get_buffer(name)) for name, value in layers.items())
    assert all(int(v) == 0 for name, v in model.named_buffers() if "num_batches" in name)
    spread = model.lagging.std(dim=0, correction=0)
    np.testing.assert_allclose(spread, (1 - float(model.bandwidth) ** 2) ** 0.5, rtol=1e-3)


@pytest.mark.parametrize(("target", "more"), [("normal", {}), ("mixture", {"components": 2})])
def test_scaled_codes_have_the_mean_and_variance_that_are_expected(target, more):
    """A mixture's in its first two dimensions are wider; evaluated, they are what was met."""
    model = built(code_norm="scaled", target=target, **more)
    looked(model, images())
    mean, variance = gen_target.moments(model.law)
    for _ in range(150):
        codes = model.encode(images()).detach()
    for found in (codes, model.eval().encode(images()).detach()):
        np.testing.assert_allclose(found.mean(dim=0), mean, atol=0.02)
        wanted = variance - float(model.bandwidth) ** 2
        np.testing.assert_allclose(found.var(dim=0, correction=0), wanted, rtol=0.05)


def test_codes_that_are_not_finite_are_refused_at_once():
    model = built()
    with torch.no_grad():
        model.encoder[-1].bias[0] = torch.nan
    with pytest.raises(FloatingPointError, match="after 0 batches 40 of 40 codes are not finite"):
        looked(model, images())


# What is told


def test_the_history_is_told_of_all_codes_of_an_epoch():
    model, parts = looked(built(), images()), images(30, 3).split(11)
    for _ in range(2):  # the second begins anew
        for part in parts:
            terms(model, part)
        told = model.epoch_ended({})
    codes = model.encode(images(30, 3)).detach().double()
    q, p = densities(model, codes)
    assert told["ratio"] == pytest.approx(float(np.mean(1 / (1 + np.exp(p - q)))), rel=1e-5)
    assert told["longest_code"] == pytest.approx(float(codes.norm(dim=1).max()), rel=1e-6)
    expected = float(codes.var(dim=0, correction=0).mean())
    assert told["variance_of_codes"] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("grown", "warns"), [(1, False), (300, True)])
def test_the_log_warns_where_nothing_is_learnt(grown, warns, caplog):
    model = built()
    with torch.no_grad():
        model.encoder[-1].weight *= grown
    looked(model, images())
    terms(model, images(20))
    with caplog.at_level(logging.WARNING, "expost"):
        assert (model.epoch_ended({})["ratio"] > 0.95) == warns
    assert ("codes have outgrown their target" in caplog.text) == warns
