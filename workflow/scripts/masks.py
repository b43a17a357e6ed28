"""The masks of all trainings of a figure, epoch by epoch."""

import pandas as pd
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], 1)
COLUMNS = ("dataset", "autoencoder", "capacity", "seed", "epoch", "metric", "dimension", "value")
rows = []
for run, path in zip(snakemake.params.runs, snakemake.input.histories, strict=True):
    history = pd.read_csv(path)
    about = {key: run[key] for key in ("dataset", "autoencoder", "capacity", "seed")}
    for dimension in range(run["capacity"]):
        values = history[f"mask_{dimension}"]
        rows += [
            about | {"epoch": epoch, "metric": "mask", "dimension": dimension, "value": value}
            for epoch, value in zip(history["epoch"], values, strict=True)
        ]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows, columns=COLUMNS).to_csv(temporary, index=False)
