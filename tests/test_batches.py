"""A single image that is left over is never a batch of its own, and all other batches stay."""

import numpy as np
import pytest
import torch
from expost.features.classifier_training import train_classifier
from expost.networks.architectures import ARCHITECTURES
from expost.training import passes
from expost.training.loop import Training
from planning import planned

CPU = torch.device("cpu")


@pytest.mark.parametrize("batch", [2, 3, 8, 128])
@pytest.mark.parametrize("items", [2, 3, 5, 9, 16, 17, 25, 129, 257])
def test_every_item_is_in_one_batch_and_none_is_alone(items, batch):
    order = torch.randperm(items, generator=torch.Generator().manual_seed(0))
    parts = passes.batches(order, batch)
    sizes = [len(part) for part in parts]
    assert torch.equal(torch.cat(parts), order)
    assert len(parts) == passes.steps(items, batch)
    assert min(sizes) >= 2
    if items % batch == 1:
        assert sizes == [batch + 1] + [batch] * (items // batch - 1)
    else:
        assert all(map(torch.equal, parts, order.split(batch)))


def images(n, side, channels=1):
    return np.random.default_rng(0).integers(0, 256, (n, channels, side, side), np.uint8)


@pytest.mark.parametrize("networks", ARCHITECTURES)
@pytest.mark.parametrize(("items", "batch"), [(17, 8), (3, 2), (9, 8)])
def test_any_networks_train_where_one_image_is_left_over(networks, items, batch, tmp_path):
    settings = {"objective": "vae", "networks": networks, "width": 0.05, "batch": batch}
    data = images(items, 32)
    run = Training(settings | {"epochs": [2]}, data.shape[1:], ("x",), tmp_path, CPU)
    run.run(data)
    assert np.isfinite(run.history[-1]["autoencoder_reconstruction"])


def test_an_objective_looks_at_no_single_image(tmp_path, monkeypatch):
    """It encodes while batch normalisation trains, in parts, of which the last would be one."""
    monkeypatch.setattr(passes, "AT_ONCE", 4)
    settings = {"objective": "ae", "networks": "ebcae_celeba", "width": 0.05, "batch": 5}
    data, seen = images(10, 32), []
    run = Training(settings | {"epochs": [1]}, data.shape[1:], ("x",), tmp_path, CPU)
    monkeypatch.setattr(
        run.objective, "look", lambda done, draw: seen.extend(len(part) for part in draw(9))
    )
    run.run(data)
    assert sum(seen) == 2 * 9
    assert min(seen) > 1


@pytest.mark.parametrize("items", [0, 1])
def test_less_than_two_images_are_refused(items, tmp_path):
    run = Training({"objective": "ae", "epochs": [1]}, (1, 32, 32), ("x",), tmp_path, CPU)
    with pytest.raises(ValueError, match="at least 2 to train on"):
        run.run(images(items, 32))


@pytest.mark.parametrize("items", [17, 129])
def test_the_classifier_trains_where_one_image_is_left_over(items):
    labels = np.arange(items) % 2
    data = images(items, 16), labels, images(4, 16), labels[:4]
    history = train_classifier(*data, seed=0, epochs=1, batch=8)[1]
    assert np.isfinite(history[-1]["loss"])


def test_the_classifier_refuses_a_single_image():
    flags = np.array([[0, 1]])
    data = images(1, 16), flags, images(1, 16), flags
    with pytest.raises(ValueError, match="got 1 training images; the classifier wants at least 2"):
        train_classifier(*data, target="attributes", seed=0, epochs=1)


@pytest.mark.parametrize("held", [996, 997, 2000])
def test_too_few_images_to_train_on_are_refused_when_planning(held):
    message = f"got 997 .*, of which `validation: {held}` .*at least 2 .*autoencoder 'ae'"
    with pytest.raises(ValueError, match=message):
        planned({"training": {"validation": held}})
    assert planned({"training": {"validation": 995}}, wanted=[]).figures
