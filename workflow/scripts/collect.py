"""One measurement of all runs of a figure, a row a number."""

import pandas as pd
from expost import features
from expost.io import files
from expost.metrics import describe
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
params = snakemake.params


def wanted(record):
    """Whether a record is of a space and a family of metrics that the figure asks for."""
    if "space" not in record:
        return True  # a time
    space = features.without_precision(record["space"])
    return (space in features.NOT_FEATURES or space in params.features) and (
        describe(record["metric"]).family in params.families
    )


def place(record):
    """Where a record stands: its feature space may stand for all if it is listed first."""
    return features.place(record.get("space", "time"), params.features)


rows = [
    dict(zip(params.columns, run, strict=True)) | record
    for run, path in zip(params.runs, snakemake.input.runs, strict=True)
    for record in sorted(stamp.rows(path), key=place)
    if wanted(record)
]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows).to_csv(temporary, index=False)
