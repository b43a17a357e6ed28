"""How many random cases each test tries, and what may come of each.

EXPOST_FUZZ=100000 tries so many cases, new ones every time, instead of the same few thousand.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as trying

TOTAL = int(os.environ.get("EXPOST_FUZZ", 3000))


def cases(share):
    """So large a share of all cases, the same ones every time unless their number was given."""
    return trying(
        max_examples=max(1, round(share * TOTAL)),
        derandomize="EXPOST_FUZZ" not in os.environ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def survives(path, content, read):
    """A reader returns something, or says which file is wrong."""
    path.write_bytes(content)
    message = path.name
    try:
        read(path)
    except (ValueError, FileNotFoundError) as error:
        message = str(error)
    assert path.name in message
