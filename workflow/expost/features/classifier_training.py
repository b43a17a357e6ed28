"""Train the classifier whose features a data set's images are compared in."""

import numpy as np
import torch
from torch import Tensor, nn

from ..networks.inputs import to_input
from ..runtime import eager
from ..runtime.device import pick
from ..runtime.log import log
from ..runtime.progress import Progress
from ..runtime.seeding import seed as derive
from .base import check_images
from .residual_net import ResidualNet
from .targets import TARGETS

# A 16th of the side: small moves keep digits, faces and things what they are; turning does not.
SHIFT = 16
# Where nobody says how many. Of 480 digits of six classes 20 steps tell two thirds without being
# sure, 60 all but one; of 384 garments 300 steps tell 0.87 of the others, as 600 do, and 150 0.86.
FEWEST_EPOCHS, FEWEST_STEPS = 5, 300


def train_classifier(
    images: np.ndarray,
    known: np.ndarray,
    test_images: np.ndarray,
    test_known: np.ndarray,
    *,
    target: str = "labels",
    epochs: int | None = None,
    seed: int,
    device: str = "auto",
    batch: int = 128,
    learning_rate: float = 2e-3,
) -> tuple[ResidualNet, list[dict[str, float]]]:
    """A residual network trained to tell classes or attributes.

    By cross-entropy of the classes, or by binary cross-entropy, its mean over the attributes.
    AdamW under a one-cycle learning rate; batches are shifted by up to a 16th of their side.
    The result depends on the arguments and the machine alone; global random numbers stay as
    they are.

    Args:
        images: uint8 (n, c, h, w), at least 8 x 8 pixels.
        known: the class of each image, integers (n,), of which every one of 0 .. k - 1 occurs; or
            which attributes it has, 0 or 1 (n, k).
        test_images: uint8 (m, c, h, w), only looked at.
        test_known: the same of these.
        target: which of the two is known, "labels" or "attributes".
        epochs: passes over the images; None for 5, or more where these are less than 300 steps.
        seed: of the first weights, the order of the images and the shifts.
        device: "auto", "cpu" or "cuda".
        batch: images per step, at least 2; what is left over is shared among the steps.
        learning_rate: the highest of the cycle.

    Returns:
        The network, set to evaluate, and a row an epoch: epoch, loss, test_accuracy (of
        attributes, the mean over them).

    Raises:
        ValueError: a class without images, images, labels or attributes of wrong shape, no
            epochs, or batches of one image.
        FloatingPointError: the loss is no longer finite.
    """
    if (epochs is not None and epochs < 1) or batch < 2:
        raise ValueError(f"wanted epochs >= 1 and batch >= 2, got {epochs} and {batch}")
    images, test_images = check_images(images), check_images(test_images)
    _check(images, known, test_images, test_known, target)
    learned, place = TARGETS[target], pick(device)
    count = learned.count(known, test_known)
    x, test_x = (torch.from_numpy(part).to(place) for part in (images, test_images))
    y, test_y = (learned.prepare(part).to(place) for part in (known, test_known))
    network = _network(images, count, target, seed).to(place, memory_format=torch.channels_last)
    optimizer = eager.optimiser("AdamW")(network.parameters(), weight_decay=1e-2, fused=True)
    steps = max(1, len(x) // batch)  # an epoch
    epochs = epochs or max(FEWEST_EPOCHS, -(-FEWEST_STEPS // steps))
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
            _, logits = network(_shift(to_input(x[rows]), random))
            loss = learned.loss(logits, y[rows])
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


def _network(images: np.ndarray, count: int, target: str, seed: int) -> ResidualNet:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(derive(seed, "weights"))
        network = ResidualNet(images.shape[1], count, target=target)
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
def _accuracy(network: ResidualNet, images: Tensor, known: Tensor) -> float:
    network.eval()
    accuracy = TARGETS[network.about["target"]].accuracy
    parts = zip(images.split(500), known.split(500), strict=True)
    return sum(float(accuracy(network(to_input(part))[1], wanted)) for part, wanted in parts) / len(
        images
    )


def _check(images, known, test_images, test_known, target) -> None:
    for name, x, y in (("training", images, known), ("test", test_images, test_known)):
        if min(x.shape[2:]) < 8 or x.shape[1:] != images.shape[1:]:
            raise ValueError(
                f"the classifier wants images of at least 8x8 pixels, training and test of one "
                f"shape, got {images.shape[1:]} and {test_images.shape[1:]}"
            )
        if len(images) < 2:
            raise ValueError(f"got {len(images)} training images; the classifier wants at least 2")
        if len(x) != len(y):
            raise ValueError(f"got {target} of {len(y)} {name} images, wanted {len(x)}")
