"""Both estimates of the divergence of two normals that move apart, in so many dimensions."""

from expost.analyses import separations
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], snakemake.params.threads)
dimension, params = int(snakemake.wildcards.dimension), snakemake.params
distances = range(params.separation + 1)
trials = separations.simulate(dimension, params.codes, params.trials, distances, params.tuning)
with files.whole(snakemake.output.trials) as temporary:
    trials.to_csv(temporary, index=False)
