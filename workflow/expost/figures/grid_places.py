"""Square panels in rows, from the top, in the middle of a figure."""


def add_axes(figure, i: int, across: int, panel: float, title: float, gap: float):
    """The axes of panel i, below the room for its title.

    Args:
        figure: that they are added to.
        i: the first is 0.
        across: panels beside each other.
        panel: inches of a side.
        title: inches above each.
        gap: inches between panels.
    """
    width, height = figure.get_size_inches()
    first = (width - across * (panel + gap) + gap) / 2
    left = first + i % across * (panel + gap)
    top = height - i // across * (panel + title) - title
    return figure.add_axes([left / width, (top - panel) / height, panel / width, panel / height])
