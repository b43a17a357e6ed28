"""Lines and arcs between codes: their ends, their steps, and the pictures of them."""

import numpy as np
import pytest
from expost.analyses import interpolation
from expost.datasets import row_choice
from expost.figures import interpolation as plot
from planning import one_figure


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_ends_are_exactly_the_codes_and_steps_are_equal(kind):
    rng = np.random.default_rng(0)
    starts, ends = (1e3 * rng.standard_normal((4, 3)).astype(kind) for _ in range(2))
    codes = interpolation.between(starts, ends, 7)
    assert codes.shape == (4, 7, 3)
    assert codes.dtype == kind
    np.testing.assert_array_equal(codes[:, 0], starts)
    np.testing.assert_array_equal(codes[:, -1], ends)
    steps = np.diff(codes.astype(float), axis=1)
    wanted = np.broadcast_to((ends - starts)[:, None] / 6, steps.shape)
    np.testing.assert_allclose(steps, wanted, atol=1e-3)
    there_and_back = interpolation.between(ends, starts, 7)[:, ::-1]
    np.testing.assert_allclose(there_and_back, codes, rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize(
    ("shapes", "steps", "message"),
    [
        (((2, 3), (2, 4)), 5, r"\(2, 3\) and \(2, 4\)"),
        (((3,), (3,)), 5, r"\(3,\)"),
        (((2, 3), (2, 3)), 1, "got steps, both ends included, 1; wanted .* at least 2"),
        (((2, 3), (2, 3)), 2.5, "got steps, .* 2.5; wanted a whole number"),
        (((2, 3), (2, 3)), "3", "got steps, .* not text: write 3"),
    ],
)
def test_what_makes_no_lines_is_refused(shapes, steps, message):
    with pytest.raises(ValueError, match=message):
        interpolation.between(*map(np.zeros, shapes), steps)


def test_arcs_have_equal_angles_and_the_lengths_of_the_codes():
    starts, ends = np.array([[2.0, 0], [0, 3]]), np.array([[0, 2.0], [-3, 0]])
    codes = interpolation.between(starts, ends, 4, "spherical")
    angles = np.arctan2(codes[..., 1], codes[..., 0])
    np.testing.assert_allclose(np.diff(angles), np.pi / 6)
    np.testing.assert_allclose(np.linalg.norm(codes, axis=2), [[2] * 4, [3] * 4])
    np.testing.assert_array_equal(codes[:, [0, -1]], np.stack([starts, ends], axis=1))
    few = interpolation.between(starts.astype(np.float32), ends.astype(np.float32), 4, "spherical")
    assert few.dtype == np.float32
    with pytest.raises(ValueError, match="lie opposite each other"):
        interpolation.between(starts, -starts, 4, "spherical")


def test_a_study_says_which_way_to_go():
    assert one_figure("interpolation").options["path"] == "linear"
    assert one_figure("interpolation", path="spherical").options["path"] == "spherical"
    with pytest.raises(
        ValueError, match=r"got path 'round' in figure 'interpolation' .* spherical"
    ):
        one_figure("interpolation", path="round")
    with pytest.raises(ValueError, match="got path 'round'; wanted one of linear, spherical"):
        interpolation.between(np.eye(2), np.eye(2), 3, "round")


@pytest.mark.parametrize("path", interpolation.PATHS)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_ends_that_are_not_finite_are_refused(path, value):
    ends = np.array([[1.0, 2.0], [value, 3.0]])
    with pytest.raises(ValueError, match="^1 of 8 numbers of both ends are not finite$"):
        interpolation.between(np.ones((2, 2)), ends, 3, path)


def test_pairs_are_different_images_and_depend_on_data_set_and_seed_alone():
    pairs = row_choice.pairs("digits", 0, 20, 10)
    assert pairs.shape == (10, 2)
    assert sorted(pairs.ravel()) == list(range(20))
    np.testing.assert_array_equal(pairs, row_choice.pairs("digits", 0, 20, 10))
    assert (pairs != row_choice.pairs("digits", 1, 20, 10)).any()
    with pytest.raises(ValueError, match="20 test images, 11 pairs want 22"):
        row_choice.pairs("digits", 0, 20, 11)


def lines(pairs=2, steps=3, shape=(1, 8, 8)):
    images = np.random.default_rng(1).integers(0, 256, (pairs, steps + 2, *shape), np.uint8)
    return plot.Lines(images[:, 0], images[:, 1:-1], images[:, -1])


def test_the_picture_shows_starts_then_what_is_between_then_ends():
    found = {"a": lines(shape=(3, 8, 8)), "b": lines(pairs=1, shape=(3, 8, 8))}
    figure = plot.interpolation(found)
    starts, between, ends = (axes.images[0].get_array() for axes in figure.axes[:3])
    shown = found["a"]
    np.testing.assert_array_equal(starts[9:, :], shown.starts[1].transpose(1, 2, 0))
    np.testing.assert_array_equal(between[:8, 18:], shown.decoded[0, 2].transpose(1, 2, 0))
    np.testing.assert_array_equal(ends[9:, :], shown.ends[1].transpose(1, 2, 0))
    assert len(figure.axes) == 6
    assert [text.get_text() for text in figure.texts][3:] == ["a", "b"]


@pytest.mark.parametrize(("pairs", "steps"), [(1, 1), (1, 3), (2, 2), (5, 10)])
def test_no_text_covers_another_or_leaves_the_picture(pairs, steps):
    few = lines(pairs, steps, (1, 32, 32))
    figure = plot.interpolation({"Autoencoder": few, "Variational autoencoder, epoch 40": few})
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.texts if text.get_text()]
    assert len(boxes) >= 4
    for number, box in enumerate(boxes):
        assert figure.bbox.x0 <= box.x0 <= box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0 <= box.y1 <= figure.bbox.y1
        assert not any(box.overlaps(other) for other in boxes[:number])


def test_labels_say_what_differs():
    runs = [("digits", "ae", 40, 0), ("digits", "vae", 40, 0), ("digits", "mine", 40, 0)]
    assert plot.labels(runs) == ["Autoencoder", "Variational autoencoder", "mine"]
    assert plot.labels([("digits", "ae", e, 0) for e in (5, 40)])[0] == "Autoencoder, epoch 5"


def test_pictures_refuse_what_they_cannot_show():
    with pytest.raises(ValueError, match="no autoencoders"):
        plot.interpolation({})
    with pytest.raises(ValueError, match="'b, pair 1'; wanted uint8"):
        plot.interpolation({"b": plot.Lines(lines().starts / 255, lines().decoded, lines().ends)})
