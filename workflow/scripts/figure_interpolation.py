"""From one real image to another through the codes between them, a row a pair."""

from expost import files, job
from expost.plots import interpolation, style

job.start(snakemake.log[0])
found = {
    label: interpolation.Lines(**files.load_npz(path))
    for label, path in zip(
        interpolation.labels(snakemake.params.runs), snakemake.input.lines, strict=True
    )
}
style.save(interpolation.interpolation(found), snakemake.output.png, snakemake.output.pdf)
