"""A comparison of all samplers, as `expost.compare` makes it of somebody's codes.

There is nothing plain beside it. The seconds are of the wall, of processes of its own as many as
there are cores; what they compute is checked by the control `copy`, whose draws are codes.
"""

import resource
from collections.abc import Iterator

from ..compare import Row, alone
from ..data import codes


def rows() -> Iterator[Row]:
    """2,000 codes of 16 dimensions, three seeds."""
    import expost

    x = codes(2000, 16)

    def ours():
        before = _seconds_of_children()
        return expost.compare(x, progress=False), before

    def check(result):
        table, before = result
        used = _seconds_of_children() - before
        copies = table.frame.query("sampler == 'copy' and metric == 'nearest_training'")
        right = not table.failures and (copies["value"] == 0).all()
        return f"copies at distance 0; {used:.0f} s of CPU in its processes", bool(right)

    yield alone(
        "comparison of all samplers, 2,000 codes, d = 16, three seeds", ours, check, rounds=1
    )


def _seconds_of_children() -> float:
    """Of processes that have ended, which those of a comparison do when they are told to."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
