"""Seeds that are hashes of what is computed."""

import hashlib

import numpy as np


def seed(*identity) -> int:
    """A seed in [0, 2^63) that depends on what is computed, never on when or where.

    Args:
        identity: whatever names the computation; leave out what must be shared. A sampler's
            training codes, say, are chosen without naming the sampler.
    """
    text = "/".join(map(str, identity))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def generator(*identity) -> np.random.Generator:
    """A random generator seeded by `identity` (see `seed`)."""
    return np.random.default_rng(seed(*identity))
