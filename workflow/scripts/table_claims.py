"""What the paper claims, and whether the scores of this run bear it out."""

import pandas as pd
from expost.io import files
from expost.papers import as_scores
from expost.papers.claims import ledger, verdicts
from expost.runtime import job
from expost.tables import claims_table, layout

job.start(snakemake.log[0])
names, given = snakemake.params, snakemake.input
scores = {
    experiment: as_scores(pd.read_csv(path))
    for experiments, paths, as_scores in (
        (names.scored, given.scores, pd.DataFrame),
        (names.timed, given.timings, as_scores.timing_scores),
        (names.shared, given.shares, as_scores.share_scores),
    )
    for experiment, path in zip(experiments, paths, strict=True)
}
judged = verdicts.judge(ledger.load(given.claims), scores)
output = snakemake.output
found = claims_table.claims_tables(judged)
layout.write(judged, *found, output.csv, output.md, output.tex, output.html)
for path, table in (
    (output.counts, verdicts.count(judged)),
    (output.overview, verdicts.overview(judged)),
):
    with files.whole(path) as temporary:
        table.to_csv(temporary, index=False)
