"""Whose figure is drawn: its study's autoencoders, their titles, order and looks."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from ..samplers import ORIGINALS
from ..study import option_sweeps

# Autoencoders that a method's name need not say: the plain one, and that whose codes are given.
PLAIN, GIVEN = "ae", "given"
# Of the lines of a study's autoencoders, one after the other; dashes and dots are of the controls.
LINES = ("-", "-.", (0, (4, 1)), (0, (1, 1)), (0, (6, 1, 1, 1, 1, 1)), (0, (2, 2)))


class Naming(NamedTuple):
    """What is known while a figure is drawn; nothing, outside of one.

    Attributes:
        autoencoders: of the study, in its order: name -> title or None, and whether it has a prior.
        methods: pairs of an autoencoder and a sampler that the figure shows.
        as_given: autoencoders that are files, whose epochs nobody knows.
        as_configured: whether samplers have the names by which configs and code ask for them.
    """

    autoencoders: Mapping[str, tuple[str | None, bool]] = {}
    methods: tuple[tuple[str, str], ...] = ()
    as_given: tuple[str, ...] = ()
    as_configured: bool = False

    def title(self, autoencoder: str) -> str | None:
        """How the study writes an autoencoder, whatever is turned; None where it does not say."""
        return self._known(autoencoder)[0]

    def written(self, autoencoder: str, names: Mapping[str, str] = {}) -> str:
        """Title or name of an autoencoder, and in words the setting that a figure turns.

        Args:
            autoencoder: as the figure calls it.
            names: what stands for names where the study has no title.
        """
        plain, setting, value = option_sweeps.parts(autoencoder)
        shown = self.title(plain) or names.get(plain, plain)
        return f"{shown}, {name_of_option(setting)} {value}" if setting else shown

    def has_epoch(self, autoencoders: Iterable[str]) -> bool:
        """Whether some of these were trained here, so that it is known for how long."""
        return not {option_sweeps.parts(name)[0] for name in autoencoders} <= {*self.as_given}

    def has_prior(self, autoencoder: str) -> bool:
        """Whether N(0, I) is what an autoencoder was trained to have codes like."""
        return self._known(autoencoder)[1]

    def place(self, autoencoder: str) -> int:
        """Where an autoencoder stands among the study's; others behind them."""
        names, plain = list(self.autoencoders), option_sweeps.parts(autoencoder)[0]
        return names.index(plain) if plain in names else len(names)

    def line(self, autoencoder: str) -> str | tuple:
        """The line style of an autoencoder's methods."""
        if (place := self.place(autoencoder)) < len(self.autoencoders):
            return LINES[place % len(LINES)]
        return "-" if autoencoder == "ae" else "-."

    def is_told(self, autoencoder: str, sampler: str) -> bool:
        """Whether a method's name has to say whose codes they are.

        Originals are the same images whatever the autoencoder; but where a figure has them twice.
        """
        if self.title(autoencoder) is None:
            return autoencoder not in (PLAIN, GIVEN)
        return sampler not in ORIGINALS or self._with(sampler) > 1

    def rival(self, autoencoder: str, sampler: str) -> int | None:
        """The place of an autoencoder among those that a figure of one sampler compares.

        None where it shows several samplers, or one autoencoder, and for the originals.
        """
        shown = {name for _, name in self.methods} - set(ORIGINALS)
        if shown != {sampler} or self._with(sampler) < 2:
            return None
        rivals = {name for name, of in self.methods if of == sampler}
        return sorted(rivals, key=lambda name: (self.place(name), *turned_to(name))).index(
            autoencoder
        )

    def _known(self, autoencoder: str) -> tuple[str | None, bool]:
        return self.autoencoders.get(option_sweeps.parts(autoencoder)[0], (None, False))

    def _with(self, sampler: str) -> int:
        return len({name for name, of in self.methods if of == sampler})


def name_of_option(option: str) -> str:
    """An option of a sampler, or a setting of an autoencoder, in words."""
    return option.removeprefix("n_").replace("_", " ")


def turned_to(name: str) -> tuple[str, float, str]:
    """A key that sorts the names that one option makes of a sampler or an autoencoder by value."""
    _, option, value = option_sweeps.parts(name)
    try:
        number = float(value or 0)
    except ValueError:
        number = float("inf")  # words after numbers
    return option or "", number, name


_NOW: ContextVar[Naming | None] = ContextVar("naming", default=None)


def now() -> Naming:
    """What is known of the figure that is being drawn."""
    return _NOW.get() or Naming()


@contextmanager
def of(
    autoencoders: Mapping = {},
    methods: Iterable = (),
    as_given: Iterable[str] = (),
    as_configured: bool = False,
) -> Iterator[None]:
    """Draw a figure, or set a table, with the names of its study; see `study.written.about`."""
    pairs = tuple(map(tuple, methods))
    token = _NOW.set(Naming(autoencoders, pairs, tuple(as_given), as_configured))
    try:
        yield
    finally:
        _NOW.reset(token)
