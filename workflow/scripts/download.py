"""One file, out of the user's folder or downloaded, whose digest is right."""

from pathlib import Path

from expost import datasets, features
from expost.io import download
from expost.runtime import job
from expost.study import data_sets

job.start(snakemake.log[0])
wanted = Path(snakemake.output.file)
if space := snakemake.wildcards.get("space"):
    known = [features.weights(space)]
else:
    entry = snakemake.config["datasets"][snakemake.wildcards.dataset]
    known = datasets.build(**data_sets.source(entry)).files
remotes = {remote.name: remote for remote in known}
if wanted.name not in remotes:
    raise ValueError(f"got file {wanted.name!r}; wanted one of {', '.join(remotes) or 'none'}")
download.fetch(remotes[wanted.name], wanted.parent, snakemake.config["data_dir"])
