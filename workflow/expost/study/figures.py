"""The figures and tables of a study: which data sets and which runs each of them shows."""

from dataclasses import dataclass, field

from ..runtime import option_values
from . import kind_options
from .kinds import COUNT, COUNTS, REQUIRED, TEXT, Choice, Kind, Some
from .option_sweeps import Line
from .runs import Cost, Run, Simulation, Training
from .turns import Turn

COMMON = (
    *("kind", "title", "on", "methods", "autoencoders", "epochs", "sizes", "seeds"),
    *("draws", "features", "metrics", "knobs", "turns"),
)

SHOWN = 3  # figures that a line names
MUST = (REQUIRED, TEXT, COUNT, COUNTS)  # of options, in place of defaults


@dataclass(frozen=True)
class Figure:
    """One figure or table, or both, of a study.

    Attributes:
        name: of its target and its files.
        study: whose it is.
        kind: what it is one of.
        kind_name: what that is called in the study.
        title: a sentence.
        datasets: those it is drawn for.
        left_out: data set -> why it is not drawn for that one.
        draws: codes a run.
        features: spaces beside pixels and codes in which its runs are scored.
        metrics: families of metrics that are scored.
        shown: of each run, the names of its autoencoder and sampler in the figure.
        runs: what it shows, as `kind.of` says.
        lines: knobs that it turns.
        turns: settings of trainings that it turns, of each data set.
        options: of its kind.
    """

    name: str
    study: str
    kind: Kind
    kind_name: str
    title: str
    datasets: tuple[str, ...]
    left_out: dict[str, str]
    draws: int
    features: tuple[str, ...]
    metrics: tuple[str, ...]
    runs: tuple[Run | Training | Cost | Simulation, ...]
    lines: tuple[Line, ...] = ()
    turns: tuple[Turn, ...] = ()
    options: dict = field(default_factory=dict)

    def runs_of(self, dataset: str, one_seed: bool = False) -> list:
        """Its runs on a data set, or those of its first seed."""
        found = [run for run in self.runs if run.dataset == dataset]
        return [run for run in found if not one_seed or run.seed == found[0].seed]

    def display(self, run) -> str:
        """The autoencoder of a run as the figure writes it: without its own study's name."""
        return self._own(run.autoencoder)

    def turns_of(self, dataset: str) -> list[Turn]:
        """The settings that it turns on a data set, with autoencoders as it writes them."""
        return [
            turn._replace(
                autoencoder=self._own(turn.autoencoder), names=tuple(map(self._own, turn.names))
            )
            for turn in self.turns
            if turn.dataset == dataset
        ]

    def _own(self, autoencoder: str) -> str:
        study, _, name = autoencoder.partition(".")
        return name if study == self.study else autoencoder


KEYS = {  # of what all kinds can say: those that a kind of such runs has a use for
    "methods": tuple(key for key in COMMON if key != "autoencoders"),
    "autoencoders": ("kind", "title", "on", "autoencoders", "turns", "epochs", "seeds"),
    "costs": ("kind", "title"),
    "simulations": ("kind", "title"),
    "nothing": ("kind", "title"),
}


def options(kind: Kind, entry: dict, where: str) -> dict:
    """What an instance says beyond what all can, with its kind's defaults.

    Raises:
        ValueError: an option that its kind does not have, a value that it cannot have, or one that
            it needs is missing.
    """
    given = {key: value for key, value in entry.items() if key not in KEYS[kind.of]}
    if unknown := sorted(set(given) - set(kind.options)):
        known = ", ".join([*KEYS[kind.of], *kind.options])
        like = option_values.close(unknown[0], known.split(", "))
        raise ValueError(f"{where} has no option {', '.join(unknown)}; known are {known}{like}")
    must = [k for k, v in kind.options.items() if isinstance(v, tuple) or v in MUST]
    if lacking := [key for key in must if key not in given]:
        raise ValueError(f"{where} lacks {', '.join(lacking)}, which its kind needs")
    for key, value in given.items():
        kind_options.check(key, value, kind.options[key], where)
    return {key: _usual(value) for key, value in kind.options.items()} | given


def _usual(known):
    """The default of an option of a kind."""
    if isinstance(known, Some):
        return list(known.words)
    return known.words[0] if isinstance(known, Choice) else known


def chosen(wanted: str | list, values: list) -> list:
    """Which of several values a figure is about: `first`, `last`, `all`, or those listed."""
    words = {"first": values[:1], "last": values[-1:], "all": values}
    return words[wanted] if isinstance(wanted, str) else wanted


def listed(figures: list[Figure]) -> str:
    """Figures as a message names them."""
    if len(figures) == 1:
        return f"figure {figures[0].name!r} of study {figures[0].study!r}"
    some = ", ".join(repr(figure.name) for figure in figures[:SHOWN])
    more = f" and {len(figures) - SHOWN} more" if len(figures) > SHOWN else ""
    studies = ", ".join(repr(study) for study in dict.fromkeys(f.study for f in figures))
    return f"figures {some}{more} of study {studies}"
