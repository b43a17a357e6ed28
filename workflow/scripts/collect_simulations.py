"""The rows of several tables below one another."""

from pathlib import Path

from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
tables = [Path(path).read_text(encoding="utf-8") for path in snakemake.input.trials]
head = tables[0].partition("\n")[0] + "\n"
with files.whole(snakemake.output.table) as temporary:
    text = head + "".join(table.removeprefix(head) for table in tables)
    temporary.write_text(text, encoding="utf-8")
