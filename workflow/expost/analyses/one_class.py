"""What an autoencoder that was trained on one class makes of images of all classes."""

from math import prod

import numpy as np

from ..divergences.targets import Mixture
from ..runtime.log import log
from . import novelty, volumes

AT_ONCE = 1000  # items


def scores(
    objective, known: np.ndarray, held_out: np.ndarray, data: np.ndarray, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """All scores of novelty, `novelty.SCORES`, of each item.

    The law of codes is that which training drew them towards, see `law`.

    Args:
        objective: trained, as `training.checkpoints.load` gives it.
        known: items of the class that it was trained on, to whose codes densities are fitted;
            uint8 images (m, c, h, w) or float32 vectors (m, d).
        held_out: others of that class, whose mean error is the variance off the manifold.
        data: those that are judged, (n, ...).
        rng: of the fits.

    Returns:
        The larger a score, the less an item is known; shape (n,) each.

    Raises:
        ValueError: see `volumes.log_volumes`.
    """
    import torch

    from ..networks.inputs import to_input
    from ..networks.plain_layers import plain

    device = next(objective.parameters()).device
    encode, decode = objective.encoding(), plain(objective.decoding())

    def passed(items: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        codes, errors = [], []
        for part in torch.from_numpy(items).split(AT_ONCE):
            inputs = to_input(part.to(device))
            with torch.no_grad():
                codes.append(encode(inputs))
                errors.append((decode(codes[-1]) - inputs).double().square().flatten(1).sum(1))
        return tuple(torch.cat(found).cpu().numpy() for found in (codes, errors))

    numbers = prod(data.shape[1:])
    codes, errors = passed(data)
    found = novelty.outlyingness(
        errors,
        law(objective, codes.shape[1]).log_density(codes),
        volumes.log_volumes(decode, codes, device),
        numbers,
        variance=float(passed(held_out)[1].mean() / numbers),
    )
    return found | of_densities(passed(known)[0], codes, rng)


def law(objective, latent: int) -> Mixture:
    """What the codes of an objective follow where training has reached its aim.

    It is N(0, I), or of a generative encoding network its target less the width h of its kernels,

        normal    N(0, (1 - h²) I)
        mixture   1/k Σⱼ N(μⱼ, (σ² - h²) I)

    as a kernel density of such codes has the target's spread: so the paper derives the first, and
    the second follows likewise where components are apart.

    Args:
        objective: one that draws codes towards a law.
        latent: length of a code.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", section 4.
    """
    if (bandwidth := getattr(objective, "bandwidth", None)) is None:
        return Mixture.standard_normal(latent)
    target = objective.law
    spreads = np.sqrt(target.spreads**2 - float(bandwidth) ** 2)
    return Mixture(target.means, spreads, target.weights)


def of_densities(
    known: np.ndarray, codes: np.ndarray, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Scores by the density of codes alone, for reference: of a mixture and of a kernel density.

    The number of the mixture's components is the best of 1 to 64 by BIC, the bandwidth that of
    cross-validation in whitened units, so that neither depends on the codes' own. Codes that cannot
    be whitened, as an encoder has collapsed, are standardised, and the log says so.

    Args:
        known: codes that the densities are fitted to, shape (m, l).
        codes: those that are judged, shape (n, l).
        rng: of the fits.

    Returns:
        Negative log-densities, shape (n,) each.
    """
    from ..samplers.gmm import GMM

    laws = {"gmm": GMM(n_components="auto").fit(known, rng=rng), "kde": _kernels(known, rng)}
    return {name: -law.score_samples(codes.astype(float)) for name, law in laws.items()}


def _kernels(known: np.ndarray, rng: np.random.Generator):
    from ..samplers.kde import KDE

    try:
        return KDE(scale="whiten").fit(known, rng=rng)
    except ValueError as error:
        log.warning("the density by kernels is of standardised codes: %s", error)
        return KDE(scale="standardise").fit(known, rng=rng)
