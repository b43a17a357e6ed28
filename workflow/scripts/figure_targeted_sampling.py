"""Random images drawn for no target and for each, a row a method."""

from expost.figures import gallery, group_rows, pictures, style
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
images = zip(snakemake.input.images, snakemake.params.hidden, strict=True)
blocks = group_rows.targeted_sampling(
    snakemake.params.runs,
    [pictures.shown(files.load_npy(path), hidden) for path, hidden in images],
    [files.load_npz(path, "drawn")["drawn"] for path in snakemake.input.draws],
)  # each: label -> (n, c, h, w)
style.save(gallery.sample_grid(*blocks), snakemake.output.png, snakemake.output.pdf)
