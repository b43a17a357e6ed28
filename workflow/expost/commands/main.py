"""What a command line asks for, done; or one line that says what is wrong with it."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from ..io.escaping import in_one_line
from .arguments import Parser

COMMANDS = ("fit", "sample", "compare")  # modules of this package, each with `HELP`, `add`, `do`
FAILED, STOPPED = 2, 130  # exit statuses; the second as shells have it for Ctrl-C
REFUSALS = (ValueError, TypeError, RuntimeError, OSError, ImportError, MemoryError)


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words of a command line ask for.

    Args:
        words: without the program's name; None for those of this process.

    Returns:
        0, or `FAILED` where one line on stderr says what was wrong.

    Raises:
        SystemExit: the words are none of a command, with status 2; or ask for help, with 0.
    """
    asked = _parser().parse_args(words)
    try:
        import_module(f".{asked.command}", __package__).do(asked)
    except REFUSALS as error:
        text = in_one_line(str(error)) or type(error).__name__
        print(f"expost {asked.command}: error: {text}", file=sys.stderr)
        return FAILED
    return 0


def run() -> None:
    """The program `expost`: `main`, and its status."""
    try:
        status = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = STOPPED
    except BrokenPipeError:  # who reads has enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    sys.exit(status)


def _parser() -> Parser:
    from .. import __version__

    parser = Parser(
        prog="expost",
        description="Samplers of latent codes: fit one, draw from it, or compare them all.",
        epilog="expost COMMAND --help has an example of each.",
    )
    parser.add_argument("--version", action="version", version=f"expost {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f".{name}", __package__)
        about, *more = module.HELP.split("\n", 1)
        command = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=more[0],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add(command)
    return parser


if __name__ == "__main__":
    run()
