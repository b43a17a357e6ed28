"""Structure of a fitted vine: its first trees, with Kendall's tau along the edges."""

from expost.figures import style, vine_trees
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
trees = files.load_json(snakemake.input.trees[0])
style.save(vine_trees.vine_trees(trees), snakemake.output.png, snakemake.output.pdf)
