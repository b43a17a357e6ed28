"""Fit one copula to two groups of training codes and draw from either, and across."""

import numpy as np
from expost import samplers
from expost.analyses import recombination
from expost.datasets import image_groups, row_choice
from expost.io import files
from expost.runtime import job, seeding
from expost.study import runs

job.start(snakemake.log[0], snakemake.params.threads)
run, draws = snakemake.wildcards, int(snakemake.wildcards.draws)
identity = ["recombination", *runs.identity(run)]
codes = files.load_npz(snakemake.input.codes, "train")["train"]
data = files.load_npz(snakemake.input.data, *image_groups.arrays("train"))
validation = snakemake.params.validation
rows = row_choice.fitted_once(run.dataset, run.seed, len(codes), int(run.size), validation)

dependence, margins = (
    samplers.build(run.sampler, **snakemake.params.options).fit(
        codes[rows[image_groups.members(group, data, "train", rows)]],
        seeding.generator(*identity, group),
    )
    for group in snakemake.params.groups
)
parts, nearest = recombination.recombine(
    dependence, margins, codes[rows], draws, seeding.seed(*identity)
)
files.save_npz(
    snakemake.output.draws,
    codes=np.concatenate([*parts.values()]).astype(np.float32),
    drawn=np.repeat([*parts], draws),
    rows_nearest=rows[nearest],
)
