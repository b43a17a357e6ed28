"""Images of the drawn codes, or the originals where a control shows those; and their features."""

import numpy as np
from expost.features import archive
from expost.io import files
from expost.runtime import device, job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
draws = files.load_npz(snakemake.input.draws)
feature_networks = dict(zip(snakemake.params.features, snakemake.input.networks, strict=True))

if snakemake.params.shows == "originals":
    split = "train" if "rows_train" in draws else "test"
    shown = f"images_{split}"
    images = files.load_npz(snakemake.input.data, shown)[shown][draws[f"rows_{split}"]]
else:
    decoder = encode_decode.network(
        "decoder",
        snakemake.input.decoder,
        snakemake.input.get("checkpoint"),
        snakemake.params.device,
    )
    images = encode_decode.decode(decoder, draws["codes"])

files.save_npy(snakemake.output.images, images)
files.save_npz(
    snakemake.output.features,
    device=np.array(device.describe(snakemake.params.device)),
    **archive.compute(
        images, feature_networks, snakemake.params.device, snakemake.params.precision
    ),
)
