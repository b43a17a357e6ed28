"""The training codes nearest to one run's draws, how far they are, and what they show."""

from expost.datasets import row_choice
from expost.io import files
from expost.metrics import neighbours
from expost.runtime import job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
images = files.load_npz(snakemake.input.data, "images_train")["images_train"]
codes = files.load_npz(snakemake.input.codes)
draws = files.load_npz(snakemake.input.draws, "codes")["codes"]

rows = row_choice.fitted(run.dataset, run.seed, len(codes["train"]), int(run.size), params.draws)
fitted = codes["train"][rows]
held_out = row_choice.reference(run.dataset, run.seed, len(codes["test"]), params.draws)
nearest, distances = neighbours.nearest(draws, fitted)

shown = nearest[: params.columns]
decoder = encode_decode.network(
    "decoder", snakemake.input.decoder, snakemake.input.get("checkpoint"), params.device
)
files.save_npz(
    snakemake.output.neighbours,
    rows=rows[nearest],  # of the images in the data set's archive
    distances=distances,
    typical=neighbours.typical(codes["test"][held_out], fitted),
    decoded=encode_decode.decode(decoder, fitted[shown]),
    originals=images[rows[shown]],
)
