"""Real NVP, a normalising flow."""

from typing import ClassVar

from ..runtime.option_values import count, number
from .numerics import descent
from .trained import Trained, check_device


class RealNVP(Trained):
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

    libraries = ("zuko.flows",)
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
        self.device = check_device(device)

    def _count_networks(self):
        return self.transforms

    def _network(self, d):
        from zuko.flows import RealNVP as Flow

        return Flow(d, transforms=self.transforms, hidden_features=[self.hidden] * self.layers)

    def _train(self, network, x, generator, judge):
        minibatches = descent.Minibatches(len(x), self.batch, generator)

        def loss():
            return -network().log_prob(x[minibatches.take().to(x.device)]).mean()

        def is_enough(last):
            if judge is None or not (last or minibatches.is_pass_over()):
                return False
            return judge.is_enough(network, lambda: -network().log_prob(judge.held_out).mean())

        losses = descent.minimise(
            network,
            loss,
            self._steps(len(x)),
            self.learning_rate,
            whose="RealNVP",
            quantity="negative log-likelihood",
            is_enough=is_enough,
        )
        return losses, network

    def _draw(self, n, rng):
        return self._net().transform.inv(self._noise(n, rng))

    def _score_samples(self, codes):
        return self._log_density(codes, lambda x: self._net().log_prob(x))
