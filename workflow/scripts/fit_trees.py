"""The trees of a vine fitted as `fit_sampler` fits it, for the first time where that repeats it."""

from expost import files, grid, job, roles, samplers

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
codes = files.load_npz(snakemake.input.codes, "train")["train"]
rows = roles.training(run.dataset, run.seed, len(codes))[: int(run.size)]
sampler = samplers.build(run.sampler, **snakemake.params.options)
sampler.fit(codes[rows], job.generator("fit_sampler", *(run[axis] for axis in grid.AXES)))
files.save_json(snakemake.output.trees, sampler.trees())
