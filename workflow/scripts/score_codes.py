"""The metrics of one run in codes, those of each family kept for when another changes."""

from expost.datasets import row_choice
from expost.features.base import Features
from expost.io import files
from expost.metrics import kept_scores
from expost.provenance import stamp
from expost.runtime import job

job.start(snakemake.log[0])
run, given, params = snakemake.wildcards, snakemake.input, snakemake.params
size, draws = int(run.size), int(run.draws)


def spaces():
    """Real, generated and training codes, and log-densities."""
    codes, drawn = map(files.load_npz, (given.codes, given.draws))
    test = row_choice.reference(run.dataset, run.seed, len(codes["test"]), draws)
    fitted = row_choice.fitted(run.dataset, run.seed, len(codes["train"]), size, draws)
    sides = codes["test"][test], drawn["codes"], codes["train"][fitted]
    log_densities = {name: array for name, array in drawn.items() if name.endswith("_log_density")}
    return kept_scores.Sides(*({"codes": Features(side)} for side in sides), log_densities)


scores, curves = kept_scores.scores(params.kept, params.families, list(given), spaces)
about = {"seed": int(run.seed), "device": "cpu", "seconds": job.seconds()}
content = stamp.stamped(scores, snakemake.config, **about)
files.save_json(snakemake.output.scores, content | ({"curves": curves} if curves else {}))
