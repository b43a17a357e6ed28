"""What is to be known of a comparison beside its numbers, a sentence each."""

import re

import numpy as np

from ..analyses import code_normality
from ..datasets import wide_columns
from ..divergences.normality import Normality, normality
from ..runtime import seeding
from . import codes_given
from .one_run import Run
from .parts import MOST_DRAWS, Parts

LONG = 60.0  # seconds of which a note is made
MOST_NORMAL = 2000  # codes whose entropy is compared with that of normal ones: a second
NUMBERS = re.compile(r"(?<=columns \()\d+(, \d+)*")  # in what samplers warn of
MISSING, SLOW, MIND = "Left out for missing packages", "Left out as too slow", "Mind"


class Caveat(str):
    """A note on which the choice depends.

    Attributes:
        caveat: for the end of the choice's sentence, a heading and a few words.
    """

    caveat: tuple[str, str]

    def __new__(cls, note: str, *caveat: str):
        """Its full text, then the two."""
        made = super().__new__(cls, note)
        made.caveat = caveat
        return made


def of_sizes(
    n: int, left: int, size: int, draws: int, most_draws: int, d: int, bytes_: int, seconds: float
) -> list[str]:
    """How many of the codes are used, and what that takes if it is much."""
    notes = []
    if size < left:
        notes.append(
            f"Of {n:,} codes {left:,} are left to fit to, and each seed fits to {size:,} of these, "
            "drawn at random (size); no others are looked at."
        )
    if draws < most_draws and draws == MOST_DRAWS:
        notes.append(f"{draws:,} draws are compared with as many of {2 * most_draws:,} held out.")
    if seconds > LONG or size < left:
        notes.append(
            f"All fits, to codes of {d} dimensions, are reckoned to take {seconds:,.0f} s of CPU, "
            f"and {bytes_ / 2**30:.2g} GiB of memory beside the codes."
        )
    return notes


def of_codes(names: list, parts: list[Parts], told: bool) -> list[str]:
    """What the codes of all seeds have that a score could be misread for.

    Args:
        names: of the columns, or their numbers.
        parts: of all seeds.
        told: whether the test codes were given.

    Raises:
        ValueError: all held-out codes of a seed are among those that are fitted to.
    """
    notes, same, of = [], 0, 0
    for part in parts:
        held = np.concatenate([part.reference, part.other])
        found = codes_given.shared(held, part.fitted)
        if found[: len(part.reference)].all():
            raise ValueError(
                "all test codes are among the codes that samplers are fitted to, and copies could "
                "not be told from new codes; hand in others as test"
                if told
                else "all held-out codes are equal to others; are the rows there several times? "
                "take each once: numpy.unique(codes, axis=0)"
            )
        same, of = same + int(found.sum()), of + len(found)
    if same:
        whose = "test codes" if told else "held-out codes"
        share = f"{same / of:.2%} of the {whose} are equal to fitted ones"
        notes.append(
            Caveat(
                f"{share}, so that held_out copies, too: leave out what is there twice, unless it "
                "is right that codes repeat.",
                *(MIND, share),
            )
        )
    if len(np.unique(parts[0].fitted % 1)) == 1:
        notes.append("All codes are whole numbers, but samplers also draw what lies between them.")
    n, d = parts[0].fitted.shape
    if n <= d:
        notes.append(f"{n} codes of {d} dimensions lie in a plane: few samplers can fit these.")
    if wide := wide_columns.found(parts[0].fitted, names):
        notes.append(Caveat(wide_columns.remark(wide), MIND, wide))
    return notes


def of_normality(codes: np.ndarray) -> tuple[Normality | None, str]:
    """How normal codes are, and the same in words; nothing, and why, where that cannot be told.

    Args:
        codes: all that a comparison looks at.
    """
    rng = seeding.generator("normality of codes", *codes.shape)
    try:
        found = normality(
            codes, most=max(MOST_NORMAL, code_normality.fewest(codes.shape[1])), rng=rng
        )
    except ValueError as error:
        return None, _ended(f"How normal the codes are cannot be told: {error}")
    return found, code_normality.sentence(found)


def of_runs(done: list[Run], names: list) -> list[str]:
    """What failed, and what samplers warned of: of each what it said first, once.

    Args:
        done: all runs.
        names: of the columns, which samplers that are fitted to arrays know by number.
    """
    notes, known = [], set()
    for one in done:
        if one.failure and (one.sampler, "failed") not in known:
            known.add((one.sampler, "failed"))
            notes.append(_ended(f"{one.sampler} failed with seed {one.seed}: {one.failure}"))
        for place, text in enumerate(one.warned):
            if (one.sampler, place) not in known:
                known.add((one.sampler, place))
                text = text.removeprefix(f"{one.sampler}: ")
                text = NUMBERS.sub(lambda found: _named(found[0], names), text)
                notes.append(_ended(f"{one.sampler}, seed {one.seed}: {text}"))
    return notes


def _named(listed: str, names: list) -> str:
    """Numbers of columns, as `stats.checks.listed` lists them, as names."""
    return re.sub(r"\d+", lambda number: str(names[int(number[0])]), listed)


def _ended(text: str) -> str:
    """With a full stop, as notes stand one behind the other."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
