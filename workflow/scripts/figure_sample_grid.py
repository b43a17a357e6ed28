"""Random images of every method, a row a method, held-out originals last."""

from expost import files, job
from expost.plots import pictures, sample_grid, style

job.start(snakemake.log[0])
rows = {}  # label -> (n, c, h, w)
for i, label in sample_grid.order(snakemake.params.runs):
    images = files.load_npy(snakemake.input.images[i])
    rows[label] = pictures.shown(images, snakemake.params.hidden[i])
style.save(sample_grid.sample_grid(rows), snakemake.output.png, snakemake.output.pdf)
