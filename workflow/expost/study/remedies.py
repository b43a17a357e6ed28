"""What to write in place of what does not fit a schema, where that can be told."""

import math
import re
from pathlib import Path

from ..runtime import option_values


def of(whole: dict, schemas: Path, name: str) -> str:
    """The remedy of the first thing that does not fit, a sentence; "" where none is known.

    Args:
        whole: a config or a study.
        schemas: the folder of their schemas.
        name: which of the two it is, "config" or "study".
    """
    import yaml
    from jsonschema import Draft202012Validator, exceptions

    config, study = (
        yaml.safe_load((schemas / f"{one}.schema.yaml").read_text()) for one in ("config", "study")
    )
    rules = config if name == "config" else study
    error = exceptions.best_match(Draft202012Validator(rules).iter_errors(whole))
    if error is None:
        return ""
    words = [one for one in error.context if one.validator == "enum"]
    if isinstance(error.instance, str) and words:  # some values of it are words
        error = words[0]
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        unknown = next(key for key in error.instance if key not in known)
        like = option_values.close(unknown, known)
        at_top = not error.path and not like
        drawn = whole.get("studies")
        first = str(drawn[0]) if drawn and isinstance(drawn, list) else "…"
        above = first if name == "config" else ""
        elsewhere = _elsewhere(unknown, above, study["properties"]) if at_top else ""
        return elsewhere or f"Known are {', '.join(known)}{like}"
    if error.validator == "enum":
        wanted = error.validator_value
        like = option_values.close(error.instance, wanted)
        return f"Wanted one of {', '.join(map(str, wanted))}{like}"
    if error.validator == "type":
        key = next((part for part in reversed(error.path) if isinstance(part, str)), name)
        numbers = error.schema.get("items", {}).get("type") == "integer"
        return _of_type(key, error.instance, error.validator_value, numbers)
    if error.validator == "pattern" and isinstance(error.instance, str):
        as_number = _of_type("value", error.instance, error.schema.get("type", ""), False)
        if as_number:
            return as_number
        like = re.sub(r"[^a-z0-9]+", "_", error.instance.lower()).strip("_")
        fits = re.search(error.validator_value, like)
        return f"Wanted small letters, digits and _: write {like}" if fits else ""
    if error.validator == "multipleOf":
        below = error.instance // error.validator_value * error.validator_value
        return f"Write {below} or {below + error.validator_value}"
    return ""


def _elsewhere(key: str, above: str, study: dict) -> str:
    """Where a key belongs that stands at the top of a study, or of a config whose study is `above`.

    Returns:
        A sentence; "" where it belongs nowhere.
    """
    of_study = option_values.closest(key, study) if above else None
    of_training = option_values.closest(key, study["training"]["properties"])
    if not (of_study or of_training):
        return ""
    kind, inner = "study", f"{of_study}: …"
    if not of_study:
        kind, inner = "training", f"training: {{{of_training}: …}}"
    if above:
        inner = f"overrides: {{{above}: {{{inner}}}}}"
    return f"Of a {kind} is {of_study or of_training!r}: write `{inner}`"


def _of_type(key: str, got, wanted: str | list[str], numbers: bool) -> str:
    """How to write what came as another type, as a number as text, or a list without brackets.

    Args:
        key: where it stands.
        got: what stands there.
        wanted: the type, or several.
        numbers: whether what is wanted is a list of whole numbers.
    """
    if got is None:
        return f"There is nothing behind {key!r}: leave it out for what is usual, or give a value"
    if wanted == "array" and numbers and not str(got).isdecimal():
        return "Wanted a list of whole numbers, as [1, 2]"
    if wanted == "array" and isinstance(got, str | int | float):
        import yaml

        listed = yaml.safe_dump([got], default_flow_style=True).strip()
        return f"Wanted a list, as in `{key}: {listed}`"
    name = {"optimiser": "name", "schedule": "kind"}.get(key)
    if wanted == "object" and isinstance(got, str) and name:
        return f"Write `{key}: {{{name}: {got}}}`"
    if wanted == "object":
        return f"Wanted keys and values below {key!r}, their lines further in than its own"
    try:
        if "integer" in wanted and isinstance(got, str | float):
            option_values.count(key, got, least=-math.inf)
        elif "number" in wanted and isinstance(got, str):
            option_values.number(key, got)
    except ValueError as refused:
        said = str(refused)
        return f"G{said[1:]}" if ": write" in said else ""
    return ""
