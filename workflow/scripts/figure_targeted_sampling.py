"""Random images drawn for no target and for each, a row a method."""

from expost import files, job
from expost.plots import group_rows, sample_grid, style

job.start(snakemake.log[0])
rows = group_rows.targeted_sampling(
    snakemake.params.runs,
    [files.load_npy(path) for path in snakemake.input.images],
    [files.load_npz(path, "drawn")["drawn"] for path in snakemake.input.draws],
)  # label -> (n, c, h, w)
style.save(sample_grid.sample_grid(rows), snakemake.output.png, snakemake.output.pdf)
