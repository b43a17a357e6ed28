"""Seconds to fit a sampler and to draw from it."""

import pandas as pd
from expost import job
from expost.plots import tables, times_table

job.start(snakemake.log[0])
times = times_table.summarise_times(pd.read_csv(snakemake.input.timing))
found = times_table.time_tables(times, snakemake.params.draws, snakemake.params.departures)
tables.write(times, *found, *snakemake.output)
