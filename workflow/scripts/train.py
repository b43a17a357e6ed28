"""Train one autoencoder to one checkpoint, going on where an earlier job stopped."""

import torch
from expost.datasets import class_rows, row_choice
from expost.datasets.arrays import load_labels, load_part
from expost.io import files
from expost.runtime import device, freed_memory, job
from expost.study import runs
from expost.training import loop

job.start(snakemake.log[0], snakemake.params.threads)
freed_memory.keep()
run, params, made = snakemake.wildcards, snakemake.params, snakemake.output
data, labels = (load(snakemake.input.data, "train") for load in (load_part, load_labels))
validation, count = data[:0], params.training.get("validation", 0)
if (only := params.training.get("of_class")) is not None:
    about = snakemake.input.data, run.dataset, run.seed, only, count
    data, validation = (data[rows] for rows in class_rows.parts(*about))
    labels = None
elif count:
    choice = (run.dataset, run.seed, len(data), count)
    trained = row_choice.trained(*choice)
    validation, data = data[row_choice.validation(*choice)], data[trained]
    labels = None if labels is None else labels[trained]

trainer = loop.Training(
    params.training | {"epochs": [int(run.epoch)]},
    data.shape[1:],
    ("train", run.dataset, runs.bare(run.autoencoder), run.seed),
    params.kept,
    device.pick(params.device),
    [str(params.threads), torch.__version__, params.code, files.sha256(snakemake.input.data)],
)
trainer.run(data, validation, labels)
trainer.finish([made.checkpoint], made.history, [made.encoder], [made.decoder])
