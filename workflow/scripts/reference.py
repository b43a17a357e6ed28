"""The images that generated ones are compared with, and their features."""

from expost.datasets import row_choice
from expost.features import archive
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
images = files.load_npz(snakemake.input.data, "images_test")["images_test"]
images = images[row_choice.reference(run.dataset, run.seed, len(images), snakemake.params.draws)]
networks = dict(zip(snakemake.params.features, snakemake.input.networks, strict=True))

files.save_npy(snakemake.output.images, images)
files.save_npz(
    snakemake.output.features,
    **archive.compute(images, networks, snakemake.params.device, snakemake.params.precision),
)
