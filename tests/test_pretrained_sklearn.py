"""An autoencoder of scikit-learn's, by skl2onnx: flat images, and values beyond black and white."""

import warnings

import numpy as np
import pytest
from elsewhere import FIRST
from expost import datasets
from expost.networks.border import Border
from expost.networks.onnx_runtime import Network
from expost.training import encode_decode, pretrained
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

ABOUT = Border.of(FIRST, (1, 8, 8))


@pytest.fixture(scope="module")
def images():
    return datasets.build("digits", size=8).load()


@pytest.fixture(scope="module")
def model(images, tmp_path_factory):
    """Principal components, and a perceptron back to images; and both as files."""
    folder = tmp_path_factory.mktemp("sklearn")
    flat = (images["images_train"] / 255).reshape(-1, 64).astype(np.float32)
    encoder = PCA(16, random_state=0).fit(flat)
    codes = encoder.transform(flat)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        decoder = MLPRegressor(hidden_layer_sizes=(64,), max_iter=60, random_state=0)
        decoder.fit(codes, flat)
    paths = folder / "pca.onnx", folder / "perceptron.onnx"
    for one, sides, path in ((encoder, (64, 16), paths[0]), (decoder, (16, 64), paths[1])):
        given, made = (FloatTensorType([None, side]) for side in sides)
        # It says (n, 1) of any perceptron, if it is not told.
        exported = convert_sklearn(one, initial_types=[("x", given)], final_types=[("y", made)])
        path.write_bytes(exported.SerializeToString())
    return encoder, decoder, paths


def test_it_is_scikit_learns(model, images, tmp_path):
    encoder, decoder, paths = model
    made = tmp_path / "e", tmp_path / "d"
    pretrained.take_in(paths, ABOUT, True, images["images_train"], made)
    networks = [Network(path) for path in made]
    codes = encode_decode.encode(networks[0], images["images_test"])
    flat = (images["images_test"] / 255).reshape(-1, 64)
    wanted = encoder.transform(flat)
    np.testing.assert_allclose(codes, wanted, atol=1e-4)
    shown = decoder.predict(wanted).clip(0, 1).reshape(-1, 1, 8, 8) * 255
    got = encode_decode.decode(networks[1], codes)
    assert np.abs(got - shown).max() < 0.6  # rounded to whole levels
    assert np.abs(got / 255 - images["images_test"] / 255).mean() < 0.1


def test_what_is_beyond_the_range_is_refused_unless_it_may_be_cut_off(model, images, tmp_path):
    made = tmp_path / "e", tmp_path / "d"
    with pytest.raises(ValueError, match=r"perceptron.onnx makes values from -.* `clip: true`"):
        pretrained.take_in(model[2], ABOUT, False, images["images_train"], made)
