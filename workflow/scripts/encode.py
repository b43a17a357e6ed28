"""Codes of all images at one checkpoint."""

from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
given = snakemake.input
encoder = encode_decode.network("encoder", given.encoder, given.checkpoint, snakemake.params.device)
codes = {
    part: encode_decode.encode(encoder, load_part(given.data, part)) for part in ("train", "test")
}
files.save_npz(snakemake.output.codes, **codes)
