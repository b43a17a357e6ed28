"""Seconds to fit a sampler and to draw from it."""

import pandas as pd
from expost.runtime import job
from expost.tables import layout, times_table

job.start(snakemake.log[0])
times = times_table.summarise_times(pd.read_csv(snakemake.input.timing))
found = times_table.time_tables(times, snakemake.params.draws, snakemake.params.departures)
layout.write(times, *found, *snakemake.output)
