"""Train the classifier whose features and probabilities metrics use."""

import pandas as pd
from expost.features import build, classifier_training, held_out_accuracy, residual_net, targets
from expost.io import files
from expost.runtime import job, seeding
from expost.runtime.log import log

job.start(snakemake.log[0], snakemake.params.threads)
data = files.load_npz(snakemake.input.data)
target = targets.known(data)
network, history = classifier_training.train_classifier(
    data["images_train"],
    data[f"{target}_train"],
    data["images_test"],
    data[f"{target}_test"],
    target=target,
    seed=seeding.seed("classifier", snakemake.wildcards.dataset),
    device=snakemake.params.device,
    **snakemake.params.options,
)
residual_net.save(snakemake.output.weights, network)
residual_net.save_onnx(snakemake.output.onnx, network)
with files.whole(snakemake.output.history) as temporary:
    pd.DataFrame(history).to_csv(temporary, index=False)

space = build("classifier", weights=snakemake.output.onnx, device=snakemake.params.device)
found = held_out_accuracy.measure(
    snakemake.wildcards.dataset, space(data["images_test"]), data[f"{target}_test"]
)
log.info("%s", found)
if found.doubt:
    advice = "give it more epochs or images"
    log.warning("scores in its features mean little, as %s; %s", found.doubt, advice)
files.save_json(snakemake.output.accuracy, found._asdict())
