"""How many of the images drawn for a target a classifier assigns to it."""

import pandas as pd
from expost.runtime import job
from expost.tables import layout, shares_table

job.start(snakemake.log[0])
shares = pd.read_csv(snakemake.input.shares, dtype={"drawn": str, "group": str})
means = shares_table.summarise_shares(shares)
layout.write(means, *shares_table.targeted_tables(means), *snakemake.output)
