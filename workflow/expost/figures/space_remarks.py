"""What a reader should know of the feature spaces of a figure's scores, written beside it."""

from ..analyses import soundness
from . import remarks, style


def add(figure, accuracies, scores):
    """Write which spaces are in doubt, and how good the classifiers behind them are.

    Args:
        figure: a matplotlib figure.
        accuracies: files of the classifiers' accuracies, as `soundness.look` takes them.
        scores: tidy scores, of what the figure shows.

    Returns:
        The figure, as `remarks.add` gives it.
    """
    sound = soundness.look(accuracies, [scores])
    return remarks.add(figure, sound.warnings(), sound.accuracies(), style.SMALL)
