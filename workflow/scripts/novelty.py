"""How well autoencoders of one class tell others, of all runs, and the images at either end."""

import numpy as np
import pandas as pd
from expost.analyses import novelty, one_class, separation
from expost.datasets import class_rows
from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import device, job, seeding
from expost.training import checkpoints

job.start(snakemake.log[0], snakemake.params.threads)
params, table, ends = snakemake.params, [], {}
archives = dict(zip(params.datasets, snakemake.input.data, strict=True))
for run, about, path in zip(params.runs, params.trainings, snakemake.input.runs, strict=True):
    dataset, name, _, seed = run
    archive, only = archives[dataset], about["of_class"]
    parts = class_rows.parts(archive, dataset, seed, only, about["validation"])
    known, held_out = (load_part(archive, "train")[rows] for rows in parts)
    data, inside = load_part(archive, "test"), class_rows.rows(archive, "test", only)
    objective = checkpoints.load(path, device.pick(params.device))
    rng = seeding.generator("novelty", *run)
    scores = one_class.scores(objective, known, held_out, data, rng)
    axes = {"dataset": dataset, "autoencoder": name.partition("-")[0], "seed": seed}
    axes["group"] = class_rows.name(archive, only)
    is_inside = np.isin(np.arange(len(data)), inside)
    table += [axes | row for row in separation.records(scores, is_inside)]
    if f"{dataset}/{name}/low" not in ends:  # which are shown of the first seed
        among = inside if params.among == "class" else np.arange(len(data))
        low, high = novelty.extremes(scores["full"], among, params.shown)
        ends |= {f"{dataset}/{name}/low": low, f"{dataset}/{name}/high": high}

with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(table)[novelty.COLUMNS].to_csv(temporary, index=False)
files.save_npz(snakemake.output.ends, **ends)
