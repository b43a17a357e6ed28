"""Training codes and all samplers' draws of one autoencoder in one plane."""

from expost import embedding, files, job, roles

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
codes = files.load_npz(snakemake.input.codes, "train")["train"]
rows = roles.fitted(run.dataset, run.seed, len(codes), int(run.size), params.draws)
draws = {
    sampler: files.load_npz(path, "codes")["codes"]
    for sampler, path in zip(params.samplers, snakemake.input.draws, strict=True)
}
identity = run.dataset, run.autoencoder, run.epoch, run.size, run.seed
places = embedding.joint(codes[rows], draws, params.points, job.generator("embed", *identity))
files.save_npz(snakemake.output.places, **places)
