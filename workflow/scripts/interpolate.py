"""Decoded codes on the way between pairs of test images."""

from expost.analyses import interpolation
from expost.datasets import row_choice
from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
run, given, options = snakemake.wildcards, snakemake.input, snakemake.params.options
codes = files.load_npz(given.codes, "test")["test"]
images = load_part(given.data, "test")
starts, ends = row_choice.pairs(run.dataset, run.seed, len(codes), options["pairs"]).T
# (pairs, steps, d)
between = interpolation.between(codes[starts], codes[ends], options["steps"], options["path"])

decoder = encode_decode.network("decoder", given.decoder, given.checkpoint, snakemake.params.device)
decoded = encode_decode.decode(decoder, between.reshape(-1, codes.shape[1]))
files.save_npz(
    snakemake.output.ways,
    starts=images[starts],
    decoded=decoded.reshape(*between.shape[:2], *decoded.shape[1:]),
    ends=images[ends],
)
