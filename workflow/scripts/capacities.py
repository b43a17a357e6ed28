"""How good autoencoders of several capacities are, and what became of their masks."""

import pandas as pd
from expost import features
from expost.analyses import capacity
from expost.datasets.arrays import load_part
from expost.io import files
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0], 1)
given, params, rows = snakemake.input, snakemake.params, []
noise = {
    dataset: capacity.of_noise(test) if (test := load_part(path, "test")).ndim == 2 else None
    for dataset, path in zip(params.datasets, given.data, strict=True)
}


def distance(path):
    """The Fréchet distance of a run: of vectors, or in the feature space that stands for all."""
    found = {row["space"]: row["value"] for row in stamp.rows(path) if row["metric"] == "frechet"}
    shown = "vectors" if "vectors" in found else features.shown(list(found))
    return found[shown]


for run, path, history, codes in zip(
    params.runs, given.scores, given.histories, given.codes, strict=True
):
    about = {key: run[key] for key in ("dataset", "autoencoder", "capacity", "epoch", "seed")}
    dimension = params.dimensions[run["dataset"]]
    about["relative"] = run["capacity"] / dimension if dimension else None
    if run["control"]:
        found = [{"metric": run["control"], "value": distance(path)}]
    else:
        found = capacity.records(
            distance(path),
            pd.read_csv(history),
            files.load_npz(codes, "test")["test"],
            frozen=run["frozen"],
            noise=noise[run["dataset"]],
            dimension=dimension,
        )
    rows += [about | one for one in found]
for dataset, level in noise.items():
    known = {"noise": level, "dimension": params.dimensions[dataset]}
    for metric, value in known.items():
        if value is not None:
            rows.append({"dataset": dataset, "metric": metric, "value": value})
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows, columns=capacity.COLUMNS).to_csv(temporary, index=False)
