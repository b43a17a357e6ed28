"""Random images of every method, a row a method, held-out originals last."""

from expost.figures import gallery, pictures, style
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
rows = {}  # label -> (n, c, h, w)
for i, label in gallery.order(snakemake.params.runs):
    images = files.load_npy(snakemake.input.images[i])
    rows[label] = pictures.shown(images, snakemake.params.hidden[i])
style.save(gallery.sample_grid(rows), snakemake.output.png, snakemake.output.pdf)
