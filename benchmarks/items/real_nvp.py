"""Real NVP: a pass over the codes, against two networks a coupling; and early stopping."""

from collections.abc import Iterator

import numpy as np

from ..compare import Row, alone, compare, rates, relative
from ..data import codes

N, EPOCHS, STEPS = 2000, 4, 3000


def rows() -> Iterator[Row]:
    """Passes over 2,000 codes of three lengths; 3,000 steps on such of length 10."""
    for d in (10, 20, 100):
        yield _passes(d)
    yield from (_fit(patience) for patience in (None, 10))


def _passes(d: int) -> Row:
    from expost.samplers import RealNVP

    from ..plain import real_nvp as plain

    x = codes(N, d)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    return compare(
        f"Real NVP, {EPOCHS} passes over {N:,} codes, d = {d}",
        ("PyTorch, networks for s and for t", lambda: plain.train(z, EPOCHS)),
        lambda: RealNVP(epochs=EPOCHS, patience=None).fit(x, 0),
        lambda _, ours: _gap(ours, x),
        1e-4,
        # Three products (forwards, backwards for weights and for inputs) a layer and code; the
        # hidden layers have width 256, the two others d numbers in all and d out: s and t.
        floor=EPOCHS * N * 4 * 3 * 2 * 256 * (256 + 1.5 * d) / (rates()["sgemm"][0] * 1e9),
    )


def _gap(sampler, x: np.ndarray) -> float:
    """Of the density that we say, and that the plain flow says with the same weights."""
    import torch

    from ..plain.real_nvp import twin

    flow = twin(sampler)
    z = torch.from_numpy((x - sampler.mean_) / sampler.scale_).float()
    with torch.no_grad():
        expected = flow.log_prob(z).numpy() - np.log(sampler.scale_).sum()
    return relative(expected, sampler.score_samples(x))


def _fit(patience: int | None) -> Row:
    from expost.samplers import RealNVP

    x, others = np.split(codes(2 * N, 10), 2)

    def check(sampler) -> tuple[str, bool]:
        seen, new = (sampler.score_samples(part).mean() for part in (x, others))
        return f"log-likelihood {seen:.2f}, of other codes {new:.2f}", bool(np.isfinite(new))

    name = "without early stopping" if patience is None else f"patience = {patience} passes"
    return alone(
        f"Real NVP, at most {STEPS:,} steps on {N:,} codes, d = 10, {name}",
        lambda: RealNVP(steps=STEPS, patience=patience).fit(x, 0),
        check,
        rounds=1,
    )
