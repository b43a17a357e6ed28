"""Codes of all images at one checkpoint."""

from expost.io import files
from expost.runtime import device, job
from expost.training import checkpoints, encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
data = files.load_npz(snakemake.input.data, "images_train", "images_test")
model = checkpoints.load(snakemake.input.checkpoint, device.pick(snakemake.params.device))
codes = {part: encode_decode.encode(model, data[f"images_{part}"]) for part in ("train", "test")}
files.save_npz(snakemake.output.codes, **codes)
