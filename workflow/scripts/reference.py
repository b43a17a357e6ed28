"""The images that generated ones are compared with, and their features."""

from expost import files, job, roles, spaces

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
images = files.load_npz(snakemake.input.data, "images_test")["images_test"]
images = images[roles.reference(run.dataset, run.seed, len(images), snakemake.params.draws)]
networks = dict(zip(snakemake.params.features, snakemake.input.networks, strict=True))

files.save_npy(snakemake.output.images, images)
files.save_npz(
    snakemake.output.features,
    **spaces.compute(images, networks, snakemake.params.device, snakemake.params.precision),
)
