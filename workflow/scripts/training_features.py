"""The images that samplers are fitted to, and where features put them."""

from expost.datasets import row_choice
from expost.features import archive
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
images = files.load_npz(snakemake.input.data, "images_train")["images_train"]
images = images[row_choice.training(run.dataset, run.seed, len(images))[: int(run.fitted)]]
networks = dict(zip(snakemake.params.features, snakemake.input.networks, strict=True))
found = archive.compute(images, networks, snakemake.params.device, snakemake.params.precision)

files.save_npy(snakemake.output.images, images)
vectors = {name: array for name, array in found.items() if name.endswith("/vectors")}
files.save_npz(snakemake.output.features, **vectors)
