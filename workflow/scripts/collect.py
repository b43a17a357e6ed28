"""One measurement of all runs of an experiment, a row a number."""

import pandas as pd
from expost.io import files
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
rows = [
    dict(zip(snakemake.params.columns, run, strict=True)) | record
    for run, path in zip(snakemake.params.runs, snakemake.input.runs, strict=True)
    for record in stamp.rows(path)
]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows).to_csv(temporary, index=False)
