"""Files that are no autoencoder, or none of the data, are refused by name, also in the job."""

import numpy as np
import onnx
import pytest
from elsewhere import FIRST, linear
from expost.networks.border import Border
from expost.networks.pretrained import fit
from expost.training import pretrained
from fuzzing import survives
from hostile import refused
from onnx import TensorProto, helper, numpy_helper
from test_hostile_onnx import ADD, NEGATE, elsewhere, in_a_branch, in_a_function, model

SHAPE = (1, 4, 6)
IMAGES = np.random.default_rng(0).integers(0, 256, (9, *SHAPE), dtype=np.uint8)


@pytest.fixture
def good(tmp_path):
    """A pair that fits."""
    return [linear(tmp_path / "e.onnx", SHAPE, (3,)), linear(tmp_path / "d.onnx", (3,), SHAPE)]


def planned(paths, shape=SHAPE, **entry):
    return fit(*paths, Border.of(FIRST | entry, shape))


def run(paths, data=IMAGES, clip=False, **entry):
    made = [path.with_suffix(".made") for path in paths]
    pretrained.take_in(paths, Border.of(FIRST | entry, data.shape[1:]), clip, data, made)


def test_a_pair_that_fits_is_taken(good):
    assert planned(good).latent == (3,)
    run(good)


def imported(kind):
    """A model with one operation of another domain, or of a function of its own of that name."""
    made = model([helper.make_node("Evil", ["x"], ["y"], domain="own")])
    made.opset_import.append(helper.make_opsetid("own", 1))
    if kind == "function":
        opsets = [helper.make_opsetid("", 18)]
        made.functions.append(helper.make_function("own", "Evil", ["x"], ["y"], [NEGATE], opsets))
    return made


def in_an_attribute():
    """A custom operation in a branch."""
    info = helper.make_tensor_value_info("z", TensorProto.FLOAT, None)
    evil = helper.make_node("Evil", ["x"], ["z"], domain="own")
    branch = helper.make_graph([evil], "b", [], [info])
    node = helper.make_node("If", ["c"], ["y"], then_branch=branch, else_branch=branch)
    return model([node], [numpy_helper.from_array(np.array(True), "c")])


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (model([ADD], [elsewhere()]), "weights in another file"),
        (in_a_branch(), "weights in another file"),
        (in_a_function(), "weights in another file"),
        (imported("operation"), "operation own.Evil, which is not ONNX's own"),
        (in_an_attribute(), "operation own.Evil, which is not ONNX's own"),
    ],
)
def test_what_reaches_outside_is_refused_when_planning(made, words, good):
    for path in good:
        kept = path.read_bytes()
        path.write_bytes(made.SerializeToString())
        refused(path, lambda path: planned(good), words)
        path.write_bytes(kept)


def test_a_function_of_its_own_is_no_operation_from_elsewhere(tmp_path):
    path = tmp_path / "f.onnx"
    path.write_bytes(imported("function").SerializeToString())
    assert planned([path, path], (3,)).length == 3


@pytest.mark.parametrize("content", [b"", b"text", b"\x80\x04N.", b"PK\x03\x04" + bytes(99)])
def test_what_is_no_onnx_is_refused_when_planning(content, good):
    good[0].write_bytes(content)
    refused(good[0], lambda path: planned(good))


def test_a_file_cut_anywhere_is_refused(good):
    whole = good[1].read_bytes()
    for length in range(0, len(whole) - 20, 7):  # the last are the versions of operations
        good[1].write_bytes(whole[:length])
        refused(good[1], lambda path: planned(good))


def test_a_damaged_file_is_read_or_refused_by_name(good):
    whole, rng, read = np.fromfile(good[0], np.uint8), np.random.default_rng(0), []
    for _ in range(500):
        damaged = whole.copy()
        damaged[rng.integers(len(whole), size=rng.integers(1, 4))] = rng.integers(256)
        survives(good[0], damaged.tobytes(), lambda path: read.append(planned(good)))
    assert 100 < len(read) < 450  # damage of weights is not seen


@pytest.mark.parametrize(
    ("which", "shapes", "words"),
    [
        (0, ((1, 8, 6), (3,)), r"e.onnx takes float32 \(n, 1, 8, 6\); wanted \(n, 1, 4, 6\) or"),
        (0, ((24, 1), (3,)), r"takes float32 \(n, 24, 1\); wanted .* or \(n, 24\), as .* 1x4x6"),
        (0, ((4, 6, 1), (3,)), r"takes float32 \(n, 4, 6, 1\); .*: write `layout: channels_last`"),
        (0, (SHAPE, (4,)), r"e.onnx gives codes of float32 \(n, 4\); wanted \(n, 3\)"),
        (1, ((3,), (1, 6, 4)), r"d.onnx gives float32 \(n, 1, 6, 4\); wanted \(n, 1, 4, 6\)"),
        (1, ((1, 2, 3), SHAPE), r"e.onnx gives codes of float32 \(n, 3\); wanted \(n, 1, 2, 3\)"),
    ],
)
def test_other_shapes_are_refused_when_planning(which, shapes, words, good):
    linear(good[which], *shapes)
    with pytest.raises(ValueError, match=words):
        planned(good)


def test_whole_numbers_with_another_range_are_refused_when_planning(good):
    linear(good[0], SHAPE, (3,), kind="uint8")
    with pytest.raises(ValueError, match=r"got range \[0, 1\]: write `range: \[0, 255\]`"):
        planned(good)
    assert planned(good, range=[0, 255]).length == 3


def test_codes_of_whole_numbers_and_huge_batches_are_refused_when_planning(good):
    linear(good[0], SHAPE, (3,), rows=10**6)
    with pytest.raises(ValueError, match="takes 1000000 items at once; wanted 4096 at most"):
        planned(good)
    linear(good[0], SHAPE, (3,))
    linear(good[1], (3,), SHAPE, kind="uint8")
    with pytest.raises(ValueError, match="d.onnx takes codes of uint8; wanted numbers with a"):
        planned(good)


def lying(path, change):
    """A file that gives something else than it says, which is seen when it runs."""
    made = onnx.load(path)
    change(made.graph)
    onnx.save(made, path)


def reshaped(*shape):
    """A change of the last shape, which is still said to be the first."""

    def change(graph):
        graph.node[-1].input[1] = "other"
        graph.initializer.append(numpy_helper.from_array(np.int64([-1, *shape]), "other"))

    return change


def of_all_rows(graph):
    """What each item gives depends on the mean of the batch."""
    mean = helper.make_node("ReduceMean", ["f"], ["mean"], keepdims=1)
    graph.node.insert(1, mean)
    graph.node.insert(2, helper.make_node("Mul", ["f", "mean"], ["g"]))
    graph.node[3].input[0] = "g"


def by_chance(graph):
    noise = helper.make_node("RandomNormalLike", ["f"], ["g"])
    graph.node.insert(1, noise)
    graph.node[2].input[0] = "g"


def without_end(graph):
    graph.node.insert(1, helper.make_node("Mul", ["f", "none"], ["z"]))
    graph.node.insert(2, helper.make_node("Log", ["z"], ["g"]))
    graph.node[3].input[0] = "g"
    graph.initializer.append(numpy_helper.from_array(np.float32(0), "none"))


@pytest.mark.parametrize(
    ("which", "change", "words"),
    [
        (0, without_end, r"e.onnx is no encoder of this data .*not finite"),
        (0, by_chance, r"e.onnx is no encoder .*something else each time"),
        (0, of_all_rows, r"e.onnx is no encoder .*depends on what else is in the batch"),
        (1, reshaped(1, 6, 4), r"d.onnx .*got \(9, 1, 6, 4\) of 9 codes; wanted \(9, 1, 4, 6\)"),
        (1, reshaped(1, 2, 6), r"d.onnx is no decoder of these codes .*row an item"),
        (0, reshaped(6), r"e.onnx is no encoder of this data .*cannot compute"),
        (1, by_chance, r"d.onnx is no decoder .*something else each time"),
        (1, of_all_rows, r"d.onnx is no decoder .*depends on what else is in the batch"),
        (1, without_end, r"d.onnx is no decoder .*not finite"),
    ],
)
def test_what_shows_when_it_runs_is_refused_in_the_first_batch(which, change, words, good):
    lying(good[which], change)
    with pytest.raises(ValueError, match=words):
        run(good)


def test_another_range_of_the_decoder_is_refused_in_the_first_batch(good):
    linear(good[1], (3,), SHAPE, np.full((3, 24), 255 / 3))
    with pytest.raises(ValueError, match=r"d.onnx makes values from \d+.* to \d+.*; wanted the ra"):
        run(good)


def test_one_that_makes_nothing_alike_is_told_in_the_log(good, caplog):
    """As one does whose range or layout is another than said."""
    linear(good[0], SHAPE, (24,), np.eye(24))
    linear(good[1], (24,), SHAPE, np.eye(24))
    run(good)
    assert not caplog.records
    linear(good[0], SHAPE, (3,))
    linear(good[1], (3,), SHAPE, np.zeros((3, 24)))
    run(good)
    assert "less like them than their mean" in caplog.text
