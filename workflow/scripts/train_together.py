"""Train one autoencoder for several seeds to one checkpoint each, going on where a job stopped."""

import torch
from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import device, freed_memory, job
from expost.study import runs
from expost.training.together import Together

job.start(snakemake.log[0], snakemake.params.threads)
freed_memory.keep()
run, params, made = snakemake.wildcards, snakemake.params, snakemake.output
data = load_part(snakemake.input.data, "train")
trainings = Together(
    params.training | {"epochs": [int(run.epoch)]},
    data.shape[1:],
    [("train", run.dataset, runs.bare(run.autoencoder), str(seed)) for seed in params.seeds],
    params.kept,
    device.pick(params.device),
    [str(params.threads), torch.__version__, params.code, files.sha256(snakemake.input.data)],
)
trainings.run(data)
parts = ("checkpoint", "history", "encoder", "decoder")
paths = zip(*(made[part] for part in parts), strict=True)
trainings.finish([dict(zip(parts, of_one, strict=True)) for of_one in paths])
