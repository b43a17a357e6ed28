"""Generated images above the nearest training images, a block a method."""

from expost.figures import gallery, nearest_neighbours, pictures, style
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
found = {}
for i, label in gallery.order(snakemake.params.runs):
    arrays = files.load_npz(snakemake.input.neighbours[i])
    found[label] = nearest_neighbours.Neighbours(
        pictures.shown(files.load_npy(snakemake.input.images[i]), snakemake.params.hidden[i]),
        arrays["decoded"],
        pictures.shown(arrays["originals"], snakemake.params.originals_hidden),
        arrays["distances"] / arrays["typical"],
    )
figure = nearest_neighbours.nearest_neighbours(found)
style.save(figure, snakemake.output.png, snakemake.output.pdf)
