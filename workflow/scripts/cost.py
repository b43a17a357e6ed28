"""Time one sampler on synthetic codes of one number and dimension."""

from expost import samplers
from expost.analyses import timing
from expost.datasets import synthetic_codes
from expost.io import files
from expost.provenance import stamp
from expost.runtime import job, seeding

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
size, dimension = int(run.size), int(run.dimension)
codes = synthetic_codes.codes(size, dimension, seeding.generator("synthetic codes", dimension))
sampler = samplers.build(run.sampler, **snakemake.params.options)
rng = seeding.generator("cost", run.sampler, dimension, size)
rows = timing.measure(sampler, codes, rng)
about = {"seconds": job.seconds()}
files.save_json(snakemake.output.timing, stamp.stamped(rows, snakemake.config, **about))
