"""Which images play which part in a run; shared by all samplers of a data set and a seed."""

import numpy as np

from ..runtime.seeding import generator


def reference(dataset: str, seed: int, n_test: int, draws: int) -> np.ndarray:
    """Rows of the test images that generated images are compared with, shape (draws,).

    Raises:
        ValueError: there are fewer test images than that.
    """
    return _test_rows(dataset, seed, n_test, draws)[:draws]


def held_out(dataset: str, seed: int, n_test: int, draws: int) -> np.ndarray:
    """Rows of other test images, as real as the reference: the control `held_out`.

    Raises:
        ValueError: there are fewer than `2 * draws` test images.
    """
    return _test_rows(dataset, seed, n_test, 2 * draws)[draws:]


def training(dataset: str, seed: int, n_train: int, count: int = 0) -> np.ndarray:
    """Rows of the training images in the order in which samplers get them, (n_train - count,).

    Args:
        dataset: its name.
        seed: of the run.
        n_train: how many training images there are.
        count: how many of them the autoencoder's training held out, which no sampler gets; see
            `validation`.
    """
    return generator("training codes", dataset, seed).permutation(n_train)[: n_train - count]


def validation(dataset: str, seed: int, n_train: int, count: int) -> np.ndarray:
    """Rows of the training images that a training holds out for its validation loss, (count,).

    They are the last in the order of `training`, and no sampler is fitted to any but those whose
    `source` they are. Nothing is taken from the test part.

    Raises:
        ValueError: nothing would be left to train on.
    """
    if not 0 <= count < n_train:
        raise ValueError(
            f"{dataset} has {n_train} training images, of which {count} should be held out for "
            "validation; set `validation` lower"
        )
    return training(dataset, seed, n_train)[n_train - count :]


def trained(dataset: str, seed: int, n_train: int, count: int) -> np.ndarray:
    """Rows of the training images that are left to train on, in the order of the data set.

    Args:
        dataset: its name.
        seed: of the run.
        n_train: how many training images there are.
        count: how many of them are held out, see `validation`.

    Raises:
        ValueError: as `validation`.
    """
    return np.setdiff1d(np.arange(n_train), validation(dataset, seed, n_train, count))


def fitted(
    dataset: str, seed: int, n_train: int, size: int, draws: int, count: int = 0
) -> np.ndarray:
    """Rows of the training images that a run's sampler is fitted to, by `fit_and_pool.pooled`.

    Controls that are fitted to nothing, or to other images, are compared with the same.
    """
    return training(dataset, seed, n_train, count)[: most_fitted(size, draws)]


def fitted_once(dataset: str, seed: int, n_train: int, size: int, count: int = 0) -> np.ndarray:
    """Rows of the training images that a single fit gets, (size,).

    Raises:
        ValueError: there are fewer.
    """
    rows = training(dataset, seed, n_train, count)
    if size > len(rows):
        raise ValueError(
            f"{dataset} has {n_train} training images, of which {count} are held out for "
            f"validation; got size {size}: set it to {len(rows)} or fewer"
        )
    return rows[:size]


def most_fitted(size: int, draws: int) -> int:
    """How many training images that is, where there are as many: of `size` a fit, for all draws."""
    return -(-draws // size) * size


def pool(
    source: str,
    dataset: str,
    seed: int,
    codes: dict[str, np.ndarray],
    draws: int,
    count: int = 0,
) -> tuple[str, np.ndarray]:
    """The part whose codes a sampler is fitted to, and its rows in the order they are taken.

    Of `train` there are more than a run of a smaller size fits to; of others, all are fitted to.

    Args:
        source: of the sampler, `train`, `validation` or `held_out`.
        dataset: its name.
        seed: of the run.
        codes: of the parts `train` and `test`, (n, d) each.
        draws: how many codes the run draws.
        count: how many training images the autoencoder's training held out, see `validation`.

    Raises:
        ValueError: there are too few test or validation images.
    """
    if source == "held_out":
        return "test", held_out(dataset, seed, len(codes["test"]), draws)
    n_train = len(codes["train"])
    if source == "train":
        return "train", training(dataset, seed, n_train, count)
    if draws > count:
        raise ValueError(
            f"the training holds out {count} images of {dataset} for validation, this run wants "
            f"{draws}, one a draw; set its `validation` to {draws} or more, or draws lower"
        )
    return "train", validation(dataset, seed, n_train, count)


def pairs(dataset: str, seed: int, n_test: int, count: int) -> np.ndarray:
    """Rows of the test images between which is interpolated, shape (count, 2), no image twice.

    Raises:
        ValueError: there are fewer than `2 * count` test images.
    """
    if 2 * count > n_test:
        raise ValueError(
            f"{dataset} has {n_test} test images, {count} pairs want {2 * count}; set pairs lower"
        )
    chosen = generator("pairs", dataset, seed).permutation(n_test)[: 2 * count]
    return chosen.reshape(count, 2)


def _test_rows(dataset, seed, n_test, wanted):
    if wanted > n_test:
        raise ValueError(
            f"{dataset} has {n_test} test images, this run wants {wanted}: as many as draws for "
            "the reference, and as many again for the control held_out; set draws lower"
        )
    return generator("test images", dataset, seed).permutation(n_test)[:wanted]
