"""Real NVP, a normalising flow."""

import re
from typing import ClassVar

import numpy as np

from ..runtime.option_values import count, number
from .base import Sampler
from .numerics import flow_training
from .numerics.early_stopping import EarlyStopping, looked_at


class RealNVP(Sampler):
    """Affine coupling flow from standardised codes to N(0, I), trained by maximum likelihood.

        y_b = exp(s(x_a)) x_b + t(x_a),   y_a = x_a,   a and b = even and odd columns in turn

    One network per coupling gives s and t. Needs d >= 2, for there must be something to couple.
    By default it learns from nine codes in ten, stops early by `patience`, and keeps the weights
    under which the tenth, drawn at random, is likeliest: for 2,000 codes of 16 dimensions that
    takes less than a minute. `RealNVP(**RealNVP.published["ebcae"])` is trained as in the EBCAE
    paper, 2,000 passes without early stopping. That is another estimator: it takes minutes, and a
    flow of this size overfits small sets. How far training is, `runtime.progress` tells; where the
    bulk of a column of draws is twice as wide as that of the codes, the log.

    Args:
        transforms: number of couplings.
        hidden, layers: width and number of the hidden layers of their networks, with ReLU.
        epochs: passes over the codes.
        steps: minibatches instead of `epochs`, if not None.
        batch: codes in a minibatch; the last one of a pass is smaller.
        learning_rate: of Adam.
        patience: the passes without a better likelihood of the held-out codes after which training
            stops, if `epochs` or `steps` do not end it before; None to train on all codes to the
            end.
        device: where torch computes: cpu, cuda, or cuda:1 and so on. Random numbers are always
            drawn on the CPU.

    Attributes:
        mean_, scale_: means and standard deviations of the codes, shape (d,).
        weights_: all parameters of the networks, float32, one after the other.
        losses_: mean negative log-likelihood of every hundredth minibatch (standardised codes).
        held_out_losses_: that of the held-out codes after every pass; with `patience` only.

    References:
        Dinh, Sohl-Dickstein & Bengio (2017), "Density estimation using Real NVP", ICLR.

    Example:
        >>> import numpy as np
        >>> from expost import RealNVP
        >>> RealNVP(steps=9, hidden=8).fit(np.eye(20, 2), rng=0).sample(3, rng=1).shape
        (3, 2)
    """

    libraries = ("zuko.flows", "torch._dynamo")  # the latter by the first optimiser
    too_wide = (
        "single codes far away and heavy tails set the units of a column, in which a flow starts "
        "as a normal law: leave those codes out, train for longer, or take empirical_beta with "
        "scale='robust'"
    )
    fewest_columns = 2
    published: ClassVar = {"ebcae": {"epochs": 2000, "steps": None, "patience": None}}

    def __init__(
        self,
        transforms=4,
        hidden=256,
        layers=2,
        epochs=500,
        steps=None,
        batch=128,
        learning_rate=1e-4,
        patience=20,
        device="cpu",
    ):
        self.transforms = count("transforms", transforms, most=1000)
        self.hidden = count("hidden", hidden, most=2**16)
        self.layers = count("layers", layers, most=1000)
        self.epochs = count("epochs", epochs)
        self.steps = count("steps", steps, also=(None,))
        self.batch = count("batch", batch, most=2**31)
        self.learning_rate = number("learning_rate", learning_rate, above=0)
        self.patience = count("patience", patience, also=(None,))
        if not (isinstance(device, str) and re.fullmatch(r"cpu|cuda(:\d+)?", device)):
            raise ValueError(f"got device {device!r}; wanted cpu, cuda, or cuda:1 and so on")
        self.device = device

    def _in_effect(self, options, n, d):
        learned = n if self.patience is None else n - looked_at(n)
        steps, batch = self._steps(learned), min(self.batch, learned)
        return options | {"steps": steps, "epochs": None, "batch": batch, "device": None}

    def _steps(self, n):
        return self.steps or self.epochs * -(-n // self.batch)

    def _fit(self, codes, rng):
        import torch

        n, d = codes.shape
        self.mean_, self.scale_ = codes.mean(axis=0), codes.std(axis=0)
        x = torch.from_numpy(((codes - self.mean_) / self.scale_).astype(np.float32))
        flow = self._build(d, seed=int(rng.integers(2**63)))
        x = x.to(self.device)  # (n, d)
        shuffle = torch.Generator().manual_seed(int(rng.integers(2**63)))
        judge = None
        if self.patience is not None:
            held_out, kept = np.split(rng.permutation(n), [looked_at(n)])
            judge, x = EarlyStopping(flow, x[held_out], self.patience), x[kept]
        self.losses_ = flow_training.minimise(
            flow, x, self._steps(len(x)), self.batch, self.learning_rate, shuffle, judge
        )
        weights = torch.nn.utils.parameters_to_vector(flow.parameters())
        if judge is not None:
            self.held_out_losses_, weights = np.array(judge.losses), judge.best
        self.weights_ = weights.detach().cpu().numpy()

    def _prepare(self):
        import torch

        # At least so many does such a flow have, which takes no flow to see.
        least = self.transforms * (self.layers * self.hidden + (self.layers - 1) * self.hidden**2)
        if not 0 < least <= len(self.weights_):
            raise ValueError(f"got {len(self.weights_)} weights for a flow of {least} or more")
        self._flow = self._build(len(self.mean_))
        weights = torch.from_numpy(self.weights_).to(self.device)
        torch.nn.utils.vector_to_parameters(weights, self._flow.parameters())
        self._flow.requires_grad_(False)

    def _sample(self, n, rng):
        import torch

        noise = torch.from_numpy(rng.standard_normal((n, len(self.mean_)), dtype=np.float32))
        with torch.no_grad():
            x = self._flow().transform.inv(noise.to(self.device))  # (n, d)
        return self.mean_ + self.scale_ * x.cpu().numpy().astype(np.float64)

    def _score_samples(self, codes):
        import torch

        x = torch.from_numpy(((codes - self.mean_) / self.scale_).astype(np.float32))
        with torch.no_grad():
            log_density = self._flow().log_prob(x.to(self.device)).cpu().numpy()
        return log_density.astype(np.float64) - np.log(self.scale_).sum()

    def _build(self, d, seed=0):
        """The untrained flow; torch's own random state is left as it was."""
        import torch
        from zuko.flows import RealNVP as Flow

        if self.device != "cpu" and not torch.cuda.is_available():
            raise ValueError(
                f"device is {self.device!r} but PyTorch finds no CUDA device; install its driver, "
                "or set device to 'cpu'"
            )
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(seed)
            flow = Flow(d, transforms=self.transforms, hidden_features=[self.hidden] * self.layers)
        return flow.to(self.device)
