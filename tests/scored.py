"""Tidy scores of a few samplers, and the table of them."""

import pandas as pd
from expost.tables import scores_table


def scores(values: dict, metric="emd", dataset="digits", space="pixels"):
    """A tidy table of {sampler: values over seeds} on the plain autoencoder."""
    rows = [
        (dataset, "ae", sampler, seed, 60, 800, space, metric, value)
        for sampler, over_seeds in values.items()
        for seed, value in enumerate(over_seeds)
    ]
    names = [
        "dataset",
        "autoencoder",
        "sampler",
        "seed",
        "epoch",
        "size",
        "space",
        "metric",
        "value",
    ]
    return pd.DataFrame(rows, columns=names)


def tables_of(frame):
    return scores_table.score_tables(frame, scores_table.summarise_scores(frame))


def only_table(frame):
    (table,), note = tables_of(frame)
    return table, note


def steady(values: dict):
    """Two seeds that differ by the same for all methods."""
    return {name: [value, value + 0.01] for name, (value,) in values.items()}


def in_bold(table):
    return {table.rows[i][0] for i, _ in table.bold}
