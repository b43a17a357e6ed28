"""The images that generated ones are compared with, and their features."""

from expost.datasets import row_choice
from expost.datasets.arrays import load_part
from expost.features import archive
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
images = load_part(snakemake.input.data, "test")
images = images[row_choice.reference(run.dataset, run.seed, len(images), int(run.draws))]
networks = dict(zip(params.features, snakemake.input.networks, strict=True))
found = archive.compute(images, networks, params.device, params.precision)
files.save_npz(snakemake.output.features, images=images, **found)
