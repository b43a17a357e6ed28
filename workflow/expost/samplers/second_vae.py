"""The second stage of a two-stage VAE: a variational autoencoder of codes."""

from typing import ClassVar

from ..runtime.option_values import count, number
from .numerics import descent
from .trained import Trained, check_device


class SecondVAE(Trained):
    """Variational autoencoder of standardised codes, with latents u as long as the codes.

        u ~ N(0, I),   z = g(u) + γ e,   e ~ N(0, I)

    Encoder and decoder have heads that see their input beside the last hidden layer, and γ is
    learned with their weights, by the evidence lower bound. Draws have the noise γ e, as in the
    paper; there is no density. The paper starts γ at 1, where standardised codes with no
    correlations are a normal law to both networks, and training may stay there: by default it
    starts at a half. By default nine codes in ten are learned from, and the weights with the best
    bound on the tenth, drawn at random, are kept. `SecondVAE(**SecondVAE.published["lmgae"])` is
    trained as by Dai & Wipf, whose numbers the LMGAE paper has beside its own: 800 passes with
    wider networks, without early stopping. They fit to draws of the first stage's posteriors; here
    the codes are what they are. How far training is, `runtime.progress` tells; where the bulk of a
    column of draws is twice as wide as that of the codes, the log.

    Args:
        hidden: width of the hidden layers of both networks, with ReLU.
        layers: how many each network has.
        gamma: γ before training, in standard deviations of the codes.
        epochs: passes over the codes.
        steps: minibatches instead of `epochs`, if not None.
        batch: codes in a minibatch; the last one of a pass is smaller.
        learning_rate: of Adam.
        halve_every: passes after which the learning rate is halved each time; None for never.
        patience: the passes without a better bound of the held-out codes after which training
            stops, if `epochs` or `steps` do not end it before; None to train on all codes to the
            end.
        device: where torch computes: cpu, cuda, or cuda:1 and so on. Random numbers are always
            drawn on the CPU.

    Attributes:
        mean_, scale_: means and standard deviations of the codes, shape (d,).
        weights_: all parameters of the networks, float32, one after the other.
        losses_: negative bound of every hundredth minibatch, in nats a code (standardised codes).
        held_out_losses_: that of the held-out codes after every pass, with the same noise; with
            `patience` only.

    References:
        Dai & Wipf (2019), "Diagnosing and enhancing VAE models", ICLR.

    Example:
        >>> import numpy as np
        >>> from expost import SecondVAE
        >>> SecondVAE(steps=9, hidden=8).fit(np.eye(20, 2), rng=0).sample(3, rng=1).shape
        (3, 2)
    """

    published: ClassVar = {
        "lmgae": {
            **{"hidden": 1024, "layers": 3, "gamma": 1.0, "epochs": 800, "steps": None},
            **{"batch": 64, "learning_rate": 1e-4, "halve_every": 300, "patience": None},
        }
    }

    def __init__(
        self,
        hidden=256,
        layers=3,
        gamma=0.5,
        epochs=800,
        steps=None,
        batch=64,
        learning_rate=1e-3,
        halve_every=300,
        patience=20,
        device="cpu",
    ):
        self.hidden = count("hidden", hidden, most=2**16)
        self.layers = count("layers", layers, most=1000)
        self.gamma = number("gamma", gamma, above=0)
        self.epochs = count("epochs", epochs)
        self.steps = count("steps", steps, also=(None,))
        self.batch = count("batch", batch, most=2**31)
        self.learning_rate = number("learning_rate", learning_rate, above=0)
        self.halve_every = count("halve_every", halve_every, also=(None,))
        self.patience = count("patience", patience, also=(None,))
        self.device = check_device(device)

    def _count_networks(self):
        return 2

    def _network(self, d):
        from .numerics.second_stage import SecondStage

        return SecondStage(d, self.hidden, self.layers, self.gamma)

    def _train(self, network, x, generator, judge):
        import torch

        minibatches = descent.Minibatches(len(x), self.batch, generator)

        def noise(codes):
            return torch.randn(codes.shape, generator=generator).to(x.device)

        def loss():
            codes = x[minibatches.take().to(x.device)]
            return network.loss(codes, noise(codes))

        if judge is not None:
            probes = judge.probes()
            fixed = noise(probes)

        def is_enough(last):
            if judge is None or not (last or minibatches.is_pass_over()):
                return False
            return judge.is_enough(network, lambda: network.loss(probes, fixed))

        losses = descent.minimise(
            network,
            loss,
            self._steps(len(x)),
            self.learning_rate,
            whose="SecondVAE",
            quantity="negative bound",
            is_enough=is_enough,
            halve_every=self.halve_every and self.halve_every * minibatches.in_a_pass,
        )
        return losses, network

    def _draw(self, n, rng):
        return self._net.draws(self._noise(n, rng), self._noise(n, rng))
