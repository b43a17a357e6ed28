"""The trees of a vine fitted as `fit_sampler` fits it, for the first time where that repeats it."""

from expost import samplers
from expost.datasets import row_choice
from expost.io import files
from expost.runtime import job, seeding
from expost.study import runs

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
codes = files.load_npz(snakemake.input.codes, "train")["train"]
validation = snakemake.params.validation
rows = row_choice.fitted_once(run.dataset, run.seed, len(codes), int(run.size), validation)
sampler = samplers.build(run.sampler, **snakemake.params.options)
sampler.fit(codes[rows], seeding.generator("fit_sampler", *runs.identity(run)))
files.save_json(snakemake.output.trees, sampler.trees())
