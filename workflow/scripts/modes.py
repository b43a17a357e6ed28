"""Which classes the modes of a mixture have got, of all runs; and test codes, to be shown."""

import pandas as pd
from expost.analyses import modes
from expost.datasets.arrays import load_labels
from expost.io import files
from expost.objectives import gen_target
from expost.runtime import job

job.start(snakemake.log[0])
params, rows, shown = snakemake.params, [], {}
labels = {
    dataset: load_labels(path, "test")
    for dataset, path in zip(params.datasets, snakemake.input.data, strict=True)
}
for run, about, path in zip(params.runs, params.trainings, snakemake.input.runs, strict=True):
    dataset, autoencoder, _, seed = run
    law = gen_target.of_options(about["latent"], about["options"])
    codes = files.load_npz(path, "test")["test"]
    found = modes.measures(codes, labels[dataset], law, about["options"].get("labelled", 0) > 0)
    axes = {"dataset": dataset, "autoencoder": autoencoder, "seed": seed}
    rows += [axes | {"metric": metric, "value": value} for metric, value in found.items()]
    if f"{dataset}/{autoencoder}/codes" not in shown:  # which are shown of the first seed
        known = {"codes": codes, "means": law.means, "spreads": law.spreads}
        known["agreement"] = found.get("accuracy", found["assigned"])
        shown |= {f"{dataset}/{autoencoder}/{name}": array for name, array in known.items()}

with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows).to_csv(temporary, index=False)
files.save_npz(snakemake.output.shown, **shown)
