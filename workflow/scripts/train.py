"""Train one autoencoder, going on where an interrupted job stopped."""

from expost.io import files
from expost.runtime import device, job
from expost.training import loop

job.start(snakemake.log[0], snakemake.params.threads)
run = snakemake.wildcards
objective = dict(snakemake.params.autoencoder)
settings = dict(snakemake.params.training)
data = files.load_npz(snakemake.input.data, "images_train", "images_test")
identity = ("train", run.dataset, run.autoencoder, run.seed)

about = {
    "objective": objective.pop("objective"),
    "options": objective,
    "shape": data["images_train"].shape[1:],
    "latent": settings.pop("latent"),
    "architecture": settings.pop("architecture"),
}
trainer = loop.Training(
    about,
    loop.Settings(tuple(snakemake.params.epochs), **settings),
    identity,
    snakemake.params.unfinished,
    device.pick(snakemake.params.device),
    [str(snakemake.params.threads), snakemake.params.code, files.sha256(snakemake.input.data)],
)
trainer.run(data["images_train"], data["images_test"])
trainer.finish(snakemake.output.checkpoints, snakemake.output.history)
