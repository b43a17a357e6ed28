"""Reconstruction losses by name, and the output activation that belongs to each.

This is the one place that says how a decoder's numbers become data. Networks end without an
activation; `Reconstruction` knows which one follows:

    loss           output     of what
    cross_entropy  sigmoid    images and other data in [0, 1]; no other output can be
    squared_error  sigmoid    images, unless `output: identity` is set
    squared_error  identity   vectors, unless `output: sigmoid` is set
"""

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from .reconstruction_names import check


class Reconstruction:
    """How far decoded data are from data: of one item summed or averaged, then a mean over items.

        cross_entropy   -x log y - (1 - x) log(1 - y),   y = sigmoid(raw)
        squared_error   (x - y)^2,                       y = output(raw)

    Args:
        loss: "cross_entropy", in nats, or "squared_error".
        reduction: "sum" over an item's pixels (and channels, or coordinates), or their "mean";
            or "sum_of_channel_mean", over the pixels of the mean over channels, where a vector has
            one channel. Over the items of a batch it is always the mean.
        output: "sigmoid", "identity", or None for what the kind of data wants, see above.
        images: whether the data are images; else they are vectors.

    Raises:
        ValueError: one of these is unknown, or cross-entropy should be taken of what is not
            squashed to [0, 1].
    """

    def __init__(
        self,
        loss: str = "cross_entropy",
        reduction: str = "sum",
        output: str | None = None,
        images: bool = True,
    ):
        check(loss, reduction, output)
        squashed = loss == "cross_entropy" or images
        self.loss, self.reduction = loss, reduction
        self.output = output or ("sigmoid" if squashed else "identity")

    def __call__(self, raw: Tensor, data: Tensor) -> Tensor:
        """The loss, one number.

        Args:
            raw: what the decoder gives, (n, *shape), before the output activation.
            data: what it should have given, of the same shape.
        """
        if self.loss == "cross_entropy":
            total = _CrossEntropy.apply(raw, data)
        else:
            shown = torch.sigmoid(raw) if self.output == "sigmoid" else raw
            total = (shown - data).square().sum()
        return total / self._count(data)

    def _count(self, data: Tensor) -> int:
        """By how much the sum over a batch is divided."""
        if self.reduction == "mean":
            return data.numel()
        channels = data.shape[1] if data.ndim == 4 else 1
        return len(data) * (channels if self.reduction == "sum_of_channel_mean" else 1)

    def activation(self) -> nn.Module:
        """The layer that follows the decoder when data are made."""
        return nn.Sigmoid() if self.output == "sigmoid" else nn.Identity()


class _CrossEntropy(torch.autograd.Function):
    """The sum of `binary_cross_entropy_with_logits`, with the same gradient to the bit.

    `sum log(1 + exp(l)) - x l`, in a form that no logit overflows. PyTorch on a CPU takes one
    logarithm of 1 + e after the other; here they are vectors. There is no second derivative: where
    an objective wants one, it takes PyTorch's own.
    """

    generate_vmap_rule = True  # for trainings side by side

    @staticmethod
    def forward(logits, data):
        e = logits.abs().neg_().exp_()
        one_e = 1 + e
        # Adds to the logarithm what rounding took from 1 + e.
        log1p = one_e.log() + (e - (one_e - 1)) / one_e
        return (logits.clamp_min(0) - logits * data + log1p).sum()

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient):
        logits, data = ctx.saved_tensors
        return (torch.sigmoid(logits) - data) * gradient, None
