"""One file, out of the user's folder or downloaded, whose digest is right."""

from pathlib import Path

from expost import datasets, download, job, weights

job.start(snakemake.log[0])
wanted = Path(snakemake.output.file)
known = [weights.RESNET34]
if snakemake.params.options is not None:
    known = datasets.build(**snakemake.params.options).files
(remote,) = (remote for remote in known if remote.name == wanted.name)
download.fetch(remote, wanted.parent, snakemake.params.data_dir)
