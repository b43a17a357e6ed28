"""Decoded codes on lines through the mean of each mode of a mixture, along two axes."""

from expost.analyses import modes
from expost.io import files
from expost.objectives import gen_target
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
given, about, options = snakemake.input, snakemake.params.training, snakemake.params.options
law = gen_target.of_options(about["latent"], about["options"])
codes = modes.ways(law, options["steps"], options["reach"])  # (modes, axes, steps, d)
decoder = encode_decode.network("decoder", given.decoder, given.checkpoint, snakemake.params.device)
decoded = encode_decode.decode(decoder, codes.reshape(-1, codes.shape[-1]))
files.save_npz(snakemake.output.ways, decoded=decoded.reshape(*codes.shape[:3], *decoded.shape[1:]))
