"""What keeps a decoder smooth: small weights, or a small gradient."""

import torch
from torch import Tensor, nn

CONVOLUTIONS, TRANSPOSED = (nn.Conv2d, nn.ConvTranspose2d), (nn.ConvTranspose2d,)


def weights(decoder: nn.Module, l2_of: str) -> list[nn.Parameter]:
    """The parameters of a decoder that are to be small.

    Args:
        decoder: any network.
        l2_of: "parameters", all that it learns; "kernels", of its linear layers and convolutions
            without their biases; or "transposed", of its transposed convolutions alone.

    Raises:
        ValueError: it has none of these.
    """
    if l2_of == "parameters":
        return list(decoder.parameters())
    kinds = TRANSPOSED if l2_of == "transposed" else (nn.Linear, *CONVOLUTIONS)
    found = [layer.weight for layer in decoder.modules() if isinstance(layer, kinds)]
    if not found:
        raise ValueError(
            f"got l2_of {l2_of!r}, but the decoder has no such layers; set `l2_of: kernels`, or "
            "other `networks`"
        )
    return found


def squared_jacobian(shown: Tensor, codes: Tensor, generator: torch.Generator) -> Tensor:
    """An unbiased estimate of the mean of `|dD(z) / dz|^2`, the squared Frobenius norm: one number.

        |v dD(z) / dz|^2 / n,   each component of v is 1 or -1, as likely

    whose mean over v is the trace of J J'. It takes one vector-Jacobian product. Where batch
    normalisation makes images of a batch depend on each other, J is the Jacobian of the whole
    batch, so that what one code does to the other images counts too.

    Args:
        shown: D(z), shape (n, *shape), made of `codes`.
        codes: z, shape (n, d).
        generator: of v.

    References:
        Hutchinson (1989), "A stochastic estimator of the trace of the influence matrix",
        Communications in Statistics 18.
    """
    signs = torch.randint(2, shown.shape, generator=generator, device=shown.device)
    product = _gradient((shown * (2 * signs - 1)).sum(), codes)
    return product.square().sum() / len(codes)


def gradient_of_squares(shown: Tensor, codes: Tensor) -> Tensor:
    """The mean over batch and dimensions of `(d sum D(z)^2 / dz)^2`, one number.

    Arguments are those of `squared_jacobian`.
    """
    return _gradient(shown.square().sum(), codes).square().mean()


def _gradient(of: Tensor, codes: Tensor) -> Tensor:
    return torch.autograd.grad(of, codes, create_graph=True)[0]
