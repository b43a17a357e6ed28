"""One data set's images, resized and split, in one archive."""

from expost import datasets, files, job

job.start(snakemake.log[0])
arrays = datasets.build(**snakemake.params.options).load(snakemake.params.folder)
job.log.info("%s", {name: array.shape for name, array in arrays.items()})
files.save_npz(snakemake.output.data, **arrays)
