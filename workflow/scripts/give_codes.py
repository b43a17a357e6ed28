"""The data of a data set of codes, as the codes of an autoencoder that nobody trains."""

from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
codes = {part: load_part(snakemake.input.data, part) for part in ("train", "test")}
files.save_npz(snakemake.output.codes, **codes)
