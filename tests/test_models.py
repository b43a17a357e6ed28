"""Models side by side: which image stands where, under which heading."""

import numpy as np
import pytest
from expost import kinds
from expost.figures import models, naming, pictures, style
from expost.io import files
from planning import planned

SHAPE, PAIRS, STEPS = (1, 6, 6), 2, 3
RUNS = [("digits", name, "gmm", 40, 800, 0) for name in ("vae", "ae")]
FOUR = {"kind": "models", "title": "T.", "methods": ["ae/gmm", "vae/gmm"], "seeds": "first"}


def some(*shape, seed=0):
    return np.random.default_rng(seed).integers(0, 200, (*shape, *SHAPE), np.uint8)


@pytest.fixture
def given(tmp_path):
    """Files of two runs: their samples, and ways between the same originals."""
    found = {"images": [], "ways": []}
    for i, _ in enumerate(RUNS):
        files.save_npy(tmp_path / f"{i}.npy", some(10, seed=i))
        ways = {"starts": some(PAIRS, seed=7), "ends": some(PAIRS, seed=8)}
        ways["decoded"] = some(PAIRS, STEPS, seed=20 + i)
        files.save_npz(tmp_path / f"{i}.npz", **ways)
        found["images"].append(str(tmp_path / f"{i}.npy"))
        found["ways"].append(str(tmp_path / f"{i}.npz"))
    return found


def drawn(given, runs=RUNS, blocks=models.BLOCKS, hide=False):
    about = {"runs": runs, "blocks": list(blocks), "hide_originals": hide, "hidden": [False] * 2}
    return kinds.load("models").draw(given, about)


def cells(axes):
    """The images of an array of them, (rows, columns, h, w)."""
    array = np.asarray(axes.images[0].get_array())[:, :, 0]
    step = SHAPE[1] + pictures.GAP
    down, across = (-(-length // step) for length in array.shape)
    return np.array(
        [
            [array[i * step :, j * step :][: SHAPE[1], : SHAPE[2]] for j in range(across)]
            for i in range(down)
        ]
    )


def texts(figure):
    return [text.get_text() for text in figure.texts]


def test_each_image_stands_below_its_original_and_in_the_row_of_its_model(given):
    figure = drawn(given)
    above, below = ([cells(axes) for axes in figure.axes[k::2]] for k in (0, 1))
    starts, ends = some(PAIRS, seed=7)[:, 0], some(PAIRS, seed=8)[:, 0]
    originals = [starts[0], ends[0], starts[1], ends[1]]
    np.testing.assert_array_equal(above[0], [originals])
    for row, i in enumerate((1, 0)):  # ae comes first
        made = some(PAIRS, STEPS, seed=20 + i)[:, :, 0]
        wanted = [made[0, 0], made[0, -1], made[1, 0], made[1, -1]]
        np.testing.assert_array_equal(below[0][row], wanted)
        np.testing.assert_array_equal(below[1][row], some(10, seed=i)[: 2 * PAIRS, 0])
        np.testing.assert_array_equal(below[2][row], made[0])
    assert (above[1] == 255).all()
    np.testing.assert_array_equal(above[2][0, [0, -1]], [starts[0], ends[0]])
    assert (above[2][0, 1:-1] == 255).all()
    assert texts(figure) == [
        *("Reconstructions", "Samples, GMM", "Interpolations"),
        *("Originals", "ae", "vae"),
    ]
    assert figure.get_size_inches()[0] <= style.PAGE + 1e-6


def test_blocks_are_those_asked_for_in_a_column(given):
    figure = drawn(given, blocks=("reconstructions", "samples"))
    assert len(figure.axes) == 4
    assert texts(figure)[:2] == ["Reconstructions", "Samples, GMM"]
    assert figure.get_size_inches()[0] <= style.COLUMN + 1e-6


def test_models_have_their_titles_and_of_several_samplers_these(given):
    runs = [RUNS[0], ("digits", "ae", "kde", 40, 800, 0)]
    with naming.of({"ae": ("Plain $AE$", False), "vae": ("VAE", True)}):
        figure = drawn(given, runs)
    assert texts(figure)[-2:] == ["Plain $AE$, KDE", "VAE, GMM"]
    assert "Samples" in texts(figure)


def test_originals_that_may_not_be_shown_are_grey(given):
    figure = drawn(given, hide=True)
    assert (cells(figure.axes[0]) == 208).all()
    assert not (cells(figure.axes[1]) == 208).all()


def test_too_few_samples_are_refused(given):
    files.save_npy(given["images"][1], some(3))
    with pytest.raises(ValueError, match=r"row 'samples of ae'; wanted uint8, at least 4"):
        drawn(given)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"blocks": ["samples", "pictures"]}, "got blocks .'samples', 'pictures'.*some of recon"),
        ({"blocks": ["samples", "reconstructions"]}, "in this order"),
        ({"blocks": []}, r"got blocks \[\] in figure 'side' of study 'ebcae'"),
        ({"path": "straight"}, "got path 'straight'"),
        ({"epochs": "all"}, "got epoch 5, 15, 40 .*wants one"),
        ({"pairs": 10**6}, "got pairs 1000000"),
    ],
)
def test_what_no_picture_can_show_is_refused_when_planning(keys, message):
    with pytest.raises(ValueError, match=message):
        planned({"figures": {"side": FOUR | keys}})


def test_what_is_left_out_has_its_default():
    figure = planned({"figures": {"side": FOUR}}).figures["side"]
    assert figure.options["blocks"] == list(models.BLOCKS)
    assert figure.options["path"] == "spherical"


@pytest.mark.parametrize("blocks", [models.BLOCKS, models.BLOCKS[:2]])
def test_all_texts_lie_inside_and_above_the_images(blocks, given):
    figure = drawn(given, blocks=blocks)
    width, height = figure.get_size_inches() * figure.dpi
    highest = max(axes.get_window_extent().y1 for axes in figure.axes)
    for i, text in enumerate(figure.texts):
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y1 <= height
        assert i >= len(blocks) or box.y0 >= highest
