"""One picture of a figure, as its kind draws it."""

from expost import kinds
from expost.figures import style
from expost.runtime import job

job.start(snakemake.log[0])
about = snakemake.params.about
given = kinds.given(snakemake.input)
figure = kinds.load(about["kind"]).draw(given, about)
style.save(figure, snakemake.output.png, snakemake.output.pdf)
