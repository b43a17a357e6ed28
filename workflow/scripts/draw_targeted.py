"""Fit one sampler to part of the training codes and draw of each target, and of none."""

import numpy as np
from expost import samplers
from expost.datasets import image_groups, row_choice
from expost.io import files
from expost.runtime import job, seeding
from expost.samplers import fit_and_pool
from expost.study import runs

job.start(snakemake.log[0], snakemake.params.threads)
run, draws = snakemake.wildcards, int(snakemake.wildcards.draws)
identity = runs.identity(run)
codes = files.load_npz(snakemake.input.codes)
sampler = samplers.build(run.sampler, **snakemake.params.options)
validation = snakemake.params.validation
part, rows = row_choice.pool(sampler.source, run.dataset, run.seed, codes, draws, validation)
if sampler.source == "train":
    rows = rows[: int(run.size)]
data = files.load_npz(snakemake.input.data, *image_groups.arrays(part))

codes = codes[part][rows]
sampler.fit(codes, seeding.generator("fit_sampler", *identity))
rng = seeding.generator("targeted_sampling", *identity, image_groups.NOBODY)
found, drawn = [fit_and_pool.near(sampler, draws, rng)], [image_groups.NOBODY] * draws
for target in snakemake.params.targets:
    members = image_groups.members(target, data, part, rows)
    rng = seeding.generator("targeted_sampling", *identity, target)
    alone = snakemake.params.fits == "alone"
    found.append(fit_and_pool.of_group(sampler, codes, draws, rng, target, members, alone))
    drawn += [str(target)] * draws

parts, picked = zip(*found, strict=True)
arrays = {"codes": np.concatenate(parts).astype(np.float32), "drawn": np.array(drawn)}
if picked[0] is not None:
    arrays |= {f"rows_{part}": rows[np.concatenate(picked)]}
files.save_npz(snakemake.output.draws, **arrays)
