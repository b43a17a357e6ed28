"""What Snakemake would make of a command line, looked at before it reads a config.

To Snakemake all words after `--configfile` are files, up to the next option, and all after
`--config` are values. It reads them before the Snakefile; a target among them, or a file that is no
YAML, would end in a traceback. The default profile calls `check`.
"""

import re
import runpy
import shlex
import sys
from pathlib import Path

FILES, VALUES = ("--configfile", "--configfiles"), ("--config", "-C")


def check(words: list[str]) -> None:
    """End the process with one line about a word after `--configfile` or `--config` that is wrong.

    Args:
        words: of the command line, without Snakemake's name.
    """
    targets = []
    for options in (FILES, VALUES):
        if len(given := _times(words, options)) > 1:
            sys.exit(
                f"Error: got {' and '.join(given)}, of which Snakemake takes the last alone; write "
                f"one, with all that is meant after it: {options[0]} one two"
            )
    for place, option, word in taken(words):
        if option in VALUES and "=" not in word:
            targets.append(place)
        elif option in FILES and not Path(word).exists():
            if Path(word).suffix in (".yaml", ".yml", ".json"):
                sys.exit(f"Error: there is no file {word}, which {option} names; correct its path.")
            targets.append(place)
        elif option in VALUES and not re.match(r"[a-zA-Z_][\w-]*\w=", word):
            sys.exit(f"Error: got {word} after {option}; wanted a key of config.yaml before the =.")
        elif option in FILES:
            _check_file(word, option)
    if targets:
        option = next(option for place, option, _ in taken(words) if place == targets[0])
        wanted = "no file" if option in FILES else "no key=value"
        first = [word for place, word in enumerate(words) if place not in targets and word != "--"]
        moved = shlex.join(["snakemake", *first, "--", *(words[place] for place in targets)])
        sys.exit(
            f"Error: got {words[targets[0]]} after {option}, which is {wanted}. Put targets before "
            f"{option}, or `--` before them: {moved}"
        )


def taken(words: list[str]) -> list[tuple[int, str, str]]:
    """The words that Snakemake takes for files or for values: place, option and word."""
    found, option = [], ""
    for place, word in enumerate(words):
        if word == "--":
            break
        if word.startswith("-"):
            option, given, value = word.partition("=")
            if given and option in FILES + VALUES:
                found.append((place, option, value))
                option = ""  # takes no more
        elif option in FILES + VALUES:
            found.append((place, option, word))
    return found


def _times(words: list[str], options: tuple[str, ...]) -> list[str]:
    """The words, before any `--`, that are one of these options."""
    until = words.index("--") if "--" in words else len(words)
    return [word for word in words[:until] if word.partition("=")[0] in options]


def _check_file(word: str, option: str) -> None:
    if Path(word).is_dir():
        sys.exit(f"Error: {word}, which {option} names, is a folder; wanted a file in YAML.")
    library = Path(__file__).with_name("expost")
    try:
        runpy.run_path(str(library / "io/plain_yaml.py"))["check_config"](word)
    except (ValueError, OSError) as error:
        sys.exit(f"Error: {error}")
