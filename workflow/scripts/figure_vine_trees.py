"""Structure of a fitted vine: its first trees, with Kendall's tau along the edges."""

import json
from pathlib import Path

from expost import job
from expost.plots import style, vine_trees

job.start(snakemake.log[0])
trees = json.loads(Path(snakemake.input.trees[0]).read_text())
style.save(vine_trees.vine_trees(trees), snakemake.output.png, snakemake.output.pdf)
