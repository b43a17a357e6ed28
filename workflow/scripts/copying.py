"""What metrics of copying find of training and test images alone, in every space of images."""

from expost.features import archive
from expost.io import files
from expost.metrics import copying_archive
from expost.runtime import job

job.start(snakemake.log[0])
given = snakemake.input
training, real = (
    archive.load(arrays.pop("images"), arrays)
    for arrays in map(files.load_npz, (given.training, given.reference))
)
files.save_npz(snakemake.output.known, **copying_archive.compute(training, real))
