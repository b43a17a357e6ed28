"""Seconds to fit a sampler and to draw from it, beside those that the paper printed."""

import pandas as pd
from expost import job
from expost.plots import tables, times_table

job.start(snakemake.log[0])
timing, published = map(pd.read_csv, (snakemake.input.timing, snakemake.input.published))
times = times_table.summarise_times(timing, published)
found = times_table.time_tables(times, snakemake.params.draws, snakemake.params.options)
tables.write(times, *found, *snakemake.output)
