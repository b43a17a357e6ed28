"""The metrics of one run, in every space, those of each family kept for when another changes."""

from expost.datasets import row_choice
from expost.features import archive
from expost.io import files
from expost.metrics import kept_scores
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
run, given, params = snakemake.wildcards, snakemake.input, snakemake.params
size, draws = int(run.size), int(run.draws)


def spaces():
    """Real, generated and training features, each by space, and log-densities of codes."""
    codes = files.load_npz(given.codes)
    test = row_choice.reference(run.dataset, run.seed, len(codes["test"]), draws)
    n_train = len(codes["train"])
    fitted = row_choice.fitted(run.dataset, run.seed, n_train, size, draws, params.validation)
    real, training = map(files.load_npz, (given.reference, given.training))
    # Of autoencoders that hold some out, fewer may be fitted than the file has, which all share.
    training = {name: array[: len(fitted)] for name, array in training.items()}
    generated = files.load_npz(given.features)
    drawn = files.load_npz(given.draws)
    return (
        archive.load(real.pop("images"), real, codes["test"][test]),
        archive.load(files.load_npy(given.images), generated, drawn["codes"]),
        archive.load(training.pop("images"), training, codes["train"][fitted]),
        {name: array for name, array in drawn.items() if name.endswith("_log_density")},
    )


scores, curves = kept_scores.scores(params.kept, params.families, list(given), spaces)
device = str(files.load_npz(given.features, "device")["device"])  # this job has none
about = {"seed": int(run.seed), "device": device, "seconds": job.seconds()}
content = stamp.stamped(scores, snakemake.config, **about)
files.save_json(snakemake.output.scores, content | ({"curves": curves} if curves else {}))
