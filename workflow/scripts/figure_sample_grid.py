"""Random images of every method, a row a method, held-out originals last."""

from expost import files, job
from expost.plots import sample_grid, style

job.start(snakemake.log[0])
paths = snakemake.input.images
rows = {
    label: files.load_npy(paths[i]) for i, label in sample_grid.order(snakemake.params.runs)
}  # label -> (n, c, h, w)
style.save(sample_grid.sample_grid(rows), snakemake.output.png, snakemake.output.pdf)
