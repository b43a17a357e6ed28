"""The masks of all trainings of a figure, epoch by epoch."""

import numpy as np
import pandas as pd
from expost.analyses import mask_history
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], 1)
COLUMNS = ("dataset", "autoencoder", "capacity", "seed", "epoch", "metric", "dimension", "value")
rows = []
for run, path in zip(snakemake.params.runs, snakemake.input.histories, strict=True):
    history = mask_history.read(path)
    about = {key: run[key] for key in ("dataset", "autoencoder", "capacity", "seed")}
    rows += [
        about | {"epoch": history["epoch"][i], "metric": "mask", "dimension": j, "value": value}
        for (j, i), value in np.ndenumerate(mask_history.over_epochs(history).T)
    ]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows, columns=COLUMNS).to_csv(temporary, index=False)
