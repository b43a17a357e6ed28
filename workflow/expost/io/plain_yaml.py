"""YAML without merge keys, and without a key that stands in a mapping twice."""

import yaml


class _Loader(yaml.SafeLoader):
    """Of merge keys a few lines can stand for more than fits into memory."""

    def flatten_mapping(self, node):
        """Leave `<<` as it is: a key that nobody knows."""

    def construct_mapping(self, node, deep=False):
        """Refuse a key that stands there twice, of which YAML would take the last."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            line = node.start_mark.line + 1
            raise ValueError(f"got {', '.join(twice)} twice in the mapping of line {line}")
        return super().construct_mapping(node, deep)


def load(text: str):
    """What a text in YAML stands for, in Python's plain types.

    Raises:
        ValueError: a key stands in a mapping twice.
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(text, _Loader)
