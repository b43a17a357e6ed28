"""Fit one sampler to part of the training codes and draw new ones."""

import numpy as np
from expost import draw, files, grid, job, roles, samplers

job.start(snakemake.log[0], snakemake.params.threads)
run, draws = snakemake.wildcards, snakemake.params.draws
codes = files.load_npz(snakemake.input.codes)
sampler = samplers.build(run.sampler, **snakemake.params.options)

if sampler.source == "held_out":  # these images have their own number, whatever the size asked for
    split, rows = "test", roles.held_out(run.dataset, run.seed, len(codes["test"]), draws)
    size = len(rows)
else:
    split, rows = "train", roles.training(run.dataset, run.seed, len(codes["train"]))
    size = int(run.size)

rng = job.generator("fit_sampler", *(run[axis] for axis in grid.AXES))
drawn = draw.pooled(sampler, codes[split][rows], size, draws, rng)

arrays = {"codes": drawn.codes.astype(np.float32)}
if drawn.rows is not None:
    arrays |= {f"rows_{split}": rows[drawn.rows]}  # of the images in the data set's archive
files.save_npz(snakemake.output.draws, **arrays)
files.save_json(
    snakemake.output.timing,
    [
        {"phase": "fit", "seconds": drawn.fit_seconds},
        {"phase": "sample", "seconds": drawn.sample_seconds},
    ],
)
