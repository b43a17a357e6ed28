"""PyTorch's optimisers do the same without its compiler, which they then do not load."""

import subprocess
import sys

import pytest
import torch
from conftest import ROOT
from expost.runtime import eager
from expost.training import optimisers

FIT = """
import sys
sys.path.insert(0, "{root}/workflow")
import expost, numpy as np, torch

{fit}
print("torch._dynamo" in sys.modules)
"""
CODES = "np.eye(40, 2)"
TRAINING = {
    **{"objective": "vae", "networks": {"name": "mlp", "hidden": [4]}, "latent": 2, "batch": 20},
    **{"reconstruction": "squared_error", "epochs": [1]},
    "optimiser": {"name": "RMSprop", "learning_rate": 0.001},
}
FITS = {
    "flow matching": f"expost.FlowMatching(steps=3, hidden=8).fit({CODES}, rng=0)",
    "real nvp": f"expost.RealNVP(steps=3, hidden=8).fit({CODES}, rng=0)",
    "second vae": f"expost.SecondVAE(steps=3, hidden=8).fit({CODES}, rng=0)",
    "discriminators": "from expost.divergences import discriminators, discriminator_settings as s; "
    f"discriminators.train({CODES}[None], s.SETTINGS['few'][0], rng=0)",
    "classifier": "from expost.features.classifier_training import train_classifier as train; "
    "images = np.zeros((9, 1, 8, 8), np.uint8), np.arange(9) % 3; "
    "train(*images, *images, epochs=1, seed=0)",
    "autoencoder": "from expost.training import loop; "
    f"made = loop.Training({TRAINING}, (2,), ('a',), 'kept', torch.device('cpu')); "
    f"made.run({CODES}.astype(np.float32))",
}
NAMES = sorted(optimisers._files(optimisers._folder()))
OPTIONS = {"SGD": {"momentum": 0.9}, "Adam": {"fused": True, "amsgrad": True}}


def trained(kind, name, steps=7):
    """Weights after some steps, a state kept and restored halfway, and a changed rate."""
    torch.manual_seed(3)
    network = torch.nn.Sequential(torch.nn.Linear(5, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2))
    x, known = torch.randn(9, 5), list(network.parameters())
    optimiser = kind(known[:2], lr=0.05, **OPTIONS.get(name, {}))
    optimiser.add_param_group({"params": known[2:], "lr": 0.01})
    for step in range(steps):
        if step == 3:
            kept = optimiser.state_dict()
            optimiser = kind([{"params": known[:2]}, {"params": known[2:]}], lr=1.0)
            optimiser.load_state_dict(kept)
        optimiser.zero_grad()
        network(x).square().mean().backward()
        optimiser.step()
    return torch.cat([weight.detach().flatten() for weight in known])


@pytest.mark.parametrize("name", NAMES)
def test_steps_are_those_of_pytorch_to_the_last_bit(name):
    mine, theirs = trained(eager.optimiser(name), name), trained(getattr(torch.optim, name), name)
    assert torch.equal(mine, theirs)
    assert not torch.equal(mine, trained(eager.optimiser(name), name, steps=6))


def test_hooks_are_called_as_ever():
    weight, called = torch.zeros(2, requires_grad=True), []
    optimiser = eager.optimiser("Adam")([weight], lr=0.1)
    optimiser.register_step_pre_hook(lambda *_: called.append("before"))
    optimiser.register_step_post_hook(lambda *_: called.append("after"))
    optimiser.step()
    assert called == ["before", "after"]
    assert isinstance(optimiser, torch.optim.Adam)
    assert eager.optimiser("Adam") is type(optimiser)


@pytest.mark.parametrize("kind", [eager.optimiser("SGD"), torch.optim.SGD])
def test_a_step_that_is_to_be_differentiable_is(kind):
    weight = torch.ones(2, requires_grad=True)
    weight.grad = torch.ones(2)
    with pytest.raises(RuntimeError, match="leaf Variable that requires grad"):
        kind([weight], lr=0.1, differentiable=True).step()


@pytest.mark.parametrize("what", FITS)
def test_what_is_trained_loads_no_compiler(what, tmp_path):
    program = FIT.format(root=ROOT, fit=FITS[what])
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, cwd=tmp_path
    )
    assert ran.stdout == "False\n", ran.stderr
