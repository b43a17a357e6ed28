"""Fit one sampler to part of the training codes and draw new ones."""

import numpy as np
from expost import samplers
from expost.datasets import row_choice
from expost.io import files
from expost.provenance import stamp
from expost.runtime import job, seeding
from expost.samplers import fit_and_pool, likelihood
from expost.study import runs

job.start(snakemake.log[0], snakemake.params.threads)
run, draws = snakemake.wildcards, int(snakemake.wildcards.draws)
codes = files.load_npz(snakemake.input.codes)
sampler = samplers.build(run.sampler, **snakemake.params.options)

validation = snakemake.params.validation
split, rows = row_choice.pool(sampler.source, run.dataset, run.seed, codes, draws, validation)
# Images that are held out have their own number, whatever the size asked for.
size = int(run.size) if sampler.source == "train" else len(rows)

held_out = None
if snakemake.params.likelihood:
    held_out = likelihood.judged(run.dataset, run.seed, codes, draws, validation)

rng = seeding.generator("fit_sampler", *runs.identity(run))
drawn = fit_and_pool.pooled(sampler, codes[split][rows], size, draws, rng, held_out)

arrays = {"codes": drawn.codes.astype(np.float32)} | drawn.log_densities
if drawn.rows is not None:
    arrays |= {f"rows_{split}": rows[drawn.rows]}  # of the images in the data set's archive
files.save_npz(snakemake.output.draws, **arrays)
phases = [
    {"phase": "fit", "seconds": drawn.fit_seconds},
    {"phase": "sample", "seconds": drawn.sample_seconds},
]
about = {"seed": int(run.seed), "seconds": job.seconds()}
files.save_json(snakemake.output.timing, stamp.stamped(phases, snakemake.config, **about))
