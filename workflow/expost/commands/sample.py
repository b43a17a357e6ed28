"""`expost sample`: a fitted sampler to new codes in a file."""

import argparse

from .. import samplers
from ..io import code_files, memory
from . import arguments

HELP = """Draw new codes from a fitted sampler.

example:
  expost sample model.npz -n 1000 -o new.npy"""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("model", metavar="MODEL", help="what `expost fit` wrote, or Sampler.save")
    parser.add_argument("-n", type=arguments.whole(1), required=True, help="how many codes")
    parser.add_argument(
        "--given",
        metavar="COLUMN=VALUE",
        type=arguments.condition,
        action="append",
        default=[],
        help="draw where this column, a name or number, has this value; for more columns again",
    )
    what = "a .npy, .npz, .csv or .parquet file to write"
    arguments.add_output(parser, "-o", "--output", what=what, required=True)
    arguments.add_seed(parser)


def do(asked: argparse.Namespace) -> None:
    """Draw and write.

    Raises:
        ValueError, RuntimeError, OSError, ImportError: what is wrong, and what to do.
    """
    code_files.check_name(asked.output)
    path = arguments.check_output(asked.output, asked.force, source=asked.model)
    sampler = samplers.load(asked.model)
    size = 8 * asked.n * sampler.n_features_in_
    memory.check(size, f"{asked.n:,} codes", "draw fewer at once, with other seeds")
    known = list(map(str, getattr(sampler, "feature_names_in_", ())))
    given = {
        int(column) if column.isdecimal() and column not in known else column: value
        for column, value in arguments.once(asked.given, "column").items()
    }
    codes = sampler.sample(asked.n, rng=asked.seed, given=given or None)
    d = codes.shape[1]
    names = known or [f"z{i}" for i in range(d)]
    code_files.write_codes(path, codes, names)
    name = type(sampler).__name__
    print(f"drew {asked.n:,} codes of {d} dimensions from {name}, seed {asked.seed}: {path}")
