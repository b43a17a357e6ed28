"""Side-by-side timings of what expost does and of what one would write without it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "workflow"))
