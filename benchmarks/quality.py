"""How good samplers' codes are, and what they cost: `python -m benchmarks.quality [sampler ...]`.

Of two laws of ten dimensions: principal components of the handwritten digits, 900 codes to fit to
and the other 897 to compare with; and a bent mixture, 2,000 and 2,000. As many codes are drawn as
there are to compare with. Each number is the mean over three seeds, of the split (digits) or the
sample (mixture), the fit and the draws, and ± is half the range. A whole run, of every sampler
below, also writes `benchmarks/quality.md`. One thread.
"""

import argparse
import time
from pathlib import Path

import numpy as np
from expost.runtime import threads

threads.limit(1)  # before anything is loaded

NAMES = ("gaussian", "gmm", "kde", "empirical_beta", "real_nvp", "flow_matching", "second_vae")
SHOWN = ("held-out log-likelihood", "density", "coverage", "c_t", "authenticity")
SEEDS = 3
HEADER = [
    f"| codes | sampler | {' | '.join(SHOWN)} | fit, s of CPU | draw, s |",
    "| --- | --- " + 7 * "| --: " + "|",
]


def digits(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ten principal components of the digits in units of their deviations, to fit to and others."""
    from sklearn.datasets import load_digits
    from sklearn.decomposition import PCA

    codes = PCA(10, whiten=True, random_state=0).fit_transform(load_digits().data)
    return np.split(np.random.default_rng(seed).permutation(codes), [900])


def mixture(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two samples of five clusters, each bent in four directions of its own, in unit deviations."""
    law, rng = np.random.default_rng(0), np.random.default_rng(1 + seed)
    centres, turns = 1.5 * law.standard_normal((5, 10)), law.standard_normal((5, 10, 10))
    x = rng.standard_normal((4000, 10)) * ([1] * 5 + [0.3] * 5)
    x[:, 5:9] += 0.5 * (x[:, 1:5] ** 2 - 1)
    kind = rng.integers(5, size=len(x))
    codes = centres[kind] + np.einsum("nj,njk->nk", x, np.linalg.qr(turns)[0][kind])
    return np.split(codes / codes.std(axis=0), 2)


def measured(name: str, codes: np.ndarray, others: np.ndarray, seed: int) -> list[float]:
    """Of one fit: what `SHOWN` names, and the CPU seconds of fitting and of drawing."""
    from expost import Features, samplers, score

    sampler = samplers.build(name)
    times = [time.process_time()]
    sampler.fit(codes, seed)
    times.append(time.process_time())
    new = sampler.sample(len(others), seed)
    times.append(time.process_time())
    found = score(
        *map(Features, (others, new, codes)), codes=True, families=("two_sample", "copying")
    )
    try:
        found[SHOWN[0]] = sampler.score_samples(others).mean()
    except TypeError:  # no density
        found[SHOWN[0]] = np.nan
    return [*(found[key] for key in SHOWN), *np.diff(times)]


def row(label: str, name: str, law) -> str:
    """A line of the table."""
    found = np.array([measured(name, *law(seed), seed) for seed in range(SEEDS)])
    cells = [
        "–" if np.isnan(middle) else f"{middle:.2f} ± {spread:.2f}"
        for middle, spread in zip(found.mean(axis=0), np.ptp(found, axis=0) / 2, strict=True)
    ]
    return f"| {label} | `{name}` | {' | '.join(cells)} |"


def main() -> None:
    """Print rows as they come."""
    from expost import samplers

    from .compare import machine

    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("sampler", nargs="*", choices=[*samplers.names(), []], help="default: all")
    chosen = parser.parse_args().sampler or NAMES
    lines = [machine(), "", *HEADER]
    print("\n".join(lines), flush=True)
    for label, law in (("digits, n = 900", digits), ("bent mixture, n = 2,000", mixture)):
        for name in chosen:
            lines.append(row(label, name, law))
            print(lines[-1], flush=True)
    if chosen == NAMES:
        (Path(__file__).parent / "quality.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
