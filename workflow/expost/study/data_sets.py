"""What is known of the config's data sets before any is loaded: what they have, their groups."""

from dataclasses import dataclass, field

from .. import datasets
from ..datasets import image_groups
from ..features import FEATURES
from ..io.escaping import check_braces, in_rst
from . import group_checks, named_groups

ABOUT_US = ("classifier", "hide_originals", "groups")  # keys of an entry that are not the source's

SMALLEST = 8  # pixels a side that the classifier takes


def source(entry: dict) -> dict:
    """The part of an entry under the config's `datasets` that says where the images come from."""
    return {key: value for key, value in entry.items() if key not in ABOUT_US}


@dataclass(frozen=True)
class DataSet:
    """One data set of the config.

    Attributes:
        name: in paths.
        kind: how it is read.
        vectors: whether it holds vectors in place of images.
        shape: of each image, (c, h, w), or vector, (d,); None where that is known only later.
        counts: numbers of training and test images; None where that is known only later.
        targets: the groups that images are drawn for.
        dependence_of: the group that gives recombination its copula.
        margins_of: the group that gives it the margins.
        lacks: capability -> why the data set does not have it.
        problem: why it cannot be loaded, if that is known.
        not_learnable: why no classifier can learn its classes, if that is known.
        classes: how many its labels name, 0 without labels; None where that is known only later.
        reader: what reads it, which knows what was there when it was described.
    """

    name: str
    kind: str
    vectors: bool
    shape: tuple[int, ...] | None
    counts: tuple[int, int] | None
    targets: list = field(default_factory=list)
    dependence_of: int | str | None = None
    margins_of: int | str | None = None
    lacks: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    not_learnable: str | None = None
    classes: int | None = None
    reader: datasets.Dataset | None = None

    @property
    def recombined(self) -> list:
        """The two groups of recombination."""
        return [self.dependence_of, self.margins_of]

    @property
    def dimension(self) -> int | None:
        """The true one, of data that are made of fewer numbers; None where nobody knows it."""
        return getattr(self.reader, "dimension", None)

    def groups_in_words(self) -> dict[str, str]:
        """The groups as the captions of figures name them, in reStructuredText."""
        keys = ("dependence_of", "margins_of")
        words = {key: image_groups.label(getattr(self, key)) for key in keys}
        words["targets"] = ", ".join(map(image_groups.label, self.targets))
        return {key: in_rst(text) for key, text in words.items()}

    def why_not(self, capabilities) -> str | None:
        """The first reason why it does not have all of these; None where it does."""
        return next((self.lacks[what] for what in capabilities if what in self.lacks), None)


def describe(name: str, entry: dict, folder: str) -> DataSet:
    """Look at a data set of the config, without loading it.

    Groups that the entry does not name are the first that the data set has: three to be drawn for,
    and two, or one and all others, to be recombined.

    Args:
        name: a key under `datasets`.
        entry: what stands there.
        folder: what relative paths are relative to.

    Raises:
        ValueError: there is no such kind or option, or a group that cannot be.
    """
    try:
        dataset = datasets.build(**source(entry)).as_of_now(folder)
    except ValueError as error:
        raise ValueError(f"{error} (data set {name!r})") from None
    shape, problem = _shape(dataset, folder)
    known, lacks = None if problem else dataset.groups(folder), {}
    if dataset.vectors:
        of_images = ("images", *(f"features {space}" for space in FEATURES))
        lacks |= dict.fromkeys(of_images, "it has vectors and no images")
        if shape == (1,):
            lacks["pairs of dimensions"] = "it has one dimension"
    about = (name, entry["kind"], dataset.vectors, shape, dataset.counts_in(folder))
    if shape and len(shape) == 3 and min(shape[1:]) < SMALLEST:
        what = f"its images are smaller than {SMALLEST} x {SMALLEST} pixels"
        lacks |= {"groups": f"{what}, too small for a classifier", "features classifier": what}
    named = dataset.class_names(folder) is not None
    if known and len(known) == 1 and _are_classes(known, named):
        what = f"all its images are of one class, {known[0]}"
        lacks |= {"groups": what, "features classifier": what, "classes": what}
    elif known and not _are_classes(known, named):
        lacks["classes"] = "it has attributes and no classes"
    if dataset.vectors or known == ():
        lacks["groups"] = lacks["classes"] = "it has neither labels nor attributes"
        lacks["features classifier"] = "there is nothing to train a classifier on"
        return DataSet(*about, lacks=lacks, problem=problem, classes=0, reader=dataset)
    asked = entry.get("groups", {})
    usual = _usual_groups(known if known is not None else (0, 1, 2), named)
    chosen = {key: asked.get(key, usual[key]) for key in usual}
    if known is not None:
        groups = named_groups.Known(name, known, named, dataset.numbered)
        chosen |= {key: _meant(groups, value) for key, value in asked.items()}
    group_checks.check(chosen, name, known or ())
    why_not = None if problem else dataset.not_learnable(folder)
    about_it = {"lacks": lacks, "problem": problem, "not_learnable": why_not, "reader": dataset}
    about_it["classes"] = None if known is None else len(known) if _are_classes(known, named) else 0
    return DataSet(*about, **chosen, **about_it)


def _shape(dataset: datasets.Dataset, folder: str) -> tuple[tuple[int, ...] | None, str | None]:
    """The shape of each image or vector, or why there is none."""
    try:
        check_braces(*(() if dataset.files else dataset.paths(folder)))
        return dataset.shape_in(folder), None
    except ValueError as error:
        return None, str(error)


def _meant(groups: named_groups.Known, asked) -> list | int | str:
    return list(map(groups.meant, asked)) if isinstance(asked, list) else groups.meant(asked)


def _usual_groups(known: tuple, named: bool) -> dict:
    """Groups of a data set that names none: the first ones that mean one thing."""
    plain = [g for g in known if g != image_groups.NOBODY]
    known = [g for g in plain if not image_groups.two_meanings(g, known)] or known
    first = known[0]
    several = len(known) > 1 and _are_classes(known, named)
    second = known[1] if several else f"{image_groups.NOT}{first}"
    return {"targets": list(known[:3]), "dependence_of": first, "margins_of": second}


def _are_classes(known: tuple, named: bool) -> bool:
    """Whether groups are classes, by name or number, and no attributes."""
    return named or isinstance(known[0], int)
