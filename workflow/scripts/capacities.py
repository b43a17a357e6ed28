"""How good autoencoders of several capacities are, and what became of their masks."""

import pandas as pd
from expost.analyses import capacity, mask_history
from expost.datasets.arrays import load_part
from expost.io import files
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0], 1)
given, params, rows = snakemake.input, snakemake.params, []
data = dict(zip(params.datasets, (load_part(path, "test") for path in given.data), strict=True))
noise = {name: capacity.of_noise(x) if x.ndim == 2 else None for name, x in data.items()}
runs = zip(params.runs, given.scores, given.histories, given.codes, strict=True)
for run, scores, history, codes in runs:
    about = {key: run[key] for key in ("dataset", "autoencoder", "capacity", "epoch", "seed")}
    dimension = params.dimensions[run["dataset"]]
    about["relative"] = run["capacity"] / dimension if dimension else None
    about["space"], distance = capacity.told_distance(stamp.rows(scores))
    found = [{"metric": run["control"], "value": distance}]
    if not run["control"]:
        found = capacity.records(
            distance,
            mask_history.read(history, masked=run["masked"]),
            files.load_npz(codes, "test")["test"],
            frozen=run["frozen"],
            best=run["best"],
            noise=noise[run["dataset"]],
            dimension=dimension,
        )
        capacity.warn(about, found)
    rows += [about | one for one in found]
for name, level in noise.items():
    known = {"noise": level, "dimension": params.dimensions[name]}
    rows += [{"dataset": name, "metric": m, "value": v} for m, v in known.items() if v is not None]
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows, columns=capacity.COLUMNS).to_csv(temporary, index=False)
