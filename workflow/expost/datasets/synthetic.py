"""Vectors made of fewer numbers by a fixed network: data whose true dimension is known."""

from itertools import pairwise

import numpy as np

from ..runtime import option_values
from .base import Dataset


class Synthetic(Dataset):
    """Draws of N(0, I) in a few dimensions, taken to many by a network with fixed weights.

        x = W3 f(W2 f(W1 y + b1) + b2) + b3,   f a leaky ReLU,

    with weights and biases uniform on +-1 / sqrt(inputs) of their layer. Every coordinate is then
    scaled to mean 0 and variance 1 over the training part. The seed alone says which network and
    which draws.

    Args:
        dimension: n, the true one, of y.
        ambient: d of the vectors, greater than n.
        width: of both hidden layers.
        slope: of the leaky ReLU below zero, in (0, 1]: of 0 it would lose what y was.
        train: vectors to train with.
        test: and to test with.
        seed: another one is another network, and other draws.

    Raises:
        ValueError: an option is not as above; a hidden layer narrower than n loses dimensions.

    References:
        Mondal et al. (2019), "Towards latent space optimality for auto-encoder based generative
        models", section 5.1, which leaves open the width, the slope and the law of the weights.
    """

    vectors = True

    def __init__(
        self,
        dimension: int,
        ambient: int = 128,
        width: int = 128,
        slope: float = 0.2,
        train: int = 10_000,
        test: int = 4_000,
        seed: int = 0,
    ):
        self.dimension = option_values.count("dimension", dimension)
        self.ambient = option_values.count("ambient", ambient, least=dimension + 1)
        self.width = option_values.count("width", width, least=dimension)
        self.slope = option_values.number("slope", slope, above=0, most=1)
        self.counts = tuple(
            option_values.count(name, value, least=2)
            for name, value in (("train", train), ("test", test))
        )
        self.seed = option_values.count("seed", seed, least=0)
        self.shape = (ambient,)

    def _load(self, folder):
        rng = np.random.default_rng((self.seed, self.dimension))
        widths = [self.dimension, self.width, self.width, self.ambient]
        x = rng.standard_normal((sum(self.counts), self.dimension))
        for layer, (inputs, outputs) in enumerate(pairwise(widths)):
            if layer:
                x = np.where(x > 0, x, self.slope * x)
            weights, bias = np.split(rng.uniform(-1, 1, (inputs + 1, outputs)), [inputs])
            x = (x @ weights + bias) / inputs**0.5
        train, test = np.split(x, [self.counts[0]])
        mean, spread = train.mean(axis=0), train.std(axis=0)
        return {
            f"vectors_{part}": ((rows - mean) / spread).astype(np.float32)
            for part, rows in (("train", train), ("test", test))
        }
