"""Train the classifier whose features and class probabilities metrics use."""

import pandas as pd
from expost import files, job
from expost.features import classifier, train

job.start(snakemake.log[0], snakemake.params.threads)
data = files.load_npz(snakemake.input.data)
network, history = train.train_classifier(
    data["images_train"],
    data.get("labels_train"),
    data["images_test"],
    data.get("labels_test"),
    seed=job.seed("classifier", snakemake.wildcards.dataset),
    device=snakemake.params.device,
    **snakemake.params.options,
)
classifier.save(snakemake.output.weights, network)
with files.whole(snakemake.output.history) as temporary:
    pd.DataFrame(history).to_csv(temporary, index=False)
