"""Training codes and draws in the plane, neighbours beside neighbours."""

import numpy as np

from ..io.real_arrays import real

PERPLEXITY = 30


def joint(
    training: np.ndarray, draws: dict[str, np.ndarray], points: int, rng=None
) -> dict[str, np.ndarray]:
    """One t-SNE embedding of training codes and of the draws of all samplers.

    All samplers share it, so that the training codes lie at the same places beside the draws of
    each, and panels can be compared; in exchange, another sampler more or less moves all of them.
    As many codes of each kind are embedded, chosen at random.

    Args:
        training: codes that samplers were fitted to, shape (n, d).
        draws: sampler -> new codes, shape (m, d).
        points: codes of each kind; fewer where there are not as many of every kind.
        rng: None, a seed or a `numpy.random.Generator` (SPEC 7).

    Returns:
        "training" and "draws/{sampler}", places in the plane, float32 of shape (points, 2).

    Raises:
        TypeError: codes are not real numbers.
        ValueError: no draws, or too few codes in all.

    References:
        van der Maaten & Hinton (2008), "Visualizing data using t-SNE", JMLR 9.
        van der Maaten (2014), "Accelerating t-SNE using tree-based algorithms", JMLR 15.
    """
    from sklearn.manifold import TSNE

    rng = np.random.default_rng(rng)
    kinds = {"training": training} | {f"draws/{name}": codes for name, codes in draws.items()}
    kinds = {name: real(codes, f"codes of {name}") for name, codes in kinds.items()}
    each = min(points, *(len(codes) for codes in kinds.values()))
    if not draws or each * len(kinds) <= PERPLEXITY:
        raise ValueError(
            f"got {each} training codes and as many draws of {len(draws)} samplers; t-SNE wants "
            f"more than {PERPLEXITY} codes in all, of one sampler or more"
        )
    chosen = [rng.choice(codes, each, replace=False) for codes in kinds.values()]
    tsne = TSNE(perplexity=PERPLEXITY, init="pca", random_state=int(rng.integers(2**31)), n_jobs=1)
    places = tsne.fit_transform(np.concatenate(chosen, dtype=np.float64))  # (kinds * each, 2)
    return dict(zip(kinds, np.split(places.astype(np.float32), len(kinds)), strict=True))
