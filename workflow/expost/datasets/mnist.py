"""Handwritten digits: MNIST."""

from .idx import IdxDataset, idx_files


class MNIST(IdxDataset):
    """60,000 training and 10,000 test scans of handwritten digits in 10 classes.

    The 28 x 28 pixels are enlarged by bilinear interpolation; the split is the published one.

    Args:
        size: pixels a side after resizing; None keeps 28.

    References:
        LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document
        recognition", Proceedings of the IEEE 86(11), 2278-2324.
    """

    files = idx_files(
        "MNIST",
        (
            "train-images-idx3-ubyte.gz",
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        ),
        (
            "train-labels-idx1-ubyte.gz",
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        ),
        (
            "t10k-images-idx3-ubyte.gz",
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        ),
        (
            "t10k-labels-idx1-ubyte.gz",
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ),
    )
