"""Images side by side in one array, and arrays on a figure with a whole number of dots a pixel."""

import numpy as np

DPI = 400  # of the png, or more: a pixel of an image becomes a whole number of dots
GAP = 1  # between images, in pixels of an image


def shown(images: np.ndarray, hidden: bool) -> np.ndarray:
    """The images, or grey in their place."""
    return np.full_like(images, 208) if hidden else images


def canvas(rows: dict[str, np.ndarray], columns: int, shape: tuple[int, ...]) -> np.ndarray:
    """The first images of each row in one array, white between them.

    Args:
        rows: label -> images, uint8, shape (n >= columns, c, h, w), c = 1 or 3.
        columns: number of images a row.
        shape: (c, h, w), the same for all rows of a figure.

    Returns:
        Shape (height, width, 3), uint8.

    Raises:
        ValueError: images that are too few, of another shape or type.
    """
    if len(shape) != 3 or shape[0] not in (1, 3):
        raise ValueError(f"got images of shape {shape}; wanted (1, h, w) or (3, h, w)")
    _, h, w = shape
    picture = np.full((len(rows), h + GAP, columns, w + GAP, 3), 255, np.uint8)
    for i, (label, images) in enumerate(rows.items()):
        if images.dtype != np.uint8 or images.shape[1:] != shape or len(images) < columns:
            raise ValueError(
                f"got {images.dtype} images of shape {images.shape} for the row {label!r}; "
                f"wanted uint8, at least {columns} of shape {shape}"
            )
        line = images[:columns].transpose(2, 0, 3, 1)  # (h, columns, w, c)
        picture[i, :h, :, :w] = np.broadcast_to(line, (h, columns, w, 3))
    flat = picture.reshape(len(rows) * (h + GAP), columns * (w + GAP), 3)
    return flat[:-GAP, :-GAP]


def dots(side: int, cell: float) -> int:
    """Dots a pixel with which an image of `side` pixels is about `cell` inches."""
    return max(1, round(cell * DPI / side))


def fit(figure, images: int, texts: list[str], width: float, **look) -> int:
    """Make dots so small that images beside texts are as wide as a figure may be.

    Args:
        figure: a matplotlib figure.
        images: dots across that are no text.
        texts: what stands beside them.
        width: inches that the figure may have.
        look: of the texts.

    Returns:
        Dots that the longest of the texts is wide.
    """
    figure.set_dpi(DPI)
    for _ in range(3):  # letters are fitted to whole dots, and so have other widths with others
        beside = longest(figure, texts, **look)
        if beside + images <= width * figure.dpi:
            break
        figure.set_dpi(1.002 * images / max(width - beside / figure.dpi, width / 4))
    return longest(figure, texts, **look)


def resize(figure, width: float, height: float) -> None:
    """Give a figure this many dots, whose size is often known only after texts were measured."""
    figure.set_size_inches(width / figure.dpi, height / figure.dpi)


def place(figure, picture: np.ndarray, left: float, top: float, scale: int) -> None:
    """Show an array of pixels with `scale` dots each, its corner so many dots from the figure's.

    Args:
        figure: a matplotlib figure that has its size.
        picture: shape (height, width, 3), uint8.
        left: dots to the figure's left edge.
        top: dots to its upper edge.
        scale: dots a pixel.
    """
    total = figure.get_size_inches() * figure.dpi
    height, width = (scale * side for side in picture.shape[:2])
    box = [left / total[0], 1 - (top + height) / total[1], width / total[0], height / total[1]]
    axes = figure.add_axes(box)
    axes.imshow(picture, interpolation="none", aspect="auto")
    axes.set_axis_off()


def write(figure, text: str, x: float, y: float, **look) -> None:
    """Write a text at a place in dots from the figure's upper left corner."""
    width, height = figure.get_size_inches() * figure.dpi
    figure.text(x / width, 1 - y / height, text, parse_math=False, **look)  # names may have a $


def longest(figure, labels, **look) -> int:
    """Dots that the longest of these texts is wide."""
    return int(sizes(figure, labels, **look)[:, 0].max())


def sizes(figure, labels, **look) -> np.ndarray:
    """Dots that each of these texts is wide and high, (texts, 2), whole numbers."""
    texts = [figure.text(0, 0, label, parse_math=False, **look) for label in labels]
    found = np.array([text.get_window_extent().size for text in texts])
    for text in texts:
        text.remove()
    return np.ceil(found).astype(int)
