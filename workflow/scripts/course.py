"""What the trainings of a figure tell of their codes, and what codes are like after them."""

import pandas as pd
from expost.analyses import course
from expost.divergences.targets import Mixture
from expost.io import files
from expost.objectives import gen_target
from expost.runtime import job

job.start(snakemake.log[0], 1)
given, params, rows = snakemake.input, snakemake.params, []
runs = zip(params.runs, params.kernels, given.histories, given.codes, strict=True)
for run, kernels, history, path in runs:
    about = dict(zip(params.axes, run, strict=True))
    del about["epoch"]
    codes = files.load_npz(path, "test")["test"]
    d, h = codes.shape[1], None
    if kernels is not None:
        h = gen_target.bandwidth(d, kernels, Mixture.standard_normal(d))
    rows += [about | one for one in course.records(pd.read_csv(history), codes, h)]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows, columns=course.COLUMNS).to_csv(temporary, index=False)
