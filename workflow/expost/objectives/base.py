"""What every training objective promises."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from ..networks.architectures import DEFAULT
from ..networks.autoencoder import Decoder, Encoder


@dataclass(frozen=True)
class Player:
    """One of those who take turns at every batch: what it moves, and what for.

    Attributes:
        name: appears in the history's column names.
        parameters: what its optimiser changes.
        loss: from images (n, c, h, w) in [0, 1] and a random generator to named terms;
            their sum is minimised.
        pace: its learning rate, as a multiple of the configured one.
    """

    name: str
    parameters: list[nn.Parameter]
    loss: Callable[[Tensor, torch.Generator], dict[str, Tensor]]
    pace: float = 1.0


class Objective(nn.Module):
    """An autoencoder and the game its training plays.

    Args:
        shape: (c, h, w) of an image.
        latent: length of a code.
        architecture: of the networks, a key of `networks.architectures.ARCHITECTURES`.
        outputs: what the encoder gives per image; `latent` unless the code is random.
    """

    def __init__(
        self,
        shape: tuple[int, int, int],
        latent: int,
        architecture: str = DEFAULT,
        outputs: int | None = None,
    ):
        super().__init__()
        self.encoder = Encoder(shape, outputs or latent, architecture)
        self.decoder = Decoder(shape, latent, architecture)

    @abstractmethod
    def players(self) -> list[Player]:
        """Who plays, in the order of their turns."""

    @abstractmethod
    def encode(self, images: Tensor) -> Tensor:
        """Codes (n, d) of images (n, c, h, w) in [0, 1]."""

    def decode(self, codes: Tensor) -> Tensor:
        """Images (n, c, h, w) in [0, 1] of codes (n, d)."""
        return torch.sigmoid(self.decoder(codes))

    def validation(self, images: Tensor) -> Tensor:
        """The reconstruction term of held-out images, without noise: one number."""
        return cross_entropy(self.decoder(self.encode(images)), images)


def cross_entropy(logits: Tensor, images: Tensor) -> Tensor:
    """Binary cross-entropy in nats, summed over an image's pixels, averaged over the images.

    `sum log(1 + exp(l)) - x l` over all pixels, in a form that no logit overflows.
    """
    return _CrossEntropy.apply(logits, images) / len(images)


class _CrossEntropy(torch.autograd.Function):
    """The sum of `binary_cross_entropy_with_logits`, with the same gradient to the bit.

    PyTorch on a CPU takes one logarithm of 1 + e after the other; here they are vectors.
    """

    @staticmethod
    def forward(ctx, logits, images):
        ctx.save_for_backward(logits, images)
        e = logits.abs().neg_().exp_()
        one_e = 1 + e
        # Adds to the logarithm what rounding took from 1 + e.
        log1p = one_e.log() + (e - (one_e - 1)) / one_e
        return (logits.clamp_min(0) - logits * images + log1p).sum()

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient):
        logits, images = ctx.saved_tensors
        return (torch.sigmoid(logits) - images) * gradient, None
