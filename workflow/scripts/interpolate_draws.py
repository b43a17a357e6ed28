"""Decoded codes on the way between pairs of draws, the first of a run."""

from expost.analyses import interpolation
from expost.io import files
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
given, options = snakemake.input, snakemake.params.options
draws = files.load_npz(given.draws, "codes")["codes"][: 2 * options["pairs"]]
# (pairs, steps, d)
between = interpolation.between(draws[::2], draws[1::2], options["steps"], options["path"])

decoder = encode_decode.network("decoder", given.decoder, given.checkpoint, snakemake.params.device)
decoded = encode_decode.decode(decoder, between.reshape(-1, draws.shape[1]))
files.save_npz(
    snakemake.output.ways, decoded=decoded.reshape(*between.shape[:2], *decoded.shape[1:])
)
