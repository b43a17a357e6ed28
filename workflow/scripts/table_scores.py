"""Every metric of every method: mean and interval over seeds, controls below."""

import pandas as pd
from expost import job
from expost.plots import scores_table, tables

job.start(snakemake.log[0])
means = scores_table.summarise_scores(pd.read_csv(snakemake.input.scores))
tables.write(means, *scores_table.score_tables(means), *snakemake.output)
