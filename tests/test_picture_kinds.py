"""Pictures of every kind: read as a viewer shows them, or named."""

import io

import numpy as np
import pytest
from expost import datasets
from PIL import Image

GREY = np.arange(24, dtype=np.uint8).reshape(4, 6) * 10
COLOUR = np.dstack([GREY, GREY[::-1], GREY.T.reshape(4, 6)])
MINE = datasets.build("folder", path="mine", test=1)


@pytest.fixture
def root(tmp_path):
    """One upright picture, which is 4 high and 6 wide, and comes last."""
    (tmp_path / "mine").mkdir()
    Image.fromarray(GREY).save(tmp_path / "mine" / "z.png")
    return tmp_path / "mine"


def read(root, **options):
    arrays = datasets.build("folder", path="mine", test=1, **options).load(root.parent)
    return np.concatenate([arrays["images_train"], arrays["images_test"]])


def has(images, pixels):
    """Whether one of the images is that, (h, w) or (h, w, 3)."""
    wanted = pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)
    return any(np.array_equal(image, wanted) for image in images)


@pytest.mark.parametrize(
    "name", ["x.gif", "x.GIF", "x.jfif", "x.jpe", "x.JPG", "x.ppm", "x.pgm", "x.bmp", "x.Tiff"]
)
def test_pictures_of_every_suffix_are_read(name, root):
    kind = Image.registered_extensions()[name[1:].lower()]
    image = Image.fromarray(GREY)
    image.save(root / name, kind, **({"quality": 100} if kind == "JPEG" else {}))
    images = read(root)
    assert len(images) == 2
    with Image.open(root / name) as opened:
        shown = np.asarray(opened.convert("L"))
    assert np.abs(shown.astype(int) - GREY).max() <= 2
    grey = read(root, color="grey")
    assert has(grey, shown)
    assert has(grey, GREY)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_are_turned_as_their_exif_says(kind, orientation, root):
    """EXIF's definition: what the stored row 0 and column 0 are of the picture as it is seen."""
    seen = GREY if orientation < 5 else GREY.T.copy()  # stored as 4 x 6 in any case
    seen = np.arange(24, dtype=np.uint8).reshape(seen.shape) * 10
    stored = {
        1: seen,
        2: seen[:, ::-1],
        3: seen[::-1, ::-1],
        4: seen[::-1],
        5: seen.T,
        6: seen.T[::-1],  # row 0 is the right side: turn clockwise to see it
        7: seen.T[::-1, ::-1],
        8: seen.T[:, ::-1],
    }[orientation]
    assert stored.shape == (4, 6)
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"JPEG": {"quality": 100}, "WEBP": {"lossless": True}}.get(kind, {})
    image = Image.fromarray(np.ascontiguousarray(stored))
    for name in ("a", "z"):
        (root / f"{name}.png").unlink(missing_ok=True)
        image.save(root / f"{name}.{kind.lower()}", kind, exif=exif, **options)
    images = read(root, color="grey")
    assert images.shape == (2, 1, *seen.shape)
    assert np.abs(images[0, 0].astype(int) - seen).max() <= 2


def test_a_turned_picture_is_as_wide_as_it_is_seen(root):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(GREY).save(root / "a.jpg", exif=exif)
    with pytest.raises(ValueError, match=r"a\.jpg is 4 x 6 and z\.png is 6 x 4; give `size`"):
        read(root)


def with_late_exif():
    """A PNG, 4 x 6, with a chunk of EXIF behind its pixels."""
    plain, with_exif = io.BytesIO(), io.BytesIO()
    Image.fromarray(GREY).save(plain, "PNG")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(GREY).save(with_exif, "PNG", exif=exif)
    whole = with_exif.getvalue()
    start = whole.index(b"eXIf") - 4
    stop = start + 12 + int.from_bytes(whole[start : start + 4], "big")
    end = plain.getvalue().index(b"IEND") - 4
    return plain.getvalue()[:end] + whole[start:stop] + plain.getvalue()[end:]


def test_exif_behind_the_pixels_is_not_passed_over(root):
    (root / "a.png").write_bytes(with_late_exif())
    with pytest.raises(ValueError, match=r"a\.png says only behind its pixels that it is to be"):
        read(root)


def test_exif_that_cannot_be_read_is_named(root):
    Image.fromarray(GREY).save(root / "a.webp", exif=b"Exif\0\0XX\0*damaged")
    with pytest.raises(ValueError, match=r"a\.webp has EXIF data that cannot be read .*without"):
        read(root)


@pytest.mark.parametrize("name", ["x.heic", "x.AVIF", "x.svg", "x.jp2"])
def test_pictures_that_are_not_read_are_told_as_such(name, root, caplog):
    (root / name).touch()
    Image.fromarray(GREY).save(root / "a.png")
    assert len(read(root)) == 2
    assert "1 files are pictures of kinds other than .bmp, " in caplog.text
    assert f"left out: {name}" in caplog.text


def test_twenty_at_most_of_what_is_left_out_are_named(root, caplog):
    for number in range(23):
        (root / f"note{number:02}.txt").touch()
    Image.fromarray(GREY).save(root / "a.png")
    read(root)
    assert caplog.text.count(".txt") == 20
    assert "23 files are no images and left out: note00.txt, " in caplog.text
    assert "note19.txt, and 3 more" in caplog.text


@pytest.mark.parametrize(
    "name", ["__MACOSX/x.png", "Thumbs.db", "thumbs.DB", ".DS_Store", "@eaDir/x.jpg", "desktop.ini"]
)
def test_what_systems_leave_behind_is_no_picture_and_no_class(name, root, caplog):
    for label in ("ant", "bee"):
        (root / label).mkdir()
        for i in range(2):
            Image.fromarray(GREY).save(root / label / f"{i}.png")
    (root / "z.png").unlink()
    for place in (root, root / "ant"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text("no picture")
    assert MINE.class_names(root.parent) == ("ant", "bee")
    assert len(read(root)) == 4
    assert "left out" not in caplog.text


def modes():
    """Pictures in modes of 8 bits -> what a viewer shows of them."""
    grey, colour = Image.fromarray(GREY), Image.fromarray(COLOUR)
    palette = colour.quantize(24, dither=Image.Dither.NONE)
    yield "1.png", Image.fromarray(GREY > 100)
    yield "la.png", Image.merge("LA", [grey, Image.new("L", grey.size, 255)])
    yield "p.png", palette
    yield "p.gif", palette
    yield "rgba.png", colour.convert("RGBA")
    yield "rgba.webp", colour.convert("RGBA")
    yield "cmyk.tif", colour.convert("CMYK")
    yield "cmyk.jpg", Image.new("CMYK", (6, 4), (200, 30, 0, 0))


@pytest.mark.parametrize(("name", "image"), list(modes()))
def test_every_mode_of_eight_bits_is_read_as_it_is_seen(name, image, root):
    options = {"lossless": True} if name.endswith("webp") else {}
    image.save(root / name, **options)
    with Image.open(root / name) as opened:
        seen = np.asarray(opened.convert("RGB"))
    assert has(read(root, color="rgb"), seen)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.gif", "holds 2 pictures, wanted one"),
        ("x.png", "holds 2 pictures, wanted one"),
        ("x.webp", "holds 2 pictures, wanted one"),
    ],
)
def test_moving_pictures_are_refused(name, message, root):
    frames = [Image.fromarray(COLOUR), Image.fromarray(COLOUR[::-1])]
    frames[0].save(root / name, save_all=True, append_images=frames[1:])
    with pytest.raises(ValueError, match=rf"{name} {message}"):
        read(root)


def test_a_palette_with_a_transparent_colour_is_refused(root):
    image = Image.fromarray(COLOUR).quantize(8)
    image.save(root / "x.gif", transparency=image.getpixel((0, 0)))
    with pytest.raises(ValueError, match=r"x\.gif is partly transparent"):
        read(root)
