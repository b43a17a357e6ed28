"""Fit one sampler to part of the training codes and draw near those of each target."""

import numpy as np
from expost import draw, files, grid, groups, job, roles, samplers

job.start(snakemake.log[0], snakemake.params.threads)
run, draws = snakemake.wildcards, snakemake.params.draws
identity = [run[axis] for axis in grid.AXES]
codes = files.load_npz(snakemake.input.codes)
sampler = samplers.build(run.sampler, **snakemake.params.options)
part, rows = roles.pool(sampler.source, run.dataset, run.seed, codes, draws)
if part == "train":
    rows = rows[: int(run.size)]
data = files.load_npz(snakemake.input.data, *groups.arrays(part))

sampler.fit(codes[part][rows], job.generator("fit_sampler", *identity))
found, drawn = [], []
for target in ("untargeted", *snakemake.params.targets):
    given = None if target == "untargeted" else groups.members(target, data, part, rows)
    rng = job.generator("targeted_sampling", *identity, target)
    found.append(draw.near(sampler, draws, rng, given))
    drawn += [str(target)] * draws

parts, picked = zip(*found, strict=True)
arrays = {"codes": np.concatenate(parts).astype(np.float32), "drawn": np.array(drawn)}
if picked[0] is not None:
    arrays |= {f"rows_{part}": rows[np.concatenate(picked)]}
files.save_npz(snakemake.output.draws, **arrays)
