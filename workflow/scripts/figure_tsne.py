"""Training codes and each method's draws in the plane, a panel a method."""

import numpy as np
from expost.figures import gallery, methods, style, tsne
from expost.io import files
from expost.runtime import job

job.start(snakemake.log[0])
runs, panels = snakemake.params.runs, {}
for i, label in gallery.order(runs):
    _, autoencoder, sampler, *_ = runs[i]
    places = files.load_npz(snakemake.input.places[i])
    panels[label] = tsne.Panel(
        places["training"],
        places[f"draws/{sampler}"],
        np.concatenate(list(places.values())),
        methods.method(autoencoder, sampler).colour,
    )
style.save(tsne.tsne(panels), snakemake.output.png, snakemake.output.pdf)
