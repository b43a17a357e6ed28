"""Tidy scores of many methods, for tests of figures."""

import itertools

import numpy as np
import pandas as pd
from expost import features, metrics, samplers
from expost.figures import panels

METHODS = [("ae", name) for name in samplers.SAMPLERS if name != "prior"] + [("vae", "prior")]


def tidy(
    methods=METHODS, epochs=(1, 5), sizes=(100,), seeds=2, spaces=("pixels", "classifier", "codes")
):
    """Scores that differ between rows, of every metric."""
    runs = itertools.product(methods, epochs, sizes, range(seeds), spaces, metrics.NAMES)
    rows = [
        ("digits", *method, epoch, size, seed, space, metric)
        for method, epoch, size, seed, space, metric in runs
        if space not in features.NOT_FEATURES or metric in panels.TWO_SAMPLE
    ]
    names = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(value=0.5 + np.random.default_rng(0).random(len(table)))
