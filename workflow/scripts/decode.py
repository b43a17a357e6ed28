"""Images of the drawn codes, or the originals where a control shows those; and their features."""

import numpy as np
from expost import samplers
from expost.features import archive
from expost.io import files
from expost.runtime import device, job
from expost.training import checkpoints, encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
draws = files.load_npz(snakemake.input.draws)
feature_networks = dict(zip(snakemake.params.features, snakemake.input.networks, strict=True))

place = device.pick(snakemake.params.device)
sampler = samplers.build(snakemake.wildcards.sampler, **snakemake.params.options)
if sampler.shows == "originals":
    split = "train" if "rows_train" in draws else "test"
    shown = f"images_{split}"
    images = files.load_npz(snakemake.input.data, shown)[shown][draws[f"rows_{split}"]]
else:
    model = checkpoints.load(snakemake.input.checkpoint, place)
    images = encode_decode.decode(model, draws["codes"])

files.save_npy(snakemake.output.images, images)
files.save_npz(
    snakemake.output.features,
    device=np.array(device.describe(place)),
    **archive.compute(
        images, feature_networks, snakemake.params.device, snakemake.params.precision
    ),
)
