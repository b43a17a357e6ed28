"""
Draws for groups of images, by class or attribute, to images and to what the classifier says of them.

Needs     …/{sampler}/n{size}/{study}/draws.npz of targeted_sampling or recombination,
          …/epoch{epoch}.decoder.onnx, results/data/{dataset}.npz, results/data/{dataset}/classifier.onnx
Makes     …/{sampler}/n{size}/{study}/images.npy, features.npz
          results/shares/{study}.csv
Options   precision, device, threads, experiments.{study}
"""


wildcard_constraints:
    study="targeted_sampling|recombination",


use rule decode as decode_groups with:
    input:
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/{study}/draws.npz",
        decoder="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors",
        data="results/data/{dataset}.npz",
        networks=["results/data/{dataset}/classifier.onnx"],
        code=code("decode", "features/classifier"),
    output:
        images="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/{study}/images.npy",
        features="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/{study}/features.npz",
    log:
        "logs/decode_groups/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/{study}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/{study}/decode.tsv"
    params:
        shows=lambda w: samplers.build(w.sampler, **config["samplers"][w.sampler]).shows,
        features=["classifier"],  # the only one that knows the groups, whatever scores are in
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],


rule shares:
    """How many of the images drawn for a group the classifier assigns to it, of all runs."""
    input:
        draws=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/{study}/draws.npz",
            run=runs(w.study),
            study=w.study,
        ),
        features=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/{study}/features.npz",
            run=runs(w.study),
            study=w.study,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=datasets_of(w.study)
        ),
        code=code("shares"),
    output:
        table="results/shares/{study}.csv",
    log:
        "logs/shares/{study}.log",
    benchmark:
        "results/shares/{study}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(20),
    params:
        columns=grid.AXES,
        runs=lambda w: list(map(tuple, runs(w.study))),
        datasets=lambda w: datasets_of(w.study),
        experiment=lambda w: config["experiments"][w.study],
    script:
        "../scripts/shares.py"
