"""Names of the columns of tables."""

from collections import Counter
from collections.abc import Iterable


def check(names: Iterable[str], shown: str) -> None:
    """Refuse one name for several columns, of which nobody could ask for one.

    Args:
        names: of all columns.
        shown: the file, as messages name it.

    Raises:
        ValueError: a name that is there more than once.
    """
    for name, count in Counter(names).items():
        if count > 1:
            raise ValueError(
                f"{shown} has {count} columns called {name!r}; give each a name of its own"
            )
