"""
New codes to images, their features and their scores.

Needs     …/epoch{epoch}.decoder.onnx, codes.npz, …/{sampler}/n{size}/draws.npz, results/data/{dataset}.npz
Makes     results/data/{dataset}/classifier.safetensors, .onnx; results/data/{dataset}/reference/seed{seed}.npy, .npz
          results/data/{dataset}/training/seed{seed}/n{fitted}.npy, .npz
          …/{sampler}/n{size}/images.npy, features.npz, scores.json
          results/scores/{experiment}.csv, results/timing/{experiment}.csv
Options   features, precision, datasets.{dataset}.classifier, draws, experiments
"""


rule classifier:
    """Train the residual network whose features and probabilities metrics use."""
    input:
        data="results/data/{dataset}.npz",
        code=code("classifier"),
    output:
        weights="results/data/{dataset}/classifier.safetensors",
        onnx="results/data/{dataset}/classifier.onnx",
        history="results/data/{dataset}/classifier.csv",
    log:
        "logs/classifier/{dataset}.log",
    benchmark:
        "results/data/{dataset}/classifier.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        options=lambda w: config["datasets"][w.dataset]["classifier"],
        device=config["device"],
        threads=config["threads"],
    script:
        "../scripts/classifier.py"


rule reference:
    """The test images that generated ones are compared with, and their features."""
    input:
        data="results/data/{dataset}.npz",
        networks=feature_networks,
        code=code("reference", *(f"features/{space}" for space in config["features"])),
    output:
        images="results/data/{dataset}/reference/seed{seed}.npy",
        features="results/data/{dataset}/reference/seed{seed}.npz",
    log:
        "logs/reference/{dataset}/seed{seed}.log",
    benchmark:
        "results/data/{dataset}/reference/seed{seed}.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        features=config["features"],
        draws=config["draws"],
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
    script:
        "../scripts/reference.py"


rule training_features:
    """The first training images that samplers are fitted to, and their features.

    One file for all runs that are fitted to as many, over all fits; see row_choice.most_fitted.
    """
    input:
        data="results/data/{dataset}.npz",
        networks=feature_networks,
        code=code(
            "training_features", *(f"features/{space}" for space in config["features"])
        ),
    output:
        images="results/data/{dataset}/training/seed{seed}/n{fitted}.npy",
        features="results/data/{dataset}/training/seed{seed}/n{fitted}.npz",
    log:
        "logs/training_features/{dataset}/seed{seed}/n{fitted}.log",
    benchmark:
        "results/data/{dataset}/training/seed{seed}/n{fitted}.tsv"
    wildcard_constraints:
        fitted=r"\d+",
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        features=config["features"],
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
    script:
        "../scripts/training_features.py"


rule decode:
    """Images of the drawn codes, and the images' features.

    One job, because to start one takes longer than the work.
    """
    input:
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/draws.npz",
        decoder="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors",
        data="results/data/{dataset}.npz",
        networks=feature_networks,
        code=lambda w: code(
            "decode",
            *(f"features/{space}" for space in config["features"]),
        ),
    output:
        images="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/images.npy",
        features="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/features.npz",
    log:
        "logs/decode/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/decode.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        shows=lambda w: samplers.build(w.sampler, **config["samplers"][w.sampler]).shows,
        features=config["features"],
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
    script:
        "../scripts/decode.py"


rule score:
    """Every metric of one run, in every space."""
    input:
        images="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/images.npy",
        features="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/features.npz",
        reference_images="results/data/{dataset}/reference/seed{seed}.npy",
        reference_features="results/data/{dataset}/reference/seed{seed}.npz",
        training_images=lambda w: f"results/data/{w.dataset}/training/seed{w.seed}/n{row_choice.most_fitted(int(w.size), config['draws'])}.npy",
        training_features=lambda w: f"results/data/{w.dataset}/training/seed{w.seed}/n{row_choice.most_fitted(int(w.size), config['draws'])}.npz",
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/draws.npz",
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        code=code("score", *(f"metrics/{metric}" for metric in METRICS)),
    output:
        scores="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/scores.json",
    log:
        "logs/score/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/score.tsv"
    conda:
        "../../envs/metrics.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        draws=config["draws"],
    script:
        "../scripts/score.py"


rule collect:
    """One measurement of all runs of an experiment, in one tidy table."""
    input:
        runs=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/{table}.json",
            run=runs(w.experiment),
            table=w.table,
        ),
        code=code("collect"),
    output:
        table="results/{table}/{experiment}.csv",
    log:
        "logs/collect/{table}/{experiment}.log",
    benchmark:
        "results/{table}/{experiment}.tsv"
    wildcard_constraints:
        table="scores|timing",
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        columns=grid.AXES,
        runs=lambda w: list(map(tuple, runs(w.experiment))),
    script:
        "../scripts/collect.py"
