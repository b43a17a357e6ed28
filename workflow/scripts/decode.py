"""Images of the drawn codes, or the originals where a control shows those; and their features."""

import numpy as np
from expost.datasets.arrays import load_part
from expost.features import archive
from expost.io import files
from expost.runtime import device, job
from expost.training import encode_decode

job.start(snakemake.log[0], snakemake.params.threads)
given, params = snakemake.input, snakemake.params
draws = files.load_npz(given.draws)
if given.get("data"):
    part = "train" if "rows_train" in draws else "test"
    images = load_part(given.data, part)[draws[f"rows_{part}"]]
else:
    decoder = encode_decode.network("decoder", given.decoder, given.checkpoint, params.device)
    images = encode_decode.decode(decoder, draws["codes"])

files.save_npy(snakemake.output.images, images)
networks = dict(zip(params.features, given.networks, strict=True))
files.save_npz(
    snakemake.output.features,
    device=np.array(device.describe(params.device)),
    **archive.compute(images, networks, params.device, params.precision),
)
