"""Freed memory is kept for the next arrays."""

import subprocess
import sys
from pathlib import Path

LIBRARY = Path(__file__).parents[1] / "workflow"

# Arrays above glibc's first threshold, freed at the end of the heap; faults of all later rounds.
ROUNDS = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import numpy as np
from expost.runtime import freed_memory
if "keep" in sys.argv:
    assert freed_memory.keep()
for turn in range(12):
    if turn == 2:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    made = [np.ones(2**20) for _ in range(20)]
    del made
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*arguments):
    call = [sys.executable, "-c", ROUNDS, str(LIBRARY), *arguments]
    return int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)


def test_the_system_is_not_asked_again_for_what_was_freed():
    """Twenty arrays of 8 MiB are 40,960 pages of 4 KiB a round, fewer where pages are larger."""
    assert 5 * faults("keep") < faults()
