"""The panels that a study asks for, of a figure that shows one metric in each."""

from collections.abc import Mapping

from .. import features, metrics

SHOWN = "features"  # in place of a space: the feature space that stands for all
USUAL, ALL = "usual", "all"  # in place of panels: those of papers; every metric in every space


def fit(panels) -> bool:
    """Whether something may be panels: a word, or a mapping, of which `check` says more."""
    return panels in (USUAL, ALL) or (isinstance(panels, Mapping) and bool(panels))


def check(figure, where: str) -> None:
    """Refuse panels, a mapping of spaces to lists of metrics, or `all`, that cannot be drawn.

    Likewise a metric of the horizontal axis, the option `quality`, that is not scored, and a kind
    whose family of metrics is not.

    Args:
        figure: with its options, families of metrics and feature spaces.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, and what was wanted.
    """
    if figure.kind.family and figure.kind.family not in figure.metrics:
        raise ValueError(
            f"got the families of metrics {', '.join(figure.metrics)} in {where}; its kind shows "
            f"{figure.kind.family}, so add that to its `metrics`"
        )
    scored = [name for name in metrics.NAMES if metrics.describe(name).family in figure.metrics]
    given = f"some of its `metrics` ({', '.join(figure.metrics)}): {', '.join(scored)}"
    if (quality := figure.options.get("quality", scored[0])) not in scored:
        raise ValueError(f"got the quality {quality!r} in {where}; wanted {given}")
    if (panels := figure.options.get("panels", USUAL)) in (USUAL, ALL):
        return
    known = (*(s for s in features.NOT_FEATURES if s != "time"), SHOWN, *figure.features)
    for space, names in panels.items():
        if space not in known:
            raise ValueError(
                f"got panels of the space {space!r} in {where}; wanted some of {', '.join(known)}"
            )
        some = isinstance(names, list) and names and all(name in scored for name in names)
        if names != ALL and not some:
            raise ValueError(
                f"got panels {names!r} of {space} in {where}; wanted the word all, or {given}"
            )
