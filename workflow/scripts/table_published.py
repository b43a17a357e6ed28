"""One table or figure of the paper: its numbers beside ours."""

import pandas as pd
from expost.papers import as_scores, comparison
from expost.runtime import job
from expost.tables import layout, published_table

job.start(snakemake.log[0])
table, options = snakemake.wildcards.table, snakemake.params
rows, scores = map(pd.read_csv, (snakemake.input.published, snakemake.input.ours))
rows = rows[rows["table"] == table]
if table == "table1":
    scores = as_scores.timing_scores(scores)
compared = comparison.compare(rows, scores, options.draws, options.kinds, options.departures)
paper = {"table1": "EBCAE, Table 1", "figure3": "EBCAE, Figure 3"}[table]
layout.write(compared, *published_table.published_tables(compared, paper), *snakemake.output)
