"""One data set's metrics over the number of training codes, a line a method."""

import pandas as pd
from expost.figures import curves, style
from expost.runtime import job

job.start(snakemake.log[0])
scores = pd.read_csv(snakemake.input.scores)
scores = scores[scores["dataset"] == snakemake.wildcards.dataset]
figure = curves.metrics_over_sample_size(scores)
style.save(figure, snakemake.output.png, snakemake.output.pdf)
