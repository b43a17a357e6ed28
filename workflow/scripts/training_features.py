"""The images that samplers are fitted to, and where features put them."""

from expost.datasets import row_choice
from expost.datasets.arrays import load_part
from expost.features import archive
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
images = load_part(snakemake.input.data, "train")
images = images[row_choice.training(run.dataset, run.seed, len(images))[: int(run.fitted)]]
networks = dict(zip(params.features, snakemake.input.networks, strict=True))
found = archive.compute(images, networks, params.device, params.precision)
vectors = {name: array for name, array in found.items() if name.endswith("/vectors")}
files.save_npz(snakemake.output.features, images=images, **vectors)
