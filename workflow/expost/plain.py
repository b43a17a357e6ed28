"""What a config may be made of: text, numbers, lists and mappings, as in JSON."""

FRACTIONAL = ("test", "learning_rate", "weight_decay", "beta")  # as are options of samplers


def check(value, *where: str) -> None:
    """Refuse what YAML knows beyond JSON, and whole numbers with a point, which paths would have.

    To the schema 40.0 is an integer, to Python it is none.

    Args:
        value: the config or, with the keys that lead to it, a part of it.
        where: these keys.

    Raises:
        ValueError: what was got, where, and what was wanted.
    """
    place = ".".join(where) or "the config"
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise ValueError(f"got the key {key!r} in {place}; wanted text: put it in quotes")
            check(part, *where, key)
    elif isinstance(value, list):
        for part in value:
            check(part, *where)
    elif isinstance(value, float):
        free = where[:1] == ("samplers",) or "knobs" in where or where[-1] in FRACTIONAL
        if value.is_integer() and not free:
            raise ValueError(f"got {value} for {place}; write whole numbers without a point")
    elif not isinstance(value, str | int | None):
        raise ValueError(
            f"got {value!r} for {place}, which YAML takes for a {type(value).__name__}; wanted "
            "text, put in quotes, or a number"
        )
