"""Random images of two groups, and of one with the margins of the other."""

from expost.figures import gallery, group_rows, pictures, style
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
training = files.load_npz(snakemake.input.data, "images_train")["images_train"]
draws = [files.load_npz(path, "drawn", "rows_nearest") for path in snakemake.input.draws]
blocks = group_rows.recombined(
    snakemake.params.runs,
    [files.load_npy(path) for path in snakemake.input.images],
    [of["drawn"] for of in draws],
    [pictures.shown(training[of["rows_nearest"]], snakemake.params.hidden) for of in draws],
    *snakemake.params.groups,
)  # each: label -> (n, c, h, w)
style.save(gallery.sample_grid(*blocks), snakemake.output.png, snakemake.output.pdf)
