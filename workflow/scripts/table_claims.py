"""What the paper claims, and whether the scores of this run bear it out."""

import pandas as pd
from expost import files, job, published
from expost.claims import ledger, verdicts
from expost.plots import claims_table, tables

job.start(snakemake.log[0])
scores = dict(zip(snakemake.params.scored, map(pd.read_csv, snakemake.input.scores), strict=True))
timings = map(pd.read_csv, snakemake.input.timings)
scores |= dict(zip(snakemake.params.timed, map(published.timing_scores, timings), strict=True))
judged = verdicts.judge(ledger.load(snakemake.input.claims), scores)
output = snakemake.output
found = claims_table.claims_tables(judged)
tables.write(judged, *found, output.csv, output.md, output.tex, output.html)
with files.whole(output.counts) as temporary:
    verdicts.count(judged).to_csv(temporary, index=False)
