"""The dependence of one fitted sampler with the margins of another."""

import copy
from typing import Self

from .keeping import Keeping


class Recombining(Keeping):
    """A sampler that is a copula with margins, if its class writes `_take_margins`."""

    def with_margins_of(self, other: Self) -> Self:
        """A fitted sampler with the dependence of `self` and the margins of `other`.

            F(z) = C(G₁(z₁), ..., G_d(z_d)),   C the copula of `self`, Gⱼ the margins of `other`

        From the same `rng` it draws the same points of the copula as `self`, so draw i of one and
        draw i of the other differ in their margins only. `given` still names rows of the codes
        that `self` was fitted to. For `gaussian`, `vine` and `empirical_beta`; of `independent`,
        which has no dependence to keep, nothing is left but the margins of `other`.

        Args:
            other: a sampler of the same class and dimension, fitted to any number of codes.

        Raises:
            TypeError: this sampler has no copula of its own, or `other` is of another class.
            ValueError: `other` was fitted to codes of another dimension.
            RuntimeError: one of the two is not fitted yet.
        """
        self._check_fitted()
        if not self.recombines():
            raise TypeError(
                f"{type(self).__name__} has no copula apart from its margins; recombine with "
                "gaussian, vine, empirical_beta or independent"
            )
        if type(other) is not type(self):
            raise TypeError(
                f"got margins of {type(other).__name__} for the copula of {type(self).__name__}; "
                f"wanted those of another {type(self).__name__}"
            )
        other._check_fitted()
        if other.n_features_in_ != self.n_features_in_:
            raise ValueError(
                f"got margins of {other.n_features_in_} dimensions for a copula of "
                f"{self.n_features_in_}; fit both to codes of the same autoencoder"
            )
        recombined = copy.copy(self)
        recombined._take_margins(other)
        if hasattr(other, "codes_range_"):  # not of a file of an earlier version
            recombined.codes_range_ = other.codes_range_
        recombined._prepare()
        return recombined

    @classmethod
    def recombines(cls) -> bool:
        """Whether samplers of this class can take each other's margins."""
        return cls._take_margins is not Recombining._take_margins

    def _take_margins(self, other: Self) -> None:
        """Replace the margins by those of `other`, fitted and of the same class and dimension."""
