"""Shares of the variance of scores in numbers and in words."""

import numpy as np

from ..analyses.two_way import Explained
from ..stats.two_way import PARTS
from . import layout

HEADINGS = ("Autoencoder", "Sampler", "Both together", "Seeds")  # as `PARTS`
TESTED = [f"p, {name}" for name in HEADINGS[:3]]
COLUMNS = ("Measure", "of", *HEADINGS, *TESTED, "What matters more")
NOTE = (
    "Shares: omega², which chance alone leaves at 0 on average and may take below, ± half-width of "
    "the 95 % jackknife interval over seeds. Both together: what a sampler gains on one "
    "autoencoder and not on another. Seeds: all that differs between seeds, trainings and draws. "
    "p: of an F test of each effect against its own interaction with seeds, as seeds share data "
    "and samplers trainings; in brackets an upper bound that does not suppose that all differences "
    "vary alike. What matters more is what has the larger share by the interval of the difference, "
    "in percent points."
)


def records(explained: Explained, of: dict) -> list[dict]:
    """A record of each part of the variance."""
    found, records = explained.found, []
    of = of | {"scale": "logarithm" if explained.logarithm else "value"}
    for part, name in zip(PARTS if found else (), HEADINGS, strict=False):
        record = {"part": name.lower(), "share": found.omega[part], "eta": found.eta[part]}
        record["share_half_width"] = found.half_width[part]
        effect = found.effects.get(part)
        records.append(of | record | (effect._asdict() if effect else {}))
    lead = {"share": found.lead, "share_half_width": found.lead_half_width} if found else {}
    note = explained.reason or explained.leader() or "cannot be told"
    return [*records, of | lead | {"part": "autoencoder less sampler", "verdict": note}]


def in_words(explained: Explained) -> list[str]:
    """Shares in percent, probabilities, and what matters more."""
    found, scale = explained.found, "logarithm" if explained.logarithm else "value"
    if found is None:
        return [scale, *[layout.NOT_RUN] * 7, f"Cannot be told: {explained.reason}."]
    shares = [layout.plus_minus(*_percent(found.omega[k], found.half_width[k])) for k in PARTS]
    tests = [f"{_p(e.p)} ({_p(e.cautious_p)})" for e in found.effects.values()]
    return [scale, *shares, *tests, _verdict(explained)]


def _percent(share: float, half: float) -> tuple[float, float]:
    return 100 * share, 100 * half


def _p(value: float) -> str:
    return layout.NOT_RUN if np.isnan(value) else "<0.001" if value < 0.001 else f"{value:.3f}"


def _verdict(explained: Explained) -> str:
    """A sentence on which of the two scores depend on more."""
    lead, half = _percent(explained.found.lead, explained.found.lead_half_width)
    if np.isnan(half):
        return "Cannot be told from two seeds."
    if not (leader := explained.leader()):
        return f"Cannot be told: autoencoder less sampler is {layout.plus_minus(lead, half)}."
    return f"The {leader}, by {layout.plus_minus(abs(lead), half)}."
