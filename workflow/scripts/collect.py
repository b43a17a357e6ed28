"""One measurement of all runs of a figure, a row a number."""

import pandas as pd
from expost import features
from expost.analyses import mask_history
from expost.analyses.mask_history import COLLAPSED
from expost.io import files
from expost.metrics import describe
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
given, params = snakemake.input, snakemake.params


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


lost = mask_history.closed(params.masked, params.best, given.histories)
rows = [
    dict(zip(params.columns, run, strict=True)) | record | {COLLAPSED: int(run in lost)}
    for run, path in zip(params.runs, given.runs, strict=True)
    for record in sorted(stamp.rows(path), key=place)
    if wanted(record)
]
table = pd.DataFrame(rows).drop(columns=[] if params.masked else COLLAPSED, errors="ignore")
with files.whole(snakemake.output.table) as temporary:
    table.to_csv(temporary, index=False)
