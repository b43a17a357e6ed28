"""Seconds to fit each sampler and to draw from it, against the number of codes."""

import pandas as pd
from expost import job
from expost.plots import cost, style

job.start(snakemake.log[0])
figure = cost.cost_over_sample_size(pd.read_csv(snakemake.input.timing))
style.save(figure, snakemake.output.png, snakemake.output.pdf)
