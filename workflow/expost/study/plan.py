"""The whole config as figures, runs and trainings: what the rules look things up in."""

from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path

from .. import samplers
from ..features import FEATURES
from ..metrics.scoring import FAMILIES
from . import data_sets, definitions, figure_checks, place_checks, pretrained, resolve, targets
from .figures import Figure
from .kinds import Kind
from .overriding import overridden
from .runs import Run, Training
from .sampler_checks import check as check_samplers
from .scored import asked
from .training_checks import checked
from .written import check as check_titles


class Plan:
    """Studies, their figures, and every run that these ask for, each once.

    Args:
        config: the whole, which fits its schema.
        kinds: name -> kind of figure or table.
        folder: of the studies.
        validate: refuses a study that does not fit its schema.
        wanted: targets, see `targets.asked`; of other figures names alone are looked at.

    Attributes:
        data_sets: name -> what is known of it.
        studies: name -> its definition with the config's overrides; also of studies that are not
            drawn, where a figure names an autoencoder of theirs.
        shipped: name -> its definition as its file has it, of the same studies.
        known_studies: names of all that there are.
        figures: name -> figure or table, of all studies that are drawn.

    Raises:
        ValueError: what does not fit together, and what would.
    """

    def __init__(
        self, config: dict, kinds: dict[str, Kind], folder: Path, validate: Callable, wanted=("",)
    ):
        self.config, self._folder, self._validate = config, folder, validate
        self.data_sets = {
            name: data_sets.describe(name, entry, config["data_dir"] or ".")
            for name, entry in config["datasets"].items()
        }
        self.training = cache(self.training)
        self.studies: dict[str, dict] = {}
        self.shipped: dict[str, dict] = {}
        self.figures: dict[str, Figure] = {}
        self.entries: dict[tuple, dict] = {}  # samplers by (data set, autoencoder, name)
        self.turned: dict[str, tuple[str, dict]] = {}  # see `training_sweeps`
        self.known_studies = definitions.names(folder)
        for key in ("studies", "overrides"):
            figure_checks.known("study", config[key], self.known_studies, f"`{key}` of the config")
        figure_checks.known("data set", config["on"], self.data_sets, "`on` of the config")
        for study in config["studies"]:
            for name, entry in self.study(study)["figures"].items():
                figure_checks.check_name(name, study, self)
                self.figures[name] = resolve.figure(self, kinds, study, name, entry)
        targets.check(self, wanted)
        self._spaces, self._families = asked(self.figures.values(), self.data_sets)

    def study(self, name: str) -> dict:
        """The definition of a study, read when it is first asked for."""
        if name not in self.studies:
            own = definitions.read(self._folder, name)
            changes = self.config["overrides"].get(name, {})
            place_checks.check(changes, own, self.data_sets, name)
            study = overridden(pretrained.replaced(own, changes), changes)
            try:
                self._validate(study)
            except ValueError as error:
                raise ValueError(f"study {name!r}: {error}") from None
            check_samplers(study, name)
            check_titles(study, name)
            self.studies[name], self.shipped[name] = study, own
        return self.studies[name]

    def autoencoders(self) -> list[str]:
        """All autoencoders, as in paths, those of turned settings included."""
        own = [f"{s}.{name}" for s, known in self.studies.items() for name in known["autoencoders"]]
        return [*own, *self.turned]

    def is_pretrained(self, autoencoder: str) -> bool:
        """Whether an autoencoder, as in paths, is files from elsewhere; see `pretrained`."""
        study, _, name = self.turned.get(autoencoder, (autoencoder, {}))[0].partition(".")
        return name in pretrained.names(self.study(study))

    def samplers(self) -> list[str]:
        """All names of samplers, option sweeps included."""
        shown = chain.from_iterable(figure.runs for figure in self.figures.values())
        named = (run.sampler for run in shown if hasattr(run, "sampler"))
        return list(dict.fromkeys([*samplers.names(), *named]))

    def training(self, dataset: str, autoencoder: str) -> dict:
        """How an autoencoder is made and trained on a data set; see `definitions.training`.

        Raises:
            ValueError: it cannot be trained so; says whose training it is.
        """
        plain, turned = self.turned.get(autoencoder, (autoencoder, {}))
        study, _, name = plain.partition(".")
        known = self.data_sets[dataset]
        training = definitions.training(self.study(study), name, dataset, known.vectors, turned)
        place = definitions.place(self.study(study), name, dataset, known.vectors, "validation")
        return checked(training, known, autoencoder, place, self.config["data_dir"] or ".")

    def epochs(self, dataset: str, autoencoder: str) -> list[int]:
        """After which epochs an autoencoder is kept, in order."""
        return sorted(self.training(dataset, autoencoder)["epochs"])

    def previous(self, dataset: str, autoencoder: str, epoch: int) -> int | None:
        """The epoch that a training goes on from to reach this one; None for the first."""
        before = [one for one in self.epochs(dataset, autoencoder) if one < epoch]
        return before[-1] if before else None

    def sampler(self, run) -> dict:
        """The entry of a run's sampler: its options, and `sampler` if it has another name."""
        return self.entries.get((run.dataset, run.autoencoder, run.sampler), {})

    def cost_sampler(self, figure: str, name: str) -> dict:
        """The entry of a sampler in the study that a figure of costs is of."""
        return definitions.samplers(self.studies[self.figures[figure].study]).get(name, {})

    def shows_originals(self, run: Run | Training) -> bool:
        """Whether what stands for a run's draws are images of the data set itself."""
        if not isinstance(run, Run):
            return False  # it draws nothing
        return samplers.build(run.sampler, **self.sampler(run)).shows == "originals"

    def groups(self, figure: str, dataset: str) -> list:
        """The groups of images that a figure asks a classifier about."""
        known = self.data_sets[dataset]
        return known.targets if self.figures[figure].kind_name == "targeted" else known.recombined

    def numbered(self, study: str) -> dict[str, str]:
        """The figures of a study with numbers of methods -> which; also those of no data set."""
        return self._numbers(study, lambda kind: kind.of == "methods" and not kind.measures)

    def measured(self, study: str) -> dict[str, str]:
        """The figures of a study that have other numbers, see `Kind.measures`; see there."""
        return self._numbers(study, lambda kind: kind.measures)

    def _numbers(self, study: str, wanted: Callable[[Kind], bool]) -> dict[str, str]:
        kinds = {name: f.kind for name, f in self.figures.items() if f.study == study}
        return {n: kind.numbers for n, kind in kinds.items() if kind.numbers and wanted(kind)}

    def spaces(self, run: Run) -> tuple[str, ...]:
        """The feature spaces in which any figure has a run scored, in a fixed order."""
        return tuple(space for space in FEATURES if space in self._spaces.get(run, ()))

    def families(self, run: Run) -> tuple[str, ...]:
        """The families of metrics by which any figure has a run scored, in a fixed order."""
        return tuple(f for f in FAMILIES if f in self._families.get(run, ()))
