"""Decoded codes on the way between pairs of test images."""

from expost import coding, device, files, interpolation, job, networks, roles

job.start(snakemake.log[0], snakemake.params.threads)
run, params = snakemake.wildcards, snakemake.params
codes = files.load_npz(snakemake.input.codes, "test")["test"]
images = files.load_npz(snakemake.input.data, "images_test")["images_test"]
starts, ends = roles.pairs(run.dataset, run.seed, len(codes), params.pairs).T
between = interpolation.between(codes[starts], codes[ends], params.steps)  # (pairs, steps, d)

model = networks.load(snakemake.input.checkpoint, device.pick(params.device))
decoded = coding.decode(model, between.reshape(-1, codes.shape[1]))
files.save_npz(
    snakemake.output.lines,
    starts=images[starts],
    decoded=decoded.reshape(*between.shape[:2], *decoded.shape[1:]),
    ends=images[ends],
)
