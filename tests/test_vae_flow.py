"""The posterior that is a flow: its density, its divergence, its codes, and when it is a VAE."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from expost import objectives
from expost.io import safetensors
from expost.networks import export, onnx_runtime
from expost.training import checkpoints
from planning import planned
from torch.distributions import Normal

LATENT = 4


def built(shape=(1, 8, 8), name="vae_flow", disturbed=0.5, **options):
    """Weights of the flow's last layers are 0 at first; here they are not, unless it is said."""
    torch.manual_seed(0)
    training = {"networks": "mlp", "reconstruction": "squared_error", "width": 0.25}
    model = objectives.build(name, shape, LATENT, options=options, **training).double().eval()
    if name == "vae_flow":
        for step in model.flow.steps.transforms:
            torch.nn.init.normal_(step.hyper[-1].weight, std=disturbed)
            torch.nn.init.normal_(step.hyper[-1].bias, std=disturbed)
    return model


def images(n=5):
    return torch.rand(n, 1, 8, 8, generator=torch.Generator().manual_seed(1)).double()


def terms(model, data, seed=0):
    return model.players()[0].loss(data, torch.Generator().manual_seed(seed))


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def by_hand(model, codes, context):
    """The steps of one code, dimension after dimension, by networks that are asked one by one."""
    total = 0.0
    for step in model.flow.steps.transforms:
        made = codes.clone()
        for j in range(LATENT):
            shift, scale = step.hyper(torch.cat([codes, context]))[2 * j : 2 * j + 2]
            scale = scale / (1 + abs(scale) / math.log(1000))
            made[j] = scale.exp() * codes[j] + shift
            total = total + scale
        codes = made
    return codes, total


def test_a_step_is_written_out_and_dimensions_go_by_those_before_alone():
    model = built(transforms=3, hidden=64, layers=1)
    codes, context = noise(LATENT, seed=3).double(), noise(LATENT, seed=4).double()
    expected = by_hand(model, codes, context)
    torch.testing.assert_close(model.flow(codes[None], context[None])[0][0], expected[0])
    torch.testing.assert_close(model.flow(codes[None], context[None])[1][0], expected[1])
    first, second = (model.flow.steps.transforms[place] for place in (0, 1))
    for step, mask in ((first, torch.tril), (second, torch.triu)):
        slope = torch.autograd.functional.jacobian(lambda z, step=step: step(context)(z), codes)
        assert torch.equal(slope, mask(slope))
        assert (slope != 0).sum() == LATENT * (LATENT + 1) / 2


def test_the_log_determinant_is_that_of_the_jacobian():
    model = built(transforms=3, hidden=8, layers=1)
    for seed in range(5):
        codes, context = noise(LATENT, seed=seed).double(), noise(LATENT, seed=9 + seed).double()
        jacobian = torch.autograd.functional.jacobian(
            lambda z, h=context: model.flow(z[None], h[None])[0][0], codes
        )
        expected = torch.linalg.slogdet(jacobian)[1]
        assert abs(expected) > 0.1
        torch.testing.assert_close(model.flow(codes[None], context[None])[1][0], expected)


@pytest.mark.parametrize("samples", [1, 3])
def test_losses_are_written_out_draw_by_draw(samples):
    """log q by Jacobians of autograd, and e^2 / 2 as its mean 1 / 2."""
    model, data = built(samples=samples, beta=2.0, hidden=8, layers=1), images()
    e, errors, ratios = noise(samples, len(data), LATENT).double(), [], []
    for k in range(samples):
        for i in range(len(data)):
            mean, log_variance, context = model.encoder(data[i : i + 1]).chunk(3, dim=1)
            sigma = (log_variance / 2).exp()[0]

            def of_noise(e, mean=mean, sigma=sigma, context=context):
                return model.flow(mean + sigma * e, context)[0][0]

            z = of_noise(e[k, i])
            slopes = torch.autograd.functional.jacobian(of_noise, e[k, i])
            log_q = Normal(0, 1).log_prob(e[k, i]).sum() - torch.linalg.slogdet(slopes)[1]
            log_q = log_q + e[k, i].square().sum() / 2 - LATENT / 2
            ratios.append(log_q - Normal(0, 1).log_prob(z).sum())
            shown = torch.sigmoid(model.decoder(z[None]))
            errors.append((shown - data[i]).square().sum())
    found = terms(model, data)
    torch.testing.assert_close(found["reconstruction"], torch.stack(errors).mean())
    torch.testing.assert_close(found["kl"], 2.0 * torch.stack(ratios).mean())


def test_of_steps_that_do_nothing_it_is_a_vae():
    """The reconstruction to the last bit, and the divergence in the mean of 20,000 draws."""
    flow, vae = built(samples=20_000, disturbed=0.0), built(name="vae", samples=20_000)
    with torch.no_grad():
        flow.encoder[-1].weight *= 6
        vae.encoder.load_state_dict(
            {
                k: v[: 2 * LATENT] if v.shape[0] == 3 * LATENT else v
                for k, v in flow.encoder.state_dict().items()
            }
        )
        vae.decoder.load_state_dict(flow.decoder.state_dict())
        a, b = (terms(model, images(2)) for model in (flow, vae))
    torch.testing.assert_close(a["reconstruction"], b["reconstruction"], rtol=1e-12, atol=0)
    # Of one draw and image, -log p varies by what z^2 / 2 does, less than 3 here.
    assert abs(a["kl"] - b["kl"]) < 5 * 3 / math.sqrt(40_000)
    assert b["kl"] > 0.3
    torch.testing.assert_close(flow.encode(images()), vae.encode(images()))


def test_a_flow_begins_with_steps_that_do_nothing():
    model = objectives.build("vae_flow", (6,), LATENT, networks="mlp")
    codes, context = noise(7, LATENT), noise(7, LATENT, seed=1)
    made, log_determinant = model.flow(codes, context)
    assert torch.equal(made, codes)
    assert not log_determinant.any()


def test_the_code_is_what_the_decoder_is_given_without_noise():
    model, data = built(), images()
    with torch.no_grad():
        mean, _, context = model.encoder(data).chunk(3, dim=1)
        alone = [by_hand(model, *pair)[0] for pair in zip(mean, context, strict=True)]
    torch.testing.assert_close(model.encode(data), torch.stack(alone))
    assert not torch.allclose(model.encode(data), mean, atol=0.1)


@pytest.mark.parametrize("layers", [1, 3])
def test_the_file_of_the_encoder_has_the_flow(layers, tmp_path):
    model = built(layers=layers, hidden=9, transforms=3).float()
    paths = [tmp_path / "e.onnx", tmp_path / "d.onnx"]
    export.save_autoencoder(*paths, model, (1, 8, 8))
    data = images(7).float()
    with torch.inference_mode():
        expected = model.encode(data).numpy()
    (got,) = onnx_runtime.Network(paths[0])(data.numpy())
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


def test_a_checkpoint_brings_the_flow_back(tmp_path):
    model, options = built(hidden=8).float(), {"hidden": 8}
    about = {"objective": "vae_flow", "shape": [1, 8, 8], "latent": LATENT, "networks": "mlp"}
    about |= {"reconstruction": "squared_error", "width": 0.25, "options": options}
    checkpoints.save(tmp_path / "c.safetensors", model.state_dict(), about)
    again = checkpoints.load(tmp_path / "c.safetensors")
    data = images().float()
    assert torch.equal(again.encode(data), model.encode(data))
    assert safetensors.load(tmp_path / "c.safetensors")[1] == about


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"latent": 1}, "got latent, of whose dimensions a flow makes .* 1; wanted a whole number"),
        ({"latent": 2000}, "got latent, of whose dimensions .* 2000; wanted a whole number"),
        ({"options": {"transforms": 0}}, "options.transforms 0; wanted a whole number"),
        ({"options": {"hidden": 5000}}, "options.hidden 5000; wanted a whole number"),
        ({"options": {"variance": "learned"}}, "got reconstruction 'cross_entropy' with reduction"),
        ({"options": {"steps": 3}}, "'vae_flow' got unknown option steps; it takes beta, samples"),
    ],
)
def test_what_cannot_be_is_refused_when_planning(changes, message):
    with pytest.raises(ValueError, match=message):
        planned({"autoencoders": {"vae": {"objective": "vae_flow"} | changes}})


def test_a_checkpoint_of_any_size_is_refused_before_it_takes_memory():
    with torch.device("meta"), pytest.raises(ValueError, match="got latent, of whose dimensions"):
        objectives.build("vae_flow", (6,), 10**6, networks="mlp")


def test_what_has_no_flow_does_not_load_the_package_of_flows():
    """Nor does planning one, which does without PyTorch too."""
    program = """
import sys
from expost import objectives
from expost.training import settings
settings.resolve({"objective": "vae_flow", "epochs": [3]})
print("torch" in sys.modules, "zuko" in sys.modules)
objectives.build("vae", (6,), 2, networks="mlp")
print("torch" in sys.modules, "zuko" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(objectives.__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert run.stdout == "False False\nTrue False\n", run.stderr


def test_a_missing_package_of_flows_is_named(monkeypatch):
    for module in ("zuko", "zuko.flows"):
        monkeypatch.setitem(sys.modules, module, None)
    for module in ("vae_flow", "inverse_autoregressive"):
        monkeypatch.delitem(sys.modules, f"expost.objectives.{module}", raising=False)
    with pytest.raises(ModuleNotFoundError, match="'vae_flow' needs the package zuko; install it"):
        objectives.build("vae_flow", (6,), 2, networks="mlp")
