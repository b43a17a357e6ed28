"""Which sampler suits somebody's codes: all that suit fitted, scored, priced, and one named.

import expost

table = expost.compare(codes)  # (n, d)
table.best()
"""

from .choice import Choice
from .comparison import Comparison
from .running import compare

__all__ = ["Choice", "Comparison", "compare"]
