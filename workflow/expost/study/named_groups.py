"""Which classes or attributes the `groups` of a data set mean."""

import unicodedata
from dataclasses import dataclass

import yaml

from ..datasets.class_names import written
from ..datasets.image_groups import NOT
from ..runtime import option_values

MOST = 20  # names in a message
LONGEST = 40  # characters of a number, a date or a truth value


@dataclass(frozen=True)
class Known:
    """What images of a data set can be asked for by.

    Attributes:
        dataset: its name.
        groups: names of classes, their numbers where they have none, or names of attributes.
        named: whether these are names of classes 0, 1, ...
        numbered: whether a number may stand for a class that is called otherwise.
    """

    dataset: str
    groups: tuple[int | str, ...]
    named: bool
    numbered: bool

    def meant(self, asked) -> int | str:
        """The group that a value of the config means, written as `groups` are.

        A value that is a name means that name, be it written as a text, or as a number or a truth
        value that YAML has read from that name and could not have read from another. A number that
        is none means the class of that number, if classes have numbers of their own.

        Raises:
            ValueError: it is none, or more than one; says what is known.
        """
        found = self._found(asked)
        if found is None and isinstance(asked, str) and asked.startswith(NOT):
            inner = self._found(asked.removeprefix(NOT).strip())
            found = None if inner is None else f"{NOT}{inner}"
        if found is None:
            raise ValueError(self._unknown(asked))
        return found

    def _found(self, asked):
        """Which of the known groups it is; None for none of them."""
        groups = {str(group): group for group in self.groups}
        if isinstance(asked, str):
            if asked not in groups:
                same = [name for name in groups if _composed(name) == _composed(asked)]
                asked = same[0] if len(same) == 1 else asked
            return groups.get(asked, self._of_number(asked))
        spelt = [name for name in groups if _same(_read(name), asked)]
        # 8 is what YAML makes of 010 too, and whoever writes 8 does not mean that.
        if len(spelt) == 1 and (type(asked) is not int or spelt == [str(asked)]):
            return groups[spelt[0]]
        if spelt:
            raise ValueError(
                f"got the group {asked!r} in the groups of data set {self.dataset!r}, which YAML "
                f"reads from {' and '.join(spelt)} alike; put the name that is meant in quotes"
            )
        return self._of_number(str(asked))

    def _of_number(self, text: str):
        """The class of that number; None where there is none, or where numbers are names."""
        if not (self.named and self.numbered and text.isascii() and text.isdecimal()):
            return None
        if any(isinstance(group, int) for group in self.groups):
            return None  # 0 of the names 1, 2, 3 is a slip
        return self.groups[int(text)] if int(text) < len(self.groups) else None

    def _unknown(self, asked) -> str:
        names = list(map(str, self.groups))
        if self.groups == tuple(range(len(names))):
            wanted = f"a class, 0..{len(names) - 1}"
        else:
            more = f" or {len(names) - MOST} more" if len(names) > MOST else ""
            wanted = f"one of {', '.join(names[:MOST])}{more},"
        return (
            f"got the group {asked!r}; wanted {wanted} in the groups of data set "
            f"{self.dataset!r}{self._remedy(asked, names)}"
        )

    def _remedy(self, asked, names) -> str:
        if not isinstance(asked, str) and self.named and not self.numbered:
            return ": write a name, as folders have no numbers"
        text = str(asked).removeprefix(NOT).strip()
        alike = {_plain(name): name for name in names}
        like = option_values.closest(_plain(text), alike)
        return f" (did you mean {alike[like]!r}?)" if like else ""


def _read(name: str):
    """What YAML makes of a name without quotes."""
    if isinstance(number := written(name), int) or len(name) > LONGEST:
        return number
    try:
        return yaml.safe_load(name)
    except (yaml.YAMLError, ValueError):  # of dates that no calendar has
        return name


def _same(one, other) -> bool:
    return type(one) is type(other) and one == other


def _composed(text: str) -> str:
    """Letters with their accents in one, which some file systems take apart."""
    return unicodedata.normalize("NFC", text)


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ")
