"""Autoencoders that were trained elsewhere compute what their files say, whatever crosses how."""

import numpy as np
import onnx
import pytest
from elsewhere import FIRST, linear
from expost.networks.border import Border
from expost.networks.onnx_runtime import Network
from expost.networks.pretrained import fit
from expost.training import encode_decode, pretrained
from onnx import helper, numpy_helper

SHAPE, IMAGES = (2, 3, 4), np.random.default_rng(0).integers(0, 256, (7, 2, 3, 4), dtype=np.uint8)
CLOSE = {"float16": 2e-3, "float32": 1e-5, "float64": 1e-6, "uint8": 1e-5}  # all are passed float32


def weight(rows, columns, seed=1):
    return np.random.default_rng(seed).normal(size=(rows, columns)) / rows


def taken(folder, encoder, decoder, clip=True, data=IMAGES, **entry):
    """The two networks as all jobs get them."""
    made = folder / "made.encoder.onnx", folder / "made.decoder.onnx"
    about = Border.of(FIRST | entry if data.ndim == 4 else entry, data.shape[1:])
    pretrained.take_in((encoder, decoder), about, clip, data, made)
    return [Network(path) for path in made]


@pytest.mark.parametrize("rows", ["n", 1, 3, 50])
@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("layout", ["channels_first", "channels_last"])
@pytest.mark.parametrize(
    ("kind", "range_"), [("float16", [-1, 1]), ("float32", [0, 1]), ("float64", [-3, 2])]
)
def test_both_compute_what_their_weights_say(kind, range_, layout, flat, rows, tmp_path):
    there = SHAPE if layout == "channels_first" else (3, 4, 2)
    item, (low, high) = (24,) if flat else there, range_
    into, out = weight(24, 8), weight(8, 24, 2)
    encoder = linear(tmp_path / "e", item, (2, 2, 2), into, kind, rows)
    decoder = linear(tmp_path / "d", (2, 2, 2), item, out, kind, rows)
    networks = taken(tmp_path, encoder, decoder, range=range_, layout=layout)
    turned = IMAGES if layout == "channels_first" else IMAGES.transpose(0, 2, 3, 1)
    codes = (low + turned.reshape(7, 24) / 255 * (high - low)) @ into
    got = encode_decode.encode(networks[0], IMAGES)
    np.testing.assert_allclose(got, codes, rtol=0, atol=CLOSE[kind] * np.abs(codes).max())
    wanted = ((codes @ out) - low) / (high - low)
    wanted = wanted.reshape(7, *there)
    wanted = wanted if layout == "channels_first" else wanted.transpose(0, 3, 1, 2)
    (got,) = networks[1](codes.astype(np.float32))
    np.testing.assert_allclose(got, wanted, rtol=0, atol=CLOSE[kind] * np.abs(wanted).max())


def test_uint8_is_handed_the_pixels_themselves(tmp_path):
    pixels = np.arange(256, dtype=np.uint8).reshape(1, 1, 16, 16)
    encoder = linear(tmp_path / "e", (1, 16, 16), (256,), np.eye(256), "uint8")
    decoder = linear(tmp_path / "d", (256,), (1, 16, 16), np.eye(256))
    networks = taken(tmp_path, encoder, decoder, data=pixels, range=[0, 255])
    codes = encode_decode.encode(networks[0], pixels)
    np.testing.assert_array_equal(codes[0], np.arange(256))
    np.testing.assert_array_equal(encode_decode.decode(networks[1], codes), pixels)


def test_vectors_cross_as_they_are(tmp_path):
    vectors = np.random.default_rng(0).normal(size=(9, 5)).astype(np.float32)
    into, out = weight(5, 2), weight(2, 5)
    paths = linear(tmp_path / "e", (5,), (2,), into), linear(tmp_path / "d", (2,), (5,), out)
    networks = taken(tmp_path, *paths, data=vectors)
    codes = encode_decode.encode(networks[0], vectors)
    np.testing.assert_allclose(codes, vectors @ into, atol=1e-6)
    made = encode_decode.decode(networks[1], codes)
    np.testing.assert_allclose(made, vectors @ into @ out, atol=1e-6)


def test_of_several_outputs_the_named_one_is_the_code(tmp_path):
    into = weight(24, 4)
    noise = helper.make_node("RandomNormal", [], ["sampled"], shape=[7, 4])
    minus = helper.make_node("Neg", ["m"], ["minus"])
    encoder = linear(tmp_path / "e", SHAPE, (4,), into, nodes=[minus, noise])
    decoder = linear(tmp_path / "d", (4,), SHAPE)
    with pytest.raises(ValueError, match=r"e has the outputs y, minus, sampled; .*`output: mean`"):
        taken(tmp_path, encoder, decoder)
    codes = encode_decode.encode(taken(tmp_path, encoder, decoder, output="minus")[0], IMAGES)
    np.testing.assert_allclose(codes, -(IMAGES.reshape(7, 24) / 255) @ into, atol=1e-6)
    with pytest.raises(ValueError, match="got output 'z', but .*e has y, minus, sampled"):
        taken(tmp_path, encoder, decoder, output="z")


@pytest.mark.parametrize("flat", ["encoder", "decoder"])
def test_codes_may_be_flat_on_one_side_alone(flat, tmp_path):
    shapes = [(8,) if flat == name else (2, 2, 2) for name in ("encoder", "decoder")]
    into, out = weight(24, 8), weight(8, 24)
    encoder = linear(tmp_path / "e", SHAPE, shapes[0], into)
    decoder = linear(tmp_path / "d", shapes[1], SHAPE, out)
    networks = taken(tmp_path, encoder, decoder)
    codes = encode_decode.encode(networks[0], IMAGES)
    np.testing.assert_allclose(codes, IMAGES.reshape(7, 24) / 255 @ into, atol=1e-6)
    (got,) = networks[1](codes)
    np.testing.assert_allclose(got.reshape(7, 24), codes @ out, atol=1e-6)


def test_a_code_whose_shape_is_open_is_as_the_entry_says(tmp_path):
    paths = [
        linear(tmp_path / "e", SHAPE, (2, 2, 2), weight(24, 8)),
        linear(tmp_path / "d", (2, 2, 2), SHAPE, weight(8, 24)),
    ]
    for path, field in zip(paths, ("output", "input"), strict=True):
        model = onnx.load(path)
        for side in getattr(model.graph, field)[0].type.tensor_type.shape.dim[2:]:
            side.dim_param = "any"
        onnx.save(model, path)
    about = Border.of(FIRST, SHAPE)
    with pytest.raises(ValueError, match=r"takes float32 \(n, 2, any, any\), says the shape"):
        fit(*paths, about)
    assert fit(*paths, Border.of(FIRST | {"latent": [2, 2, 2]}, SHAPE)).length == 8
    with pytest.raises(ValueError, match=r"e gives codes of float32 .*; wanted \(n, 4, 1, 2\)"):
        fit(*paths, Border.of(FIRST | {"latent": [4, 1, 2]}, SHAPE))
    networks = taken(tmp_path, *paths, latent=[2, 2, 2])
    assert encode_decode.encode(networks[0], IMAGES).shape == (7, 8)


def test_names_and_weights_of_a_file_may_be_those_that_the_border_would_take(tmp_path):
    into = weight(24, 4)
    encoder = linear(tmp_path / "e", SHAPE, (4,), into, names=("border.data", "border.codes"))
    decoder = linear(tmp_path / "d", (4,), SHAPE, names=("codes", "data"))
    codes = encode_decode.encode(taken(tmp_path, encoder, decoder)[0], IMAGES)
    np.testing.assert_allclose(codes, IMAGES.reshape(7, 24) / 255 @ into, atol=1e-6)


def test_weights_among_the_inputs_are_none(tmp_path):
    """As files of old versions have them."""
    encoder = linear(tmp_path / "e", SHAPE, (4,), weight(24, 4))
    model = onnx.load(encoder)
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        info = helper.make_tensor_value_info(tensor.name, tensor.data_type, array.shape)
        model.graph.input.append(info)
    onnx.save(model, encoder)
    decoder = linear(tmp_path / "d", (4,), SHAPE)
    assert encode_decode.encode(taken(tmp_path, encoder, decoder)[0], IMAGES).shape == (7, 4)


def test_values_beyond_the_range_are_cut_off_where_that_is_said(tmp_path):
    encoder = linear(tmp_path / "e", SHAPE, (1,))
    decoder = linear(tmp_path / "d", (1,), SHAPE, np.full((1, 24), 3.0))
    with pytest.raises(ValueError, match=r"d makes values from .* wanted the range \[0, 1\]: corr"):
        taken(tmp_path, encoder, decoder, clip=False)
    networks = taken(tmp_path, encoder, decoder, clip=True)
    codes = encode_decode.encode(networks[0], IMAGES)
    wanted = np.rint(np.minimum(3 * codes, 1) * 255)
    made = encode_decode.decode(networks[1], codes)
    np.testing.assert_array_equal(made.reshape(7, 24), np.repeat(wanted, 24, axis=1))
