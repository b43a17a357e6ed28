"""What a paper says of its trainings on one data set."""

from collections.abc import Mapping


def on(said: Mapping, dataset: str) -> dict:
    """What a paper says of one data set.

    Args:
        said: settings of a training; of `epochs` the last, `images` that were trained on, `size`,
            codes that samplers were fitted to; under `on`, data set -> those that are other there.
        dataset: which one.
    """
    return {k: v for k, v in said.items() if k != "on"} | said.get("on", {}).get(dataset, {})
