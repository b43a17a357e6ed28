"""One table, as its kind sets it."""

from expost import kinds
from expost.figures import naming
from expost.runtime import job
from expost.tables import layout

job.start(snakemake.log[0])
about = snakemake.params.about
given = kinds.given(snakemake.input)
with naming.of(**about["names"]):
    table = kinds.load(about["kind"]).tabulate(given, about)
layout.write(*table, *snakemake.output)
