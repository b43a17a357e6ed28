"""How much a decoder stretches its codes' space at each code: log-determinants of Jacobians."""

import warnings
from collections.abc import Callable

import numpy as np

from ..runtime.log import log

# Of the largest singular value: below it the derivatives of float32 networks say nothing.
FLOOR = 1e-6
AT_ONCE = 2**24  # numbers of Jacobians that are held at a time


def log_volumes(decode: Callable, codes: np.ndarray, device: str = "cpu") -> np.ndarray:
    """The logarithm of the volume that a decoder makes of a unit of volume at each code.

        v(z) = 1/2 log det(Jᵀ J) = Σⱼ log sⱼ,   J = ∂D(z) / ∂z,   s its singular values

    so that a law of codes with density p has on the manifold of all D(z) the density
    p(z) exp(-v(z)), where D is one to one. J is found by forward differentiation, a pass a
    dimension of the code, and the determinant in float64. A Jacobian that lacks rank would have
    v = -∞ and an infinite density: a singular value below `FLOOR` of the largest of its Jacobian
    counts as that much, and the log says of how many codes that was so.

    Args:
        decode: from codes, a tensor (n, l), to tensors (n, ...) of at least l numbers an item; of
            layers that can be differentiated forwards, see `networks.plain_layers`.
        codes: shape (n, l).
        device: of the decoder.

    Returns:
        Shape (n,), float64.

    Raises:
        ValueError: a code has more dimensions than what it is decoded to, or a derivative is not
            finite.
    """
    import torch
    from torch.func import jacfwd, vmap

    place = torch.from_numpy(np.asarray(codes, dtype=np.float32)).to(device)
    with torch.no_grad():
        numbers = decode(place[:1]).numel()
    if (length := place.shape[1]) > numbers:
        raise ValueError(
            f"got codes of {length} dimensions for items of {numbers}, which no such map tells "
            "apart; wanted codes of as many dimensions or fewer"
        )
    jacobian = vmap(jacfwd(lambda code: decode(code[None]).flatten()))
    found, lacking = [], 0
    for part in place.split(max(1, AT_ONCE // (numbers * length))):
        with torch.no_grad(), warnings.catch_warnings():
            # PyTorch uses what it warns of, when it first differentiates forwards.
            warnings.filterwarnings("ignore", "`torch.jit.script` is deprecated", FutureWarning)
            stretched = jacobian(part).double()  # (n, numbers, l)
            squares = torch.linalg.eigvalsh(stretched.mT @ stretched)  # ascending
        if not torch.isfinite(squares).all():
            raise ValueError("a derivative of the decoder is not finite; were its weights?")
        least = FLOOR**2 * squares[:, -1:].clamp(min=torch.finfo(torch.float64).tiny / FLOOR**2)
        lacking += int((squares < least).any(dim=1).sum())
        found.append(0.5 * squares.clamp(min=least).log().sum(dim=1))
    if lacking:
        log.warning(
            "%d of %d Jacobians of the decoder lack rank; singular values below %g of the largest "
            "count as that",
            *(lacking, len(place), FLOOR),
        )
    return torch.cat(found).cpu().numpy()
