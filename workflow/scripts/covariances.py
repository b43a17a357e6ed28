"""How correlated the test codes of every run are, and as many normal draws by chance."""

import pandas as pd
from expost.analyses import code_covariances, mask_history
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0], 1)
given, params, rows, known = snakemake.input, snakemake.params, [], set()
histories = iter(given.histories)  # of those that have learnt a mask
of_each = zip(params.runs, params.masked, params.best, given.codes, strict=True)
for run, masked, best, path in of_each:
    axes = dict(zip(params.axes, run, strict=True))
    about = {key: axes[key] for key in ("dataset", "autoencoder", "seed")}
    codes = files.load_npz(path, "test")["test"]
    opened = None
    if masked:
        opened = mask_history.kept(mask_history.read(next(histories)), best)
    about |= {"model": code_covariances.model(axes["autoencoder"]), "dimensions": codes.shape[1]}
    rows += [about | one for one in code_covariances.of_codes(codes, opened)]
    if (normal := (axes["dataset"], axes["seed"])) not in known:
        known.add(normal)
        about = {"dataset": axes["dataset"], "seed": axes["seed"]}
        about |= dict.fromkeys(("autoencoder", "model"), code_covariances.NORMAL)
        rows += [about | one for one in code_covariances.of_normal(len(codes))]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows, columns=code_covariances.COLUMNS).to_csv(temporary, index=False)
