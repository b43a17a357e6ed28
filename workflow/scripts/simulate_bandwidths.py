"""The best bandwidth of every trial of one number of dimensions."""

from expost.analyses import bandwidths
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], snakemake.params.threads)
dimension, params = int(snakemake.wildcards.dimension), snakemake.params
trials = bandwidths.simulate([dimension], params.codes, params.trials)
with files.whole(snakemake.output.trials) as temporary:
    trials.to_csv(temporary, index=False)
