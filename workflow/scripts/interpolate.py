"""Decoded codes on the way between pairs of test images."""

from expost.analyses import interpolation
from expost.datasets import row_choice
from expost.io import files
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
codes = files.load_npz(snakemake.input.codes, "test")["test"]
images = files.load_npz(snakemake.input.data, "images_test")["images_test"]
starts, ends = row_choice.pairs(run.dataset, run.seed, len(codes), params.pairs).T
between = interpolation.between(codes[starts], codes[ends], params.steps)  # (pairs, steps, d)

decoder = encode_decode.network(
    "decoder", snakemake.input.decoder, snakemake.input.get("checkpoint"), params.device
)
decoded = encode_decode.decode(decoder, between.reshape(-1, codes.shape[1]))
files.save_npz(
    snakemake.output.lines,
    starts=images[starts],
    decoded=decoded.reshape(*between.shape[:2], *decoded.shape[1:]),
    ends=images[ends],
)
