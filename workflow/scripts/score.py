"""Every metric of one run, in every space."""

from expost import files, job, spaces
from expost.metrics.scoring import score

job.start(snakemake.log[0])
real = spaces.load(
    files.load_npy(snakemake.input.reference_images),
    files.load_npz(snakemake.input.reference_features),
)
generated = spaces.load(
    files.load_npy(snakemake.input.images), files.load_npz(snakemake.input.features)
)
scores = [
    {"space": space, "metric": metric, "value": value}
    for space in real
    for metric, value in score(real[space], generated[space]).items()
]
files.save_json(snakemake.output.scores, scores)
