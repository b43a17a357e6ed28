"""ONNX files that are damaged, or say what they may not, are refused by name."""

import numpy as np
import pytest
from expost.io import onnx_files
from expost.networks.onnx_runtime import Network
from hostile import refused
from onnx import TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT


def model(nodes, weights=(), shape=("n", 3), number=FLOAT, rows="n"):
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "g", [info("x", number, shape)], [info("y", number, [rows, 3])], weights
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def weight(name="w"):
    return numpy_helper.from_array(np.ones(3, np.float32), name)


def elsewhere(name="w"):
    """A weight that is said to be in another file."""
    tensor = TensorProto(name=name, data_type=FLOAT, dims=[3])
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    return tensor


def put(path, made):
    path.write_bytes(made.SerializeToString())


ADD = helper.make_node("Add", ["x", "w"], ["y"])
NEGATE = helper.make_node("Neg", ["x"], ["y"])


def test_a_plain_model_is_taken(tmp_path):
    put(tmp_path / "m.onnx", model([ADD], [weight()]))
    x = np.zeros((2, 3), np.float32)
    np.testing.assert_array_equal(Network(tmp_path / "m.onnx")(x)[0], x + 1)


def in_a_branch():
    info = helper.make_tensor_value_info("z", FLOAT, None)
    branch = helper.make_graph(
        [helper.make_node("Add", ["x", "v"], ["z"])], "b", [], [info], [elsewhere("v")]
    )
    yes = numpy_helper.from_array(np.array(True), "c")
    node = helper.make_node("If", ["c"], ["y"], then_branch=branch, else_branch=branch)
    return model([node], [yes])


def in_a_function():
    constant = helper.make_node("Constant", [], ["w"], value=elsewhere())
    made = model([helper.make_node("F", ["x"], ["y"], domain="own")])
    opsets = [helper.make_opsetid("", 18)]
    made.functions.append(helper.make_function("own", "F", ["x"], ["y"], [constant, ADD], opsets))
    made.opset_import.append(helper.make_opsetid("own", 1))
    return made


def sparse():
    made = model([ADD])
    indices = numpy_helper.from_array(np.zeros(3, np.int64), "i")
    made.graph.sparse_initializer.append(helper.make_sparse_tensor(elsewhere(), indices, [3]))
    return made


@pytest.mark.parametrize(
    "made",
    [
        model([ADD], [elsewhere()]),
        model([helper.make_node("Constant", [], ["w"], value=elsewhere()), ADD]),
        in_a_branch(),
        in_a_function(),
        sparse(),
    ],
    ids=["weight", "constant", "branch", "function", "sparse"],
)
def test_weights_in_another_file_are_refused_wherever_that_is_said(made, tmp_path):
    put(tmp_path / "m.onnx", made)
    refused(tmp_path / "m.onnx", Network, "weights in another file")


def test_a_file_cut_anywhere_is_refused(tmp_path):
    """The versions of the operations come last; without them it is no model either."""
    whole = model([ADD], [weight()]).SerializeToString()
    for length in range(len(whole)):
        (tmp_path / "m.onnx").write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"m\.onnx"):
            Network(tmp_path / "m.onnx")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"\xff" * 100,
        b"\x3a" + b"\xff" * 9 + b"\x01",  # a graph of 2 ** 64 bytes
        b"\x38\x01",  # a number for a graph
        b"\x3b",  # a group, which protobuf gave up
    ],
)
def test_what_is_no_model_is_refused(content, tmp_path):
    (tmp_path / "m.onnx").write_bytes(content)
    refused(tmp_path / "m.onnx", Network)


def test_graphs_in_graphs_without_end_are_refused():
    content = b""
    for _ in range(200):  # a graph in an attribute of a node of a graph
        for key in (6, 5, 1):
            content = bytes([key << 3 | 2]) + _length(content) + content
    with pytest.raises(ValueError, match="nests too deep"):
        onnx_files.check(bytes([7 << 3 | 2]) + _length(content) + content)


def _length(content):
    count, made = len(content), b""
    while count > 127:
        made, count = made + bytes([count & 127 | 128]), count >> 7
    return made + bytes([count])


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (model([ADD], [weight()], shape=()), "any number of rows"),
        (
            model([helper.make_node("Neg", ["x"], ["y"])], number=TensorProto.DOUBLE),
            "tensor(float)",
        ),
        (model([helper.make_node("Evil", ["x"], ["y"], domain="own")]), "own"),
    ],
)
def test_networks_of_another_kind_are_refused(made, words, tmp_path):
    put(tmp_path / "m.onnx", made)
    refused(tmp_path / "m.onnx", Network, words)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"m\.onnx"):
        Network(tmp_path / "m.onnx")


def test_data_of_another_shape_or_type_are_refused(tmp_path):
    put(tmp_path / "m.onnx", model([ADD], [weight()]))
    network = Network(tmp_path / "m.onnx")
    for x in (np.zeros((2, 4), np.float32), np.zeros(3, np.float32), np.zeros((2, 3))):
        with pytest.raises(ValueError, match=r"m\.onnx got .*, wanted float32 \(n, 3\)"):
            network(x)


def test_what_is_no_number_is_refused_by_the_name_of_the_file_and_the_output(tmp_path):
    put(tmp_path / "m.onnx", model([helper.make_node("Log", ["x"], ["y"])]))
    with pytest.raises(ValueError, match=r"m\.onnx gives numbers that are not finite .* 'y'"):
        Network(tmp_path / "m.onnx")(np.float32([[1, -1, 2]]))


def test_a_network_that_mixes_up_rows_is_refused(tmp_path):
    node = helper.make_node("ReduceMax", ["x"], ["y"], keepdims=1)
    put(tmp_path / "m.onnx", model([node], rows=1))
    with pytest.raises(ValueError, match="'y' has no row an item"):
        Network(tmp_path / "m.onnx")(np.ones((2, 3), np.float32))


def test_one_that_cannot_compute_is_refused(tmp_path):
    folded = helper.make_node("Reshape", ["x", "s"], ["y"])
    put(tmp_path / "m.onnx", model([folded], [numpy_helper.from_array(np.int64([2, 3]), "s")]))
    with pytest.raises(ValueError, match=r"m\.onnx cannot compute"):
        Network(tmp_path / "m.onnx")(np.ones((3, 3), np.float32))
