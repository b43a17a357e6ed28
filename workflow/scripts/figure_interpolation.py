"""From one real image to another through the codes between them, a row a pair."""

from expost.figures import interpolation, pictures, style
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
found = {}
for label, path in zip(
    interpolation.labels(snakemake.params.runs), snakemake.input.lines, strict=True
):
    arrays = files.load_npz(path)
    for ends in ("starts", "ends"):
        arrays[ends] = pictures.shown(arrays[ends], snakemake.params.hidden)
    found[label] = interpolation.Lines(**arrays)
style.save(interpolation.interpolation(found), snakemake.output.png, snakemake.output.pdf)
