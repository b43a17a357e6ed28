"""The small network that is trained on what is known of a data set: for the space `classifier`."""

from itertools import pairwise
from pathlib import Path

import torch
from onnx import TensorProto
from torch import Tensor, nn

from ..io import safetensors
from ..networks import export
from ..networks.export_layers import Graph, write

WIDTHS = (16, 32, 64, 128)  # channels of the stages; each halves the image


class ResidualNet(nn.Module):
    """A slim residual network: a stage a width, then the mean over pixels and a linear layer.

    Args:
        channels: of the images.
        classes: how many classes to tell apart, or attributes to tell.
        widths: channels of the stages; the last one is the width of the feature vectors.
        target: which of the two, "labels" or "attributes".

    References:
        He et al. (2016), "Deep residual learning for image recognition", CVPR.
    """

    def __init__(
        self,
        channels: int,
        classes: int,
        widths: tuple[int, ...] = WIDTHS,
        target: str = "labels",
    ):
        super().__init__()
        self.about = {
            "channels": channels,
            "classes": classes,
            "widths": list(widths),
            "target": target,
        }
        self.register_buffer("mean", torch.zeros(channels, 1, 1))  # of the training pixels
        self.register_buffer("deviation", torch.ones(channels, 1, 1))
        self.stem = nn.Sequential(
            nn.Conv2d(channels, widths[0], 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(widths[0]),
            nn.ReLU(),
        )
        self.stages = nn.Sequential(*(Block(*pair) for pair in pairwise(widths)))
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Feature vectors (n, width) and logits (n, classes) of pixels in [0, 1]."""
        images = ((images - self.mean) / self.deviation).to(self.stem[0].weight.dtype)
        vectors = self.stages(self.stem(images)).float().mean(dim=(2, 3))
        return vectors, self.head(vectors)


class Block(nn.Module):
    """Two convolutions beside a shortcut; halves the image, widens the channels."""

    def __init__(self, before: int, after: int):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(),
            nn.Conv2d(after, after, 3, padding=1, bias=False),
            nn.BatchNorm2d(after),
        )
        self.shortcut = nn.Sequential(
            nn.Conv2d(before, after, 1, stride=2, bias=False), nn.BatchNorm2d(after)
        )

    def forward(self, x: Tensor) -> Tensor:
        """(n, before, h, w) to (n, after, h / 2, w / 2), rounded up."""
        return torch.relu(self.main(x) + self.shortcut(x))


def save(path: str | Path, network: ResidualNet) -> None:
    """Write a network to `path` (.safetensors), with all it takes to rebuild it."""
    safetensors.save(path, network.state_dict(), network.about)


def load(path: str | Path) -> ResidualNet:
    """The network in `path`, on the CPU, set to evaluate."""
    state, about = safetensors.load(path)
    try:
        with torch.device("meta"):  # no memory, no random numbers: the file has the values
            network = ResidualNet(**about)
        network.load_state_dict(state, assign=True)
    except Exception as error:  # odd sizes lead torch into any
        raise ValueError(f"{path} is no classifier of expost ({error}); train it again") from error
    return network.eval()


def save_onnx(path: str | Path, network: ResidualNet) -> None:
    """Write a network to `path` (.onnx) as the space `classifier` wants it on a CPU.

    From `images`, float32 (n, c, h, w) in [0, 1], to `vectors` (n, width) and, by the network's
    target, `probabilities` of the classes (n, classes) or `attributes`, the probability of each.
    These are computed in float64: in float32 they would stray by 1e-6 from a sum of 1.
    """
    graph = Graph()
    mean, deviation = (
        graph.weight(part[None].cpu().numpy()) for part in (network.mean, network.deviation)
    )
    x = graph.add("Div", graph.add("Sub", "images", mean), deviation)
    maps = write(nn.Sequential(network.stem, network.stages), graph, x)
    vectors = graph.add("Flatten", graph.add("GlobalAveragePool", maps), axis=1)
    logits = graph.add("Cast", write(network.head, graph, vectors), to=TensorProto.DOUBLE)
    told = network.about["target"] == "labels"
    law = graph.add("Softmax", logits, axis=1) if told else graph.add("Sigmoid", logits)
    results = {
        "vectors": (vectors, [network.about["widths"][-1]]),
        "probabilities" if told else "attributes": (
            graph.add("Cast", law, to=TensorProto.FLOAT),
            [network.about["classes"]],
        ),
    }
    images = ("images", [network.about["channels"], "h", "w"])
    export.save(path, export.finished(graph, images, results))


@write.register
def _(block: Block, graph, x):
    main, shortcut = (write(part, graph, x) for part in (block.main, block.shortcut))
    return graph.add("Relu", graph.add("Add", main, shortcut))
