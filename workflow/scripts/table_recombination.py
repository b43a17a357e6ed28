"""What a classifier takes images for, before and after their margins were exchanged."""

import pandas as pd
from expost.runtime import job
from expost.tables import layout, shares_table

job.start(snakemake.log[0])
shares = pd.read_csv(snakemake.input.shares, dtype={"drawn": str, "group": str})
means = shares_table.summarise_shares(shares)
layout.write(means, *shares_table.recombination_tables(means), *snakemake.output)
