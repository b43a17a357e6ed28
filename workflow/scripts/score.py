"""The metrics of one run, in every space, those of each family kept for when another changes."""

from expost.datasets import row_choice
from expost.features import archive
from expost.io import files
from expost.metrics import copying_archive, kept_scores
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
run, given, params = snakemake.wildcards, snakemake.input, snakemake.params
size, draws = int(run.size), int(run.draws)


def spaces():
    """Real, generated and training features by space, and what else scores want."""
    codes = files.load_npz(given.codes)
    test = row_choice.reference(run.dataset, run.seed, len(codes["test"]), draws)
    n_train = len(codes["train"])
    fitted = row_choice.fitted(run.dataset, run.seed, n_train, size, draws, params.validation)
    real, training = map(files.load_npz, (given.reference, given.training))
    # Of autoencoders that hold some out, fewer may be fitted than the file has, which all share.
    all_fitted = len(fitted) == len(training["images"])
    training = {name: array[: len(fitted)] for name, array in training.items()}
    known = files.load_npz(given.copying) if given.copying and all_fitted else {}
    generated, drawn = map(files.load_npz, (given.features, given.draws))
    return kept_scores.Sides(
        archive.load(real.pop("images"), real, codes["test"][test]),
        archive.load(files.load_npy(given.images), generated, drawn["codes"]),
        archive.load(training.pop("images"), training, codes["train"][fitted]),
        {name: array for name, array in drawn.items() if name.endswith("_log_density")},
        copying_archive.load(known),
    )


scores, curves = kept_scores.scores(params.kept, params.families, list(given), spaces)
device = str(files.load_npz(given.features, "device")["device"])  # this job has none
about = {"seed": int(run.seed), "device": device, "seconds": job.seconds()}
content = stamp.stamped(scores, snakemake.config, **about)
files.save_json(snakemake.output.scores, content | ({"curves": curves} if curves else {}))
