"""Every metric of one run, in every space."""

from expost.datasets import row_choice
from expost.features import archive
from expost.io import files
from expost.metrics.scoring import score
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
run, given, draws = snakemake.wildcards, snakemake.input, snakemake.params.draws
codes = files.load_npz(given.codes)
test = row_choice.reference(run.dataset, run.seed, len(codes["test"]), draws)
fitted = row_choice.fitted(run.dataset, run.seed, len(codes["train"]), int(run.size), draws)

real, generated, training = (
    archive.load(files.load_npy(images), files.load_npz(features), of_codes)
    for images, features, of_codes in (
        (given.reference_images, given.reference_features, codes["test"][test]),
        (given.images, given.features, files.load_npz(given.draws, "codes")["codes"]),
        (given.training_images, given.training_features, codes["train"][fitted]),
    )
)
scores = [
    {"space": space, "metric": metric, "value": value}
    for space in real
    for metric, value in score(
        real[space], generated[space], training[space], codes=space == "codes"
    ).items()
]
about = {
    "seed": int(run.seed),
    "device": str(files.load_npz(given.features, "device")["device"]),  # this job has none
    "seconds": job.seconds(),
}
files.save_json(snakemake.output.scores, stamp.stamped(scores, snakemake.config, **about))
