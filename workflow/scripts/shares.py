"""How many of the images drawn for a group the classifier takes for its own, all runs in one."""

import pandas as pd
from expost.analyses import group_shares
from expost.datasets import class_names
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
groups = snakemake.params.groups
known = {}
for dataset, path in zip(groups, snakemake.input.data, strict=True):
    arrays = files.load_npz(path, "attribute_names", class_names.KEY)
    known[dataset] = arrays.get("attribute_names"), arrays.get(class_names.KEY)
rows = []
for run, draws, features in zip(
    snakemake.params.runs, snakemake.input.draws, snakemake.input.features, strict=True
):
    axes = dict(zip(snakemake.params.columns, run, strict=True))
    dataset, drawn = axes["dataset"], files.load_npz(draws, "drawn")["drawn"]
    found = group_shares.shares(drawn, groups[dataset], files.load_npz(features), *known[dataset])
    rows += [axes | record for record in found]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows).to_csv(temporary, index=False)
