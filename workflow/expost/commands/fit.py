"""`expost fit`: a sampler and codes to a fitted sampler in a file."""

import argparse

from .. import samplers
from . import arguments

HELP = """Fit a sampler to codes and keep it in a file.

example:
  expost fit my.npy --sampler gmm --option n_components=20 -o model.npz

In Python, expost.load("model.npz") reads the file."""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    names = ", ".join(name for name in samplers.names() if name not in samplers.CONTROLS)
    arguments.add_codes(parser)
    parser.add_argument("--sampler", required=True, help=f"{names}; or one of the controls")
    arguments.add_output(parser, "-o", "--output", what="an .npz file to write", required=True)
    parser.add_argument(
        "--option",
        type=arguments.setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="of the sampler, as its class's docstring has them; any number of times",
    )
    arguments.add_seed(parser)


def do(asked: argparse.Namespace) -> None:
    """Fit and save.

    Raises:
        ValueError, TypeError, OSError, ImportError: what is wrong, and what to do.
    """
    path = arguments.check_output(asked.output, asked.force, ".npz", asked.codes)
    sampler = samplers.build(asked.sampler, **arguments.once(asked.option))
    codes = arguments.read(asked.codes, asked.array, asked.columns)
    sampler.fit(codes, rng=asked.seed)
    sampler.save(path)
    n, d = codes.shape
    print(f"fitted {sampler!r} to {n:,} codes of {d} dimensions, seed {asked.seed}: {path}")
