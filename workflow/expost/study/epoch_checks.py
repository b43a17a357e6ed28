"""Whether autoencoders are kept after the epochs that figures want."""

from collections.abc import Iterable, Iterator

from ..runtime import option_values
from .figures import Figure, listed


def check(figures: Iterable[Figure], plan) -> None:
    """Refuse figures of epochs after which an autoencoder is not kept.

    Args:
        figures: those to look at.
        plan: the `Plan`.

    Raises:
        ValueError: a line for each epoch, with the figures that want it; and last what to write.
    """
    wanted: dict[tuple, list[Figure]] = {}
    for figure in figures:
        for lack in dict.fromkeys(_lacking(figure, plan)):
            wanted.setdefault(lack, []).append(figure)
    if not wanted:
        return
    lines = [
        f"got unknown epoch {epoch} in {listed(shown)}, autoencoder {autoencoder}; wanted one of "
        f"{', '.join(map(str, known))}{option_values.close(epoch, known)}"
        for (autoencoder, known, epoch), shown in wanted.items()
    ]
    study = next(iter(wanted))[0].partition(".")[0]
    epochs = sorted({epoch for lack in wanted for epoch in (lack[2], *lack[1])})
    lines.append(
        f"Write `overrides: {{{study}: {{training: {{epochs: {epochs}}}}}}}` into the config, to "
        "keep autoencoders after these; a figure that names no epochs shows the last"
    )
    raise ValueError("\n".join(lines))


def _lacking(figure: Figure, plan) -> Iterator[tuple]:
    """Autoencoder, the epochs after which it is kept, and one of the figure that lacks there."""
    for run in figure.runs if figure.kind.of in ("methods", "autoencoders") else ():
        known = tuple(plan.epochs(run.dataset, run.autoencoder))
        if run.epoch not in known:
            yield run.autoencoder, known, run.epoch
