"""Every metric of every method: mean and interval over seeds, controls below."""

import pandas as pd
from expost.runtime import job
from expost.tables import layout, scores_table

job.start(snakemake.log[0])
means = scores_table.summarise_scores(pd.read_csv(snakemake.input.scores))
layout.write(means, *scores_table.score_tables(means), *snakemake.output)
