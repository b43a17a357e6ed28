"""Pieces of clothing: Fashion-MNIST."""

from .idx import IdxDataset, idx_files


class FashionMNIST(IdxDataset):
    """60,000 training and 10,000 test pictures of clothing in 10 classes, in MNIST's format.

    The 28 x 28 pixels are enlarged by bilinear interpolation; the split is the published one.

    Args:
        size: pixels a side after resizing; None keeps 28.

    References:
        Xiao, Rasul & Vollgraf (2017), "Fashion-MNIST: a novel image dataset for benchmarking
        machine learning algorithms", arXiv:1708.07747.
    """

    names = (
        *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
        *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
    )
    files = idx_files(
        "FashionMNIST",
        (
            "train-images-idx3-ubyte.gz",
            26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ),
        (
            "train-labels-idx1-ubyte.gz",
            29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ),
        (
            "t10k-images-idx3-ubyte.gz",
            4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ),
        (
            "t10k-labels-idx1-ubyte.gz",
            5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
    )
