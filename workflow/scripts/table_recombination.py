"""What a classifier takes images for, before and after their margins were exchanged."""

import pandas as pd
from expost import job
from expost.plots import shares_table, tables

job.start(snakemake.log[0])
shares = pd.read_csv(snakemake.input.shares, dtype={"drawn": str, "group": str})
means = shares_table.summarise_shares(shares)
tables.write(means, *shares_table.recombination_tables(means), *snakemake.output)
