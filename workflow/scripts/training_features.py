"""The images that samplers are fitted to, and where features put them."""

from expost import files, job, roles, spaces

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
images = files.load_npz(snakemake.input.data, "images_train")["images_train"]
images = images[roles.training(run.dataset, run.seed, len(images))[: int(run.fitted)]]
networks = dict(zip(snakemake.params.features, snakemake.input.networks, strict=True))
found = spaces.compute(images, networks, snakemake.params.device, snakemake.params.precision)

files.save_npy(snakemake.output.images, images)
vectors = {name: array for name, array in found.items() if name.endswith("/vectors")}
files.save_npz(snakemake.output.features, **vectors)
