"""YAML without merge keys, keys that stand twice, and numbers that are not as they are written."""

import json
import re
from contextlib import suppress
from pathlib import Path

import yaml

SHALLOW = 5000  # characters that can begin a level; those of the studies' files are some hundreds
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where PyYAML was built with it


class _Plain(yaml.constructor.SafeConstructor):
    """Of merge keys a few lines can stand for more than fits into memory."""

    def flatten_mapping(self, node):
        """Leave `<<` as it is: a key that nobody knows."""

    def construct_mapping(self, node, deep=False):
        """Refuse a key that stands there twice, of which YAML would take the last."""
        known = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in known:
                raise ValueError(
                    f"got {key.value} twice in the mapping of line {node.start_mark.line + 1}, "
                    f"again in line {key.start_mark.line + 1}"
                )
            known.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep)

    def construct_number(self, node):
        """Refuse what YAML 1.1 reads in base 8 or 60: a leading nought, or hours and minutes."""
        whole = node.tag.endswith("int")
        value = (self.construct_yaml_int if whole else self.construct_yaml_float)(node)
        octal = re.fullmatch("[-+]?0([0-7_]+)", node.value)
        if ":" not in node.value and not (octal and int(octal[1].replace("_", "0"), 8)):
            return value
        mark, other = node.start_mark, ""
        if octal:
            other = f", {int(node.value.replace('_', ''))} if that is,"
        raise ValueError(
            f"line {mark.line + 1}, column {mark.column + 1}: got {node.value}, which YAML reads "
            f"as {value}; write that if it is meant{other} or quotes around a text"
        )


for kind in ("int", "float"):
    _Plain.add_constructor(f"tag:yaml.org,2002:{kind}", _Plain.construct_number)


class _Loader(_Plain, yaml.SafeLoader):
    """In Python, ten times slower."""


class _FastLoader(_Plain, FAST):
    """In C, which crashes where a text goes a hundred thousand levels deep."""


def read_shallow(text: str):
    """What `load` makes of a text, faster; not of a config, which Snakemake reads by the other.

    Raises:
        ValueError: that of `load`.
    """
    if sum(map(text.count, "[{-?:")) < SHALLOW:  # one of them begins every level
        with suppress(yaml.YAMLError):  # which `load` says in words of its own
            return yaml.load(text, _FastLoader)
    return load(text)


def load(text: str):
    """What a text in YAML stands for, in Python's plain types.

    Raises:
        ValueError: it is no YAML, or a key stands in a mapping twice; says in which line.
    """
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        advice = ": indent by spaces, not by tabs" if "'\\t'" in str(error.problem) else ""
        where = f"line {mark.line + 1}, column {mark.column + 1}"
        raise ValueError(f"{where}: {error.problem or error.context}{advice}") from error
    except yaml.YAMLError as error:  # of characters that no text has
        raise ValueError(str(error).replace("\n", " ")) from error


def check_config(path: str | Path) -> None:
    """Refuse a config that is neither JSON nor YAML, or no mapping, before Snakemake reads it.

    Raises:
        OSError: it cannot be read.
        ValueError: what is wrong, and in which file and line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is no text in UTF-8 ({error.reason}); save it as that") from error
    try:
        try:
            content = json.loads(text)
        except ValueError:
            content = load(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no YAML: {error}; correct it") from error
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds no mapping; wanted keys and values, as in `on: [digits]`")
