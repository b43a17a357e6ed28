"""One picture of a figure, as its kind draws it."""

from expost import kinds
from expost.figures import naming, style
from expost.runtime import job

job.start(snakemake.log[0])
about = snakemake.params.about
given = kinds.given(snakemake.input)
with naming.of(**about["names"]):
    figure = kinds.load(about["kind"]).draw(given, about)
style.save(figure, snakemake.output.png, snakemake.output.pdf)
