"""How far the test codes of every run are from normal ones; of codes that are given, all."""

import numpy as np
import pandas as pd
from expost.analyses import code_normality
from expost.io import files
from expost.runtime import job, seeding

job.start(snakemake.log[0], snakemake.params.threads)
params, rows = snakemake.params, []
for run, path in zip(params.runs, snakemake.input.codes, strict=True):
    axes = dict(zip(params.axes, run, strict=True))
    parts = ("train", "test") if axes["dataset"] in params.given else ("test",)
    codes = np.concatenate([*files.load_npz(path, *parts).values()])
    rng = seeding.generator("normality of codes", axes["dataset"], axes["seed"])
    rows += [axes | record for record in code_normality.records(codes, params.codes, rng)]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows).to_csv(temporary, index=False)
