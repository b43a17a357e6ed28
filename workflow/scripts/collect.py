"""One measurement of all runs of a figure, a row a number."""

import pandas as pd
from expost.features import NOT_FEATURES
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
    space = record["space"].removesuffix("_bfloat16")
    return (space in NOT_FEATURES or space in params.features) and (
        describe(record["metric"]).family in params.families
    )


def place(record):
    """Feature spaces stand as the figure lists them: the first may stand for all."""
    names = ["pixels", "vectors", *params.features]
    space = record.get("space", "").removesuffix("_bfloat16")
    return names.index(space) if space in names else len(names)


rows = [
    dict(zip(params.columns, run, strict=True)) | record
    for run, path in zip(params.runs, snakemake.input.runs, strict=True)
    for record in sorted(stamp.rows(path), key=place)
    if wanted(record)
]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows).to_csv(temporary, index=False)
