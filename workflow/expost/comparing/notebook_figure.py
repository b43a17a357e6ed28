"""A figure that a notebook shows, whether or not it has imported pyplot."""

import io

from matplotlib.figure import Figure

DOTS = 200  # an inch of the screen's picture; `savefig` takes the figure's own


class NotebookFigure(Figure):
    """A matplotlib figure whose picture is what IPython displays of it.

    Of matplotlib's own figures IPython shows a picture only once pyplot is imported, and before
    that a line of text.
    """

    def _repr_png_(self) -> bytes:
        drawn = io.BytesIO()
        self.savefig(drawn, format="png", dpi=DOTS)
        return drawn.getvalue()
