"""One table or figure of the paper: its numbers beside ours."""

import pandas as pd
from expost import job, published, tidy
from expost.plots import published_table, tables

job.start(snakemake.log[0])
table, options = snakemake.wildcards.table, snakemake.params
rows, scores = map(pd.read_csv, (snakemake.input.published, snakemake.input.ours))
rows = rows[rows["table"] == table]
if table == "table1":
    scores = tidy.timing_scores(scores)
compared = published.compare(rows, scores, options.draws, options.kinds, options.departures)
paper = {"table1": "EBCAE, Table 1", "figure3": "EBCAE, Figure 3"}[table]
tables.write(compared, *published_table.published_tables(compared, paper), *snakemake.output)
