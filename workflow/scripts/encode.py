"""Codes of all images at one checkpoint."""

from expost import coding, device, files, job, networks

job.start(snakemake.log[0], snakemake.params.threads)
data = files.load_npz(snakemake.input.data, "images_train", "images_test")
model = networks.load(snakemake.input.checkpoint, device.pick(snakemake.params.device))
codes = {part: coding.encode(model, data[f"images_{part}"]) for part in ("train", "test")}
files.save_npz(snakemake.output.codes, **codes)
