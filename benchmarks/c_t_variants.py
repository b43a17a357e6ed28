"""`python -m benchmarks.c_t_variants`: C_T as here and as in its authors' code, in codes of digits.

Codes are the first ten principal components of scikit-learn's digits: 600 to fit samplers to, 500
to compare with, 500 draws. A row is a sampler, with means over seeds; the last column is the
authors' statistic with distances to all training points, which leaves ties, continuity and the
least number in a cell.
"""

import numpy as np
from expost.metrics.c_t import c_t
from expost.metrics.c_t_authors import statistic
from expost.metrics.copying_search import search
from expost.samplers import GMM, KDE, EmpiricalBetaCopula, Gaussian, Independent
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

SEEDS = 10
FITTED, DRAWS = 600, 500
SAMPLERS = {
    "`gaussian`": Gaussian(),
    "`independent`": Independent(),
    "`gmm`": GMM(),
    "`kde`": KDE(high=8.0, count=80),
    "`empirical_beta`": EmpiricalBetaCopula(),
}


def main() -> None:
    """Print the table."""
    print("| draws | C_T | by the authors' code | the same, cells not parting distances |")
    print("| --- | --: | --: | --: |")
    found = [_of_seed(seed) for seed in range(SEEDS)]
    for name in found[0]:
        means = np.mean([of[name] for of in found], axis=0)
        print(f"| {name} | {' | '.join(f'{value:.2f}' for value in means)} |")


def _of_seed(seed: int) -> dict[str, tuple[float, float, float]]:
    rng = np.random.default_rng(seed)
    codes = PCA(10, random_state=0).fit_transform(load_digits().data)
    training, real, other = np.split(
        rng.permutation(codes)[: FITTED + 2 * DRAWS], [FITTED, FITTED + DRAWS]
    )
    drawn = {name: s.fit(training, seed).sample(DRAWS, seed) for name, s in SAMPLERS.items()}
    drawn |= {"training copies": training[:DRAWS], "held-out images": other}
    return {name: _variants(training, real, draws) for name, draws in drawn.items()}


def _variants(*samples: np.ndarray) -> tuple[float, float, float]:
    nearest = search(*samples)
    return c_t(nearest), statistic(nearest), statistic(nearest, parted=False)


if __name__ == "__main__":
    main()
