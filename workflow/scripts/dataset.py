"""One data set's images, resized and split, in one archive."""

from pathlib import Path

from expost import datasets
from expost.io import files
from expost.runtime import job
from expost.runtime.log import log

job.start(snakemake.log[0])
dataset = datasets.build(**snakemake.params.options)
folder = snakemake.config["data_dir"] or "."
if dataset.files:
    folder = Path(snakemake.input.source[0]).parent
arrays = dataset.load(folder)
log.info("%s", {name: array.shape for name, array in arrays.items()})
files.save_npz(snakemake.output.data, **arrays)
