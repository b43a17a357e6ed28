"""Training codes and all samplers' draws of one autoencoder in one plane."""

from expost.analyses import tsne
from expost.datasets import row_choice
from expost.io import files
from expost.runtime import job, seeding
from expost.study import runs

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
codes = files.load_npz(snakemake.input.codes, "train")["train"]
protocol = len(codes), int(run.size), int(run.draws), params.validation
fitted = row_choice.fitted(run.dataset, run.seed, *protocol)
draws = {
    sampler: files.load_npz(path, "codes")["codes"]
    for sampler, path in zip(params.samplers, snakemake.input.draws, strict=True)
}
identity = run.dataset, runs.bare(run.autoencoder), run.epoch, run.size, run.seed
rng = seeding.generator("embed", *identity)
files.save_npz(snakemake.output.places, **tsne.joint(codes[fitted], draws, params.points, rng))
