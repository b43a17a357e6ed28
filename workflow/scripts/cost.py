"""Time one sampler on synthetic codes of one number and dimension."""

from expost import cost, files, job, provenance, samplers, synthetic

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
size, dimension = int(run.size), int(run.dimension)
codes = synthetic.codes(size, dimension, job.generator("synthetic codes", dimension))
sampler = samplers.build(run.sampler, **snakemake.params.options)
rng = job.generator("cost", run.sampler, dimension, size)
rows = cost.measure(sampler, codes, rng)
about = {"seconds": job.seconds()}
files.save_json(snakemake.output.timing, provenance.stamped(rows, snakemake.config, **about))
