"""What a reader should know of a figure's scores, written beside it."""

from ..analyses import soundness
from . import collapses, remarks, style


def add(figure, accuracies, scores, so="in no mean"):
    """Write which spaces are in doubt, how good the classifiers behind them are, what collapsed.

    Args:
        figure: a matplotlib figure.
        accuracies: files of the classifiers' accuracies, as `soundness.look` takes them.
        scores: tidy scores, of what the figure shows and of trainings that collapsed.
        so: what follows for these.

    Returns:
        The figure, as `remarks.add` gives it.
    """
    sound = soundness.look(accuracies, [collapses.apart(scores)[0]])
    notes = [*collapses.sentences(scores, so), *sound.accuracies()]
    return remarks.add(figure, sound.warnings(), notes, style.SMALL)
