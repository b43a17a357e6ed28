"""Vine copula with nonparametric pair copulas."""

import numpy as np

from .base import Sampler


class Vine(Sampler):
    """Regular vine of nonparametric pair copulas, with kernel-density margins.

        f(z) = Πⱼ fⱼ(zⱼ) · Π_edges c_ab|D(F_a|D, F_b|D)

    Trees are chosen by Kendall's tau (Dissmann's algorithm), pair copulas fitted by transformed
    local likelihood, margins by kde1d; all of it is pyvinecopulib's. Trees above `truncation`
    are taken for independence: 0 leaves independent margins.

    Args:
        truncation: number of trees kept; None for all d - 1.
        threads: cores for fitting and drawing; results do not depend on it.

    Attributes:
        json_: the fitted distribution in pyvinecopulib's JSON, UTF-8 bytes as uint8.

    References:
        Dissmann, Brechmann, Czado & Kurowicka (2013), "Selecting and estimating regular vine
        copulae and application to financial returns", Computational Statistics & Data Analysis 59.
        Tagasovska, Ackerer & Vatter (2019), "Copulas as high-dimensional generative models:
        vine copula autoencoders", NeurIPS.
    """

    libraries = ("pyvinecopulib", "array_api_compat.numpy")

    def __init__(self, truncation=15, threads=1):
        self.truncation, self.threads = truncation, threads

    def _fit(self, codes, rng):
        import pyvinecopulib as pv

        if self.truncation is not None and self.truncation < 0:
            raise ValueError(f"truncation must be None or at least 0, got {self.truncation}")
        if self.threads < 1:
            raise ValueError(f"threads must be at least 1, got {self.threads}")
        controls = pv.FitControlsVinecop(family_set=[pv.BicopFamily.tll], num_threads=self.threads)
        if self.truncation is not None:
            controls.trunc_lvl = self.truncation
        text = pv.Vinedist.from_data(codes, controls=controls).to_json()
        self.json_ = np.frombuffer(text.encode(), dtype=np.uint8)

    def _prepare(self):
        import pyvinecopulib as pv

        # Read back even right after the fit, so that a saved vine draws the very same codes.
        self._vine = pv.Vinedist.from_json(self.json_.tobytes().decode())

    def _sample(self, n, rng):
        seeds = rng.integers(2**31, size=5).tolist()
        return np.ascontiguousarray(self._vine.sample(n, num_threads=self.threads, seeds=seeds))

    def _score_samples(self, codes):
        return self._vine.logpdf(codes)
