"""Take in an autoencoder that was trained elsewhere, once it has been tried on some images."""

from pathlib import Path

from expost.datasets.arrays import load_part
from expost.networks.border import Border
from expost.runtime import job
from expost.training import pretrained

job.start(snakemake.log[0], snakemake.params.threads)
given, made, entry = snakemake.input, snakemake.output, snakemake.params.entry
data = load_part(given.data, "train")
pretrained.take_in(
    (Path(given.encoder), Path(given.decoder)),
    Border.of(entry, data.shape[1:]),
    entry.get("clip", False),
    data,
    (Path(made.encoder), Path(made.decoder)),
)
