"""Train one autoencoder, going on where an earlier job stopped."""

import torch
from expost.datasets import row_choice
from expost.io import files
from expost.runtime import device, job
from expost.training import loop

job.start(snakemake.log[0], snakemake.params.threads)
run, settings = snakemake.wildcards, snakemake.params.settings
data = files.load_npz(snakemake.input.data, "images_train")["images_train"]
validation = data[:0]
if count := settings.get("validation", 0):
    choice = (run.dataset, run.seed, len(data), count)
    validation = data[row_choice.validation(*choice)]
    data = data[row_choice.trained(*choice)]

trainer = loop.Training(
    settings,
    data.shape[1:],
    ("train", run.dataset, run.autoencoder, run.seed),
    snakemake.params.kept,
    device.pick(snakemake.params.device),
    [str(snakemake.params.threads), torch.__version__, *map(files.sha256, snakemake.input)],
)
trainer.run(data, validation)
trainer.finish(
    snakemake.output.checkpoints,
    snakemake.output.history,
    snakemake.output.encoders,
    snakemake.output.decoders,
)
