"""Names of folders that mean a part of a data set and not a class."""

import re
from collections.abc import Iterable

from .arrays import PARTS

WORDS = {
    "train": "train|training|trn|trainval",
    "test": "test|testing|tst",
    "validation": "val|valid|validation|dev|development|eval|evaluation|holdout|heldout",
}
# No two of these in a row are a third, or matching could take for ever.
BESIDE = (
    r"(?:sets?|subset|data|images?|imgs?|pictures?|pics?|photos?|samples?|examples?|cases|files?|"
    r"folder|dir|splits?|part|partition|[12]\d{3})*"
)


def meaning(name: str) -> str | None:
    """`train`, `test` or `validation`, if a name says no more than that, as "Training Images"."""
    glued = re.sub(r"[\W_]+", "", name.casefold())
    found = (part for part, words in WORDS.items() if _says(words, glued))
    return next(found, None)


def parts_among(names: Iterable[str]) -> list[str]:
    """Those folders beside each other that are parts, whatever their case and affixes.

    They are if their names say parts and no more, and not just one of several does, as of Bus, Car
    and Train; or if they differ in nothing but such a word, as seg_train and seg_test do. Of
    validation alone nothing else may be left, as there is of valid and invalid.
    """
    names = list(names)
    plain = {name: part for name in names if (part := meaning(name))}
    others = len(names) - len(plain)
    if set(PARTS) & set(plain.values()):
        parts = set(plain) if len(plain) > 1 or others < 2 else set()
    else:
        parts = set(plain) if len(plain) > 1 and not others else set()
    alike: dict[tuple, dict[str, str]] = {}
    for name in names:
        for rest, part in _with_affixes(name):
            alike.setdefault(rest, {})[name] = part
    for same in alike.values():
        if len(found := set(same.values())) > 1 and set(PARTS) & found:
            parts |= set(same)
    return [name for name in names if name in parts]


def _says(words, glued):
    return re.fullmatch(f"{BESIDE}(?:{words}){BESIDE}", glued)


def _with_affixes(name):
    """What is left of a name without each of its words that means a part, and which part."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = re.findall(r"[^\W\d_]+|\d+", apart.casefold())
    words = words[words[0].isdecimal() :] if words else []  # as 1_train, 2_test
    for place, word in enumerate(words):
        for part, known in WORDS.items():
            if re.fullmatch(known, word):
                yield (*words[:place], None, *words[place + 1 :]), part
