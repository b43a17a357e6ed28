"""Flow matching: noise that a learned velocity carries to the codes."""

from ..runtime.option_values import count, number
from .numerics import descent
from .trained import Trained, check_device

LOOK = 100  # minibatches between two looks at the held-out codes


class FlowMatching(Trained):
    """Continuous normalising flow from N(0, I) to standardised codes, trained by flow matching.

        dx/dt = v(t, x),  x₀ ~ N(0, I),  x₁ the code;
        v minimises E |v(t, (1 - t) x₀ + t x₁) - (x₁ - x₀)|²,  t ~ U(0, 1)

    Paths are straight, and each code meets fresh noise every time. The weights are an exponential
    average over training. By default nine codes in ten are learned from, and the averaged weights
    with the lowest loss on the tenth, drawn at random, are kept: 6 to 20 s for 1,000 to 2,000 codes
    of 10 dimensions. Trained beyond that it copies, while draws go on to look better. The density
    is that of the instantaneous change of variables, with the exact divergence. How far training
    is, `runtime.progress` tells; where the bulk of a column of draws is twice as wide as that of
    the codes, the log.

    Args:
        hidden, layers: width and number of the hidden layers of the network, with SiLU; it is given
            four sines and four cosines of the time.
        steps: minibatches at most.
        batch: codes in a minibatch, drawn with replacement.
        learning_rate: of Adam.
        averaging: the share of the average that a step leaves as it is, below 1.
        patience: looks without a lower loss of the held-out codes after which training stops, one
            every 100 steps; None to train on all codes to the end.
        ode_steps: Runge-Kutta steps from noise to codes.
        device: where torch computes: cpu, cuda, or cuda:1 and so on. Random numbers are always
            drawn on the CPU.

    Attributes:
        mean_, scale_: means and standard deviations of the codes, shape (d,).
        weights_: all parameters of the network, float32, one after the other.
        losses_: that of every hundredth minibatch: squares of velocities, mean over dimensions.
        held_out_losses_: that of the held-out codes at every look, with the same noise and times;
            with `patience` only.

    References:
        Lipman, Chen, Ben-Hamu, Nickel & Le (2023), "Flow matching for generative modeling", ICLR.
        Tong et al. (2024), "Improving and generalizing flow-based generative models with minibatch
        optimal transport", TMLR: pairs of codes and noise drawn apart, without noise on the paths.
        Chen, Rubanova, Bettencourt & Duvenaud (2018), "Neural ordinary differential equations",
        NeurIPS: the density.

    Example:
        >>> import numpy as np
        >>> from expost import FlowMatching
        >>> FlowMatching(steps=9, hidden=8).fit(np.eye(20, 2), rng=0).sample(3, rng=1).shape
        (3, 2)
    """

    def __init__(
        self,
        hidden=128,
        layers=3,
        steps=20_000,
        batch=256,
        learning_rate=3e-3,
        averaging=0.999,
        patience=10,
        ode_steps=10,
        device="cpu",
    ):
        self.hidden = count("hidden", hidden, most=2**16)
        self.layers = count("layers", layers, most=1000)
        self.steps = count("steps", steps)
        self.batch = count("batch", batch, most=2**20)
        self.learning_rate = number("learning_rate", learning_rate, above=0)
        self.averaging = number("averaging", averaging, least=0, below=1)
        self.patience = count("patience", patience, also=(None,))
        self.ode_steps = count("ode_steps", ode_steps)
        self.device = check_device(device)

    def _in_effect(self, options, n, d):
        return options | {"device": None}

    def _network(self, d):
        from .numerics.velocity import Velocity

        return Velocity(d, self.hidden, self.layers)

    def _train(self, network, x, generator, judge):
        import torch
        from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

        from .numerics.velocity import matching_loss

        average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(self.averaging))
        step = 0

        def paths(codes):
            noise = torch.randn(codes.shape, generator=generator).to(x.device)
            return noise, codes, torch.rand((len(codes), 1), generator=generator).to(x.device)

        def loss():
            rows = torch.randint(len(x), (self.batch,), generator=generator).to(x.device)
            return matching_loss(network, *paths(x[rows]))

        if judge is not None:
            probes = paths(judge.probes())

        def is_enough(last):
            nonlocal step
            step += 1
            average.update_parameters(network)
            if judge is None or not (last or step % LOOK == 0):
                return False
            return judge.is_enough(average.module, lambda: matching_loss(average.module, *probes))

        losses = descent.minimise(
            network,
            loss,
            self.steps,
            self.learning_rate,
            whose="FlowMatching",
            quantity="loss",
            is_enough=is_enough,
        )
        return losses, average.module

    def _draw(self, n, rng):
        from .numerics.velocity import draws

        return draws(self._net, self._noise(n, rng), self.ode_steps)

    def _score_samples(self, codes):
        from .numerics.velocity import log_density

        return self._log_density(codes, lambda x: log_density(self._net, x, self.ode_steps))
