"""How far codes are from the origin, as the RAE paper writes it and as its code has it."""

from torch import Tensor


def size(codes: Tensor, embedding: str) -> Tensor:
    """The term that keeps codes near the origin, one number.

        half_norm     mean over the batch of |z|^2 / 2, the paper's equation 14
        mean_square   mean over the batch and the d dimensions of z^2, the official code's

    So `mean_square` with weight beta is `half_norm` with weight 2 beta / d.

    Args:
        codes: shape (n, d).
        embedding: which of the two.

    References:
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR.
    """
    total = codes.square().sum()
    return total / (2 * len(codes)) if embedding == "half_norm" else total / codes.numel()
