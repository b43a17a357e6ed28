"""The training codes nearest to one run's draws, how far they are, and what they show."""

from expost.datasets import row_choice
from expost.datasets.arrays import load_part
from expost.io import files
from expost.metrics import neighbours
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
run, params, given = snakemake.wildcards, snakemake.params, snakemake.input
size, count = int(run.size), int(run.draws)
codes = files.load_npz(given.codes)
draws = files.load_npz(given.draws, "codes")["codes"]

n_train = len(codes["train"])
rows = row_choice.fitted(run.dataset, run.seed, n_train, size, count, params.validation)
fitted = codes["train"][rows]
held_out = row_choice.reference(run.dataset, run.seed, len(codes["test"]), count)
nearest, distances = neighbours.nearest(draws, fitted)

shown = nearest[: params.columns]
decoder = encode_decode.network("decoder", given.decoder, given.checkpoint, params.device)
files.save_npz(
    snakemake.output.neighbours,
    rows=rows[nearest],  # of the images in the data set's archive
    distances=distances,
    typical=neighbours.typical(codes["test"][held_out], fitted),
    decoded=encode_decode.decode(decoder, fitted[shown]),
    originals=load_part(given.data, "train")[rows[shown]],
)
