"""What a kind of figure or table says of itself, so that a study can be planned without drawing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

# In place of an option's default, of those that an instance has to say.
REQUIRED, TEXT, COUNT, COUNTS = object(), object(), object(), object()


@dataclass(frozen=True)
class Choice:
    """In place of an option's default: words that it may be, the first of which is the default."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Some:
    """In place of an option's default: words, of which it lists some in their order; or all."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A figure or a table of the report.

    Attributes:
        category: the question of the report that it answers.
        caption: sentences that say what to see, for `str.format` with `dataset` and `draws`, and of
            figures of groups with what `DataSet.groups_in_words` gives.
    """

    category: str
    caption: str


@dataclass(frozen=True)
class Kind:
    """A kind of figure or table, of which a study has as many as it likes.

    Attributes:
        figure: of a kind that has a picture for each data set.
        table: of a kind that has a table of all data sets.
        of: what its runs are: methods (an autoencoder and a sampler), autoencoders, samplers on
            synthetic codes, simulations that need neither data nor networks, or nothing of its
            own.
        files: which files of each run a picture is drawn from, as the rules call them.
        numbers: which numbers of all runs it shows: scores, timing, shares, entropies, normality,
            courses, covariances, novelty, modes, simulations, capacities, masks or none.
        data: whether a picture also shows the data set's own images.
        capabilities: what a data set must have: images, groups, classes, features.
        law: what codes must have been drawn towards: any law of which the density is known, a
            mixture, or nothing.
        single: axes along which a picture cannot show several values.
        only: of a sampler, whether this kind can show it.
        cannot: the reason where it cannot, for the message.
        family: of metrics that its runs must be scored by, if there is one.
        with_controls: whether it means little without the controls `copy` and `held_out`.
        crossed: whether it wants every sampler, controls aside, on every autoencoder.
        steady_controls: whether controls that show originals are run at one epoch and size only,
            as what they show does not change with either.
        one_seed: whether a picture shows the first seed alone, as images have no mean.
        one_run: whether a picture shows one run alone.
        over_turns: whether its horizontal axis is the setting that `turns` gives values.
        options: what an instance may say beyond what all can -> its default, a number, or a
            `Choice` of words or `Some` of them; or what it must say: `TEXT`, `COUNT`, a list
            `COUNTS` of these, one of a tuple, or `REQUIRED` for what is checked elsewhere.
    """

    figure: Page | None = None
    table: Page | None = None
    of: Literal["methods", "autoencoders", "costs", "simulations", "nothing"] = "methods"
    files: tuple[str, ...] = ()
    numbers: Literal[
        *("scores", "timing", "shares", "entropies", "normality", "courses"),
        *("covariances", "novelty", "modes", "simulations", "capacities", "masks", ""),
    ] = ""
    data: bool = False
    capabilities: tuple[str, ...] = ("images",)
    law: Literal["any", "mixture", ""] = ""
    single: tuple[str, ...] = ()
    only: Callable | None = None
    cannot: str = ""
    family: str = ""
    with_controls: bool = False
    crossed: bool = False
    steady_controls: bool = False
    one_seed: bool = False
    one_run: bool = False
    over_turns: bool = False
    options: dict = field(default_factory=dict)

    @property
    def synthetic(self) -> bool:
        """Whether its runs are of no data set."""
        return self.of in ("costs", "simulations")

    @property
    def measures(self) -> bool:
        """Whether its numbers are rows of what is no score of a method, a time or a share."""
        of_others = self.of in ("autoencoders", "simulations")
        return bool(self.numbers) and (of_others or self.numbers == "capacities")
