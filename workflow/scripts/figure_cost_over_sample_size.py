"""Seconds to fit each sampler and to draw from it, against the number of codes."""

import pandas as pd
from expost.figures import style, timing_curves
from expost.runtime import job

job.start(snakemake.log[0])
figure = timing_curves.cost_over_sample_size(pd.read_csv(snakemake.input.timing))
style.save(figure, snakemake.output.png, snakemake.output.pdf)
