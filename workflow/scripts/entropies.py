"""How normal the test codes of every run are, beside as many draws of N(0, I)."""

import numpy as np
import pandas as pd
from expost.analyses import code_entropies
from expost.datasets.arrays import load_part
from expost.io import files
from expost.runtime import job, seeding
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
given, sizes, rows, known = snakemake.input, snakemake.params.codes, [], set()


def add(dataset, autoencoder, seed, records):
    """Write down what was measured of one autoencoder."""
    about = {"dataset": dataset, "autoencoder": autoencoder, "seed": seed}
    rows.extend(about | record for record in records)


data = dict(zip(snakemake.params.datasets, given.data, strict=True))
for run, path, decoder in zip(snakemake.params.runs, given.codes, given.decoders, strict=True):
    axes = dict(zip(snakemake.params.axes, run, strict=True))
    dataset, autoencoder, seed = (axes[key] for key in ("dataset", "autoencoder", "seed"))
    codes = files.load_npz(path, "test")["test"]
    rng = seeding.generator("codes of an entropy", dataset, seed)  # the same images for all
    add(dataset, autoencoder, seed, code_entropies.of_codes(codes, sizes, rng))
    images = load_part(data[dataset], "test").astype(np.float32)
    made = encode_decode.decode(encode_decode.network("decoder", decoder), codes)
    error = float(np.mean(((made - images) / 255) ** 2))
    add(dataset, autoencoder, seed, [{"metric": "reconstruction", "value": error}])
    normal = dataset, codes.shape[1], seed
    if normal not in known:
        known.add(normal)
        records = code_entropies.of_normal(codes.shape[1], sizes, seed)
        add(dataset, code_entropies.NORMAL, seed, records)
with files.whole(snakemake.output.table) as temporary:
    pd.DataFrame(rows)[code_entropies.COLUMNS].to_csv(temporary, index=False)
