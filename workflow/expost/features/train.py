"""Train the classifier whose features a data set's images are compared in."""

import numpy as np
import torch
from torch import Tensor, nn

from ..device import pick
from ..job import Progress, log
from ..job import seed as derive
from ..networks import to_unit
from .base import check_images
from .classifier import ResidualNet

# A 16th of the side: small moves keep digits, faces and things what they are; turning does not.
SHIFT = 16


def train_classifier(
    images: np.ndarray,
    labels: np.ndarray | None,
    test_images: np.ndarray,
    test_labels: np.ndarray | None,
    *,
    epochs: int,
    seed: int,
    device: str = "auto",
    batch: int = 128,
    learning_rate: float = 2e-3,
) -> tuple[ResidualNet, list[dict[str, float]]]:
    """A residual network trained to tell the classes, by cross-entropy.

    AdamW under a one-cycle learning rate; batches are shifted by up to a 16th of their side.
    The result depends on the arguments and the machine alone; global random numbers stay as
    they are.

    Args:
        images: uint8 (n, c, h, w), at least 8 x 8 pixels.
        labels: class of each image, integers (n,); every class 0 .. k - 1 occurs.
        test_images: uint8 (m, c, h, w), only looked at.
        test_labels: their classes, integers (m,).
        epochs: passes over the images.
        seed: of the first weights, the order of the images and the shifts.
        device: "auto", "cpu" or "cuda".
        batch: images per step, at least 2; what is left over is shared among the steps.
        learning_rate: the highest of the cycle.

    Returns:
        The network, set to evaluate, and a row an epoch: epoch, loss, test_accuracy.

    Raises:
        ValueError: no labels, a class without images, images or labels of wrong shape, no
            epochs, or batches of one image.
        FloatingPointError: the loss is no longer finite.
    """
    if epochs < 1 or batch < 2:
        raise ValueError(f"wanted epochs >= 1 and batch >= 2, got {epochs} and {batch}")
    classes = _classes(images, labels, test_images, test_labels)
    place = pick(device)
    x, test_x = (torch.from_numpy(part).to(place) for part in (images, test_images))
    y, test_y = (torch.as_tensor(part).long().to(place) for part in (labels, test_labels))
    network = _network(images, classes, seed).to(place, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=1e-2, fused=True)
    steps = max(1, len(x) // batch)  # an epoch
    total = epochs * steps
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, learning_rate, total_steps=total)
    progress, history = Progress(total), []
    for epoch in range(1, epochs + 1):
        random = torch.Generator().manual_seed(derive(seed, "epoch", epoch))
        sum_of_losses = torch.zeros((), dtype=torch.float64, device=place)
        order = torch.randperm(len(x), generator=random)
        network.train()
        # Equal batches: a last one of a single image would break the batch normalisation.
        for step, rows in enumerate(order.tensor_split(steps), start=1):
            rows = rows.to(place)
            _, logits = network(_shift(to_unit(x[rows]), random))
            loss = nn.functional.cross_entropy(logits, y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            cycle.step()
            sum_of_losses += loss.detach().double() * len(rows)
            progress((epoch - 1) * steps + step, f"epoch {epoch}")
        row = {
            "epoch": epoch,
            "loss": float(sum_of_losses) / len(x),
            "test_accuracy": _accuracy(network, test_x, test_y),
        }
        if not np.isfinite(row["loss"]):
            raise FloatingPointError(
                f"training the classifier diverged in epoch {epoch}; try a smaller learning_rate "
                f"than {learning_rate}"
            )
        log.info("classifier  %s", "  ".join(f"{key} {value:.6g}" for key, value in row.items()))
        history.append(row)
    return network.eval(), history


def _network(images: np.ndarray, classes: int, seed: int) -> ResidualNet:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(derive(seed, "weights"))
        network = ResidualNet(images.shape[1], classes)
    sample = images[:10_000] / np.float32(255)
    network.mean[:] = torch.from_numpy(sample.mean(axis=(0, 2, 3))).view(-1, 1, 1)
    network.deviation[:] = torch.from_numpy(sample.std(axis=(0, 2, 3)) + 1e-3).view(-1, 1, 1)
    return network


def _shift(images: Tensor, random: torch.Generator) -> Tensor:
    """The batch moved by one random step, its border pixels repeated."""
    height, width = images.shape[2:]
    most = min(height, width) // SHIFT
    padded = nn.functional.pad(images, [most] * 4, mode="replicate")
    top, left = torch.randint(2 * most + 1, (2,), generator=random).tolist()
    return padded[:, :, top : top + height, left : left + width]


@torch.inference_mode()
def _accuracy(network: ResidualNet, images: Tensor, labels: Tensor) -> float:
    network.eval()
    parts = zip(images.split(500), labels.split(500), strict=True)
    return sum(
        int((network(to_unit(part))[1].argmax(dim=1) == wanted).sum()) for part, wanted in parts
    ) / len(images)


def _classes(images, labels, test_images, test_labels) -> int:
    """How many classes there are, or an error that says what is wrong with them."""
    for name, x, y in (("training", images, labels), ("test", test_images, test_labels)):
        if y is None:
            raise ValueError(
                f"the {name} images have no labels, and a classifier needs them; give labels with "
                "the data set, or compare its images in the features of resnet34"
            )
        check_images(x)
        if min(x.shape[2:]) < 8 or x.shape[1:] != images.shape[1:]:
            raise ValueError(
                f"the classifier wants images of at least 8x8 pixels, training and test of one "
                f"shape, got {images.shape[1:]} and {test_images.shape[1:]}"
            )
        y = np.asarray(y)
        if y.shape != (len(x),) or not np.issubdtype(y.dtype, np.integer) or y.min() < 0:
            raise ValueError(
                f"{name} labels must be {len(x)} integers >= 0, one an image, "
                f"got {y.dtype} {y.shape}"
            )
    counts = np.bincount(labels)
    if len(counts) < 2:
        raise ValueError("all training images have label 0, and a classifier needs 2 classes")
    if len(empty := np.flatnonzero(counts == 0)):
        raise ValueError(
            f"classes {empty.tolist()} of 0..{len(counts) - 1} have no training images; number the "
            "classes that have some 0, 1, 2, ..."
        )
    if (largest := int(np.max(test_labels))) >= len(counts):
        raise ValueError(
            f"test label {largest} is not among the training labels 0..{len(counts) - 1}; "
            "split the images so that every class is in both parts"
        )
    return len(counts)
