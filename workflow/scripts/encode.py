"""Codes of all images at one checkpoint."""

from expost.io import files
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
data = files.load_npz(snakemake.input.data, "images_train", "images_test")
encoder = encode_decode.network(
    "encoder",
    snakemake.input.encoder,
    snakemake.input.get("checkpoint"),
    snakemake.params.device,
)
codes = {part: encode_decode.encode(encoder, data[f"images_{part}"]) for part in ("train", "test")}
files.save_npz(snakemake.output.codes, **codes)
