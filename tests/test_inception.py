"""FID's Inception-v3, with random weights: the published ones are never wanted here."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from expost.features import build
from expost.io import files
from hostile import refused

torch = pytest.importorskip("torch")

from expost.features import inception  # noqa: E402 (needs torch)
from random_inception import save_inception  # noqa: E402 (needs torch)
from torch_fidelity import FeatureExtractorInceptionV3  # noqa: E402 (needs torch)

PUBLISHED = inception.WEIGHTS


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A file that stands for the published one."""
    path = tmp_path_factory.mktemp("inception") / "inception.pth"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inception, "WEIGHTS", save_inception(path))
        yield path


@pytest.fixture(scope="module")
def library(weights):
    """That library's own extractor, by its own constructor, with the same weights."""
    return FeatureExtractorInceptionV3("own", ["2048", "logits_unbiased"], str(weights))


def random_images(n, channels, height, width):
    shape = n, channels, height, width
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize(
    "shape", [(3, 1, 28, 28), (2, 3, 32, 32), (2, 1, 17, 40), (2, 3, 299, 299), (2, 3, 400, 310)]
)
def test_it_is_that_of_the_library(shape, weights, library):
    """Fused and channels last, grey in three channels; larger, smaller or as it is."""
    images = random_images(*shape)
    with torch.inference_mode():
        vectors, logits = library(torch.from_numpy(images).expand(-1, 3, -1, -1))
    made = build("inception", weights=weights, device="cpu", batch=2)(images)
    assert made.vectors.shape == (len(images), 2048)
    assert made.probabilities.shape == (len(images), 1008)
    scale = float(vectors.abs().max())
    np.testing.assert_allclose(made.vectors, vectors.numpy(), atol=1e-5 * scale)
    expected = logits.double().softmax(dim=1).numpy()
    np.testing.assert_allclose(made.probabilities, expected, atol=1e-5 * expected.max())
    assert (vectors[0] - vectors[1]).abs().max() > 1e-3 * scale  # which images make a difference


def test_images_of_other_channels_are_refused(weights):
    with pytest.raises(ValueError, match="inception wants grey or RGB images, got 2 channels"):
        build("inception", weights=weights, device="cpu")(random_images(1, 2, 8, 8))


def test_no_more_than_a_batch_is_computed_at_once(weights):
    space, seen = build("inception", weights=weights, device="cpu", batch=2), []
    space.body.register_forward_hook(lambda _, given, made: seen.append(len(given[0])))
    space(random_images(5, 1, 8, 8))
    assert seen == [2, 2, 1]


def test_making_it_draws_no_random_numbers_and_takes_them_all_from_the_file(weights):
    before = torch.random.get_rng_state()
    space = build("inception", weights=weights, device="cpu")
    assert (torch.random.get_rng_state() == before).all()
    assert not any(part.is_meta for part in (*space.body.parameters(), space.head))


def test_the_file_is_read_as_weights_alone(weights, monkeypatch):
    """The library's constructor reads whatever objects a file has, and is handed none."""
    load, read = torch.load, []

    def record(source, **options):
        read.append((source, options["weights_only"]))
        return load(source, **options)

    monkeypatch.setattr(torch, "load", record)
    build("inception", weights=weights, device="cpu")
    assert [entry for entry in read if not isinstance(entry[0], BytesIO)] == [(weights, True)]
    for given in (source for source, _ in read if isinstance(source, BytesIO)):
        given.seek(0)
        assert load(given, weights_only=True) == {}


@pytest.mark.parametrize(
    "what", ["truncated", "of another network", "with other values", "no file"]
)
def test_another_file_is_refused_by_name(what, weights, tmp_path):
    path = tmp_path / inception.WEIGHTS.name
    content = weights.read_bytes()
    if what == "truncated":
        path.write_bytes(content[:-1])
    elif what == "of another network":
        torch.save({"conv1.weight": torch.zeros(64, 3, 7, 7)}, path)
    elif what == "with other values":
        state = torch.load(weights, weights_only=True)
        state["fc.bias"] += 1e-3
        torch.save(state, path)
    else:
        path.mkdir()
        with pytest.raises(
            FileNotFoundError, match=rf"no Inception weights at .*; put {path.name}"
        ):
            build("inception", weights=path)
        return
    refused(path, inception.Inception, "truncated or another file", f"put {path.name} there")


def test_code_in_a_file_is_not_run(weights, payload, tmp_path, monkeypatch):
    path = tmp_path / "inception.pth"
    torch.save({"fc.bias": payload}, path)
    refused(path, inception.Inception, f"put {inception.WEIGHTS.name} there")
    right = replace(inception.WEIGHTS, sha256=files.sha256(path))  # nor were it the published one
    monkeypatch.setattr(inception, "WEIGHTS", right)
    with pytest.raises(Exception, match="Weights only load failed"):
        inception.Inception(path)


def test_the_published_file_is_that_of_the_library_and_of_pytorch_fid():
    remote = PUBLISHED
    (url,) = remote.urls()
    assert url.endswith("/" + remote.name)
    assert remote.sha256[:8] in remote.name  # their convention
    assert [name.rpartition("-")[2] for name in remote.kept_as] == ["6726825d.pth"]
