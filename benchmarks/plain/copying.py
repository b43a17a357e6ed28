"""Metrics of copying and variety, each by the libraries that one would take."""

import numpy as np


def copying(training: np.ndarray, real: np.ndarray, generated: np.ndarray) -> list[float]:
    """C_T in cells of ours, authenticity and distance to training; wants no ties between points."""
    from sklearn.neighbors import NearestNeighbors

    near = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(training)
    from_real = near.kneighbors(real)[0][:, 0]
    from_generated, index = (found[:, 0] for found in near.kneighbors(generated))
    own = near.kneighbors()[0][:, 0]  # of each training point, without itself
    return [
        c_t(training, real, generated, from_real, from_generated),
        float(np.mean(from_generated > own[index])),
        float(from_generated.mean() / from_real.mean()),
    ]


def c_t(training, real, generated, from_real, from_generated) -> float:
    """From the p-values of SciPy's test."""
    from expost.metrics import cells
    from expost.metrics.c_t import CELLS, LEAST
    from scipy.stats import mannwhitneyu, norm

    centres = cells.centres(training, CELLS)
    of_real, of_generated = cells.assign(real, centres), cells.assign(generated, centres)
    scores, weights = [], []
    for cell in range(len(centres)):
        a, b = from_generated[of_generated == cell], from_real[of_real == cell]
        if len(a) >= LEAST and len(b):
            how = {"alternative": "less", "use_continuity": False, "method": "asymptotic"}
            test = mannwhitneyu(a, b, **how)
            scores.append(norm.ppf(test.pvalue))
            weights.append(len(b))
    return float(np.average(scores, weights=weights))


def kid(real: np.ndarray, generated: np.ndarray) -> float:
    """Kernel Inception Distance, by scikit-learn's kernel."""
    from sklearn.metrics.pairwise import polynomial_kernel

    same = []
    for points in (real, generated):
        kernel, n = polynomial_kernel(points, degree=3, coef0=1), len(points)
        same.append((kernel.sum() - np.trace(kernel)) / (n * (n - 1)))
    return float(sum(same) - 2 * polynomial_kernel(real, generated, degree=3, coef0=1).mean())


def vendi(features: np.ndarray) -> float:
    """Vendi Score, from the eigenvalues of all cosines."""
    from sklearn.metrics.pairwise import cosine_similarity

    values = np.linalg.eigvalsh(cosine_similarity(features) / len(features))
    values = values[values > 0]
    return float(np.exp(-np.sum(values * np.log(values))))
