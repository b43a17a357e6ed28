"""Samplers that are networks, trained on standardised codes."""

import re
from abc import abstractmethod

import numpy as np

from .base import Sampler
from .numerics.early_stopping import EarlyStopping, looked_at


class Trained(Sampler):
    """A network that turns normal noise into standardised codes.

    A leaf has the options below, `hidden` and `layers`, the width and number of its networks'
    hidden layers, and what else its constructor takes. It writes `_network`, `_train` and `_draw`.

    Args:
        batch: codes in a minibatch.
        learning_rate: of Adam.
        patience: looks at held-out codes, one in ten, without a lower loss after which training
            stops; None to train on all codes to the end.
        device: where torch computes: cpu, cuda, or cuda:1 and so on. Random numbers are always
            drawn on the CPU.

    Attributes:
        mean_, scale_: means and standard deviations of the codes, shape (d,).
        weights_: all parameters of the networks, float32, one after the other.
        losses_: that of every hundredth minibatch.
        held_out_losses_: that of the held-out codes at every look; with `patience` only.
    """

    libraries = ("torch",)
    too_wide = (
        "single codes far away and heavy tails set the units of a column, in which training starts "
        "from a normal law: leave those codes out, train for longer, or take empirical_beta with "
        "bandwidth='robust'"
    )

    def _in_effect(self, options, n, d):
        learned = n if self.patience is None else n - looked_at(n)
        steps, batch = self._steps(learned), self._batch(learned)
        return options | {"steps": steps, "epochs": None, "batch": batch, "device": None}

    def _steps(self, n: int) -> int:
        """How many minibatches of n codes training takes at most."""
        return self.steps or self.epochs * -(-n // self.batch)

    def _batch(self, n: int) -> int:
        """How many codes of n are in a minibatch."""
        return min(self.batch, n)

    def _fit(self, codes, rng):
        import torch

        n, d = codes.shape
        self.mean_, self.scale_ = codes.mean(axis=0), codes.std(axis=0)
        x = self._standardised(codes)
        network = self._build(d, seed=int(rng.integers(2**63)))
        x = x.to(self.device)  # (n, d)
        generator = torch.Generator().manual_seed(int(rng.integers(2**63)))
        judge = None
        if self.patience is not None:
            held_out, kept = np.split(rng.permutation(n), [looked_at(n)])
            judge, x = EarlyStopping(x[held_out], self.patience), x[kept]
        self.losses_, network = self._train(network, x, generator, judge)
        weights = torch.nn.utils.parameters_to_vector(network.parameters())
        if judge is not None:
            self.held_out_losses_, weights = np.array(judge.losses), judge.best
        self.weights_ = weights.detach().cpu().numpy()

    def _prepare(self):
        import torch

        # At least so many does such a network have, which takes no network to see.
        least = self._count_networks() * (
            self.layers * self.hidden + (self.layers - 1) * self.hidden**2
        )
        if not 0 < least <= len(self.weights_):
            raise ValueError(f"got {len(self.weights_)} weights for a network of {least} or more")
        self._net = self._build(len(self.mean_))
        weights = torch.from_numpy(self.weights_).to(self.device)
        torch.nn.utils.vector_to_parameters(weights, self._net.parameters())
        self._net.requires_grad_(False)

    def _sample(self, n, rng):
        import torch

        with torch.no_grad():
            x = self._draw(n, rng)  # (n, d)
        return self.mean_ + self.scale_ * x.cpu().numpy().astype(np.float64)

    def _log_density(self, codes: np.ndarray, of_standardised) -> np.ndarray:
        """At codes (m, d), of that of standardised ones, a function of a tensor (m, d)."""
        import torch

        with torch.no_grad():
            log_density = of_standardised(self._standardised(codes).to(self.device)).cpu().numpy()
        return log_density.astype(np.float64) - np.log(self.scale_).sum()

    def _standardised(self, codes: np.ndarray):
        import torch

        return torch.from_numpy(((codes - self.mean_) / self.scale_).astype(np.float32))

    def _noise(self, n: int, rng: np.random.Generator):
        """N(0, I), a tensor (n, d)."""
        import torch

        noise = rng.standard_normal((n, len(self.mean_)), dtype=np.float32)
        return torch.from_numpy(noise).to(self.device)

    def _build(self, d: int, seed: int = 0):
        """The untrained network; torch's own random state is left as it was."""
        import torch

        if self.device != "cpu" and not torch.cuda.is_available():
            raise ValueError(
                f"device is {self.device!r} but PyTorch finds no CUDA device; install its driver, "
                "or set device to 'cpu'"
            )
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(seed)
            network = self._network(d)
        return network.to(self.device)

    def _count_networks(self) -> int:
        """How many networks of `layers` hidden layers there are in one."""
        return 1

    @abstractmethod
    def _network(self, d: int):
        """The untrained network for codes of d dimensions, a module of torch."""

    @abstractmethod
    def _train(self, network, x, generator, judge: EarlyStopping | None):
        """Train on standardised codes, a tensor (n, d); the losses, and the network trained.

        Args:
            network: of `_network`, on the device.
            x: the codes, where the network is.
            generator: torch's, on the CPU.
            judge: has the held-out codes, and is asked whether that is enough; None for nobody.
        """

    @abstractmethod
    def _draw(self, n: int, rng: np.random.Generator):
        """Standardised codes, a tensor (n, d), without gradients."""


def check_device(device: object) -> str:
    """The device itself, as `_build` knows it.

    Raises:
        ValueError: it is no such name.
    """
    if not (isinstance(device, str) and re.fullmatch(r"cpu|cuda(:\d+)?", device)):
        raise ValueError(f"got device {device!r}; wanted cpu, cuda, or cuda:1 and so on")
    return device
