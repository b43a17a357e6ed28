"""What is told of the codes of an epoch, gathered batch by batch, and codes that are none."""

from torch import Tensor

from ..runtime.log import log

SATURATED = 0.95


class Seen:
    """Sums over the codes that a training has made, in float64."""

    def __init__(self):
        self.items, self.ratios, self.longest, self.sums, self.squares = 0, 0.0, 0.0, 0.0, 0.0

    def add(self, codes: Tensor, gap: Tensor) -> None:
        """Take note of codes, (n, d), and of log q/p at each, (n,)."""
        codes = codes.double()
        self.items += len(codes)
        self.ratios = self.ratios + gap.double().sigmoid().sum()
        self.longest = codes.norm(dim=1).max().clamp_min(self.longest)
        self.sums = self.sums + codes.sum(dim=0)
        self.squares = self.squares + codes.square().sum(dim=0)

    def told(self) -> dict[str, float]:
        """Mean of q / (p + q), length of the longest code, mean variance over dimensions.

        The log warns where the ratio says that next to no derivative of it is left.
        """
        variance = self.squares / self.items - (self.sums / self.items) ** 2
        ratio = float(self.ratios / self.items)
        if ratio > SATURATED:
            log.warning(
                "the mean ratio of densities is %.3f, near 1: codes have outgrown their target, "
                "and next to nothing is learnt of it; try jsd_form log_ratio or code_norm scaled",
                ratio,
            )
        return {
            "ratio": ratio,
            "longest_code": float(self.longest),
            "variance_of_codes": float(variance.mean()),
        }


def check(codes: Tensor, batch: int, weight: float) -> None:
    """Refuse codes that are no longer finite.

    Args:
        codes: shape (m, d).
        batch: how many batches have been played, over all epochs.
        weight: of the term that they are for.

    Raises:
        FloatingPointError: says how many they are, and what to lower.
    """
    if bad := len(codes) - int(codes.isfinite().all(dim=1).sum()):
        raise FloatingPointError(
            f"training diverged: after {batch} batches {bad} of {len(codes)} codes are not finite; "
            f"try a lower learning_rate or options.weight below {weight}"
        )
