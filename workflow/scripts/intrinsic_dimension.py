"""How many dimensions the training part of a data set really has."""

import pandas as pd
from expost.analyses import intrinsic_dimension
from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import job, seeding

job.start(snakemake.log[0])
name = snakemake.wildcards.dataset
rng = seeding.generator("intrinsic dimension", name)
items = load_part(snakemake.input.data, "train")
rows = intrinsic_dimension.records(items, snakemake.params.most, rng)
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame({"dataset": name} | row for row in rows).to_csv(temporary, index=False)
