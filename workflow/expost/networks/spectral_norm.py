"""Layers whose kernels are divided by an estimate of their largest singular value."""

from torch import nn
from torch.nn.utils import parametrizations

LAYERS = (nn.Conv2d, nn.ConvTranspose2d, nn.Linear)


def normalise(network: nn.Module) -> None:
    """Divide the kernels of all layers of a network by their spectral norms, in training and after.

    The norm is that of the kernel as a matrix W: (out, in) of a linear layer, (out, in k k) of a
    convolution, and (in, out k k) of a transposed one, as TensorFlow's (k, k, out, in) is flattened
    to (k k out, in). It is estimated by the power method, with one iteration each time that the
    layer is used in training, from vectors of the step before; the first are the result of 15. They
    are buffers, and so a part of checkpoints. Batch normalisation stays as it is, with scales of
    its own.

    W is what a convolution does to one patch, and what a transposed one makes of one pixel. Patches
    overlap, so the whole layer as a linear map A of images has a larger norm: a pixel is in at most
    ceil(k / s) patches along each axis, where s is the stride, and

        |W| <= |A| <= ceil(k / s) |W|

    of which the left side holds where one patch lies within the image. So 4x4 kernels of stride 2
    leave a norm of 1 to 2, those of stride 1 of 1 to 4.

    Args:
        network: its layers of the kinds `LAYERS` are changed in place; the parameter `weight` of
            each is then `parametrizations.weight.original`.

    References:
        Miyato et al. (2018), "Spectral normalization for generative adversarial networks", ICLR.
    """
    for layer in [layer for layer in network.modules() if isinstance(layer, LAYERS)]:
        parametrizations.spectral_norm(layer, dim=0)
