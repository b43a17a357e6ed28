"""
Files from elsewhere to one archive of images, or vectors, a data set; and how many dimensions these have.

Needs     nothing (digits), a file or folder (npz, folder), or the network or `data_dir` (mnist, svhn, …)
Makes     results/downloads/{dataset}/{file}, results/data/{dataset}.npz, results/data/{dataset}/intrinsic_dimension.csv
Options   datasets.{dataset}, data_dir
"""


rule download:
    """A data set's file from `data_dir` or its mirrors, once its SHA-256 matches.

    Neither library code nor config is declared: Snakemake would remove a good file to fetch it
    again, because `data_dir` was left out, say.
    """
    output:
        file="results/downloads/{dataset}/{file}",
    log:
        "logs/download/{dataset}/{file}.log",
    benchmark:
        "results/downloads/{dataset}/{file}.tsv"
    localrule: True  # compute nodes of clusters often have no way out
    conda:
        "../../envs/data.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(120),
    script:
        "../scripts/download.py"


use rule download as download_weights with:
    output:
        file="results/downloads/{space}/{file}",
    log:
        "logs/download/{space}/{file}.log",
    benchmark:
        "results/downloads/{space}/{file}.tsv"
    wildcard_constraints:
        space=one_of(filter(features.weights, features.FEATURES)),


rule dataset:
    """A data set's images, resized and split, with what is known of them."""
    input:
        source=lambda w: sources_of(w.dataset),
    output:
        data="results/data/{dataset}.npz",
    log:
        "logs/dataset/{dataset}.log",
    benchmark:
        "results/data/{dataset}.tsv"
    conda:
        "../../envs/data.yaml"
    threads: 1
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        options=lambda w: data_sets.source(config["datasets"][w.dataset]),
        state=lambda w: state_of(w.dataset),
        code=lambda w: code(
            "dataset", f"datasets/{config['datasets'][w.dataset]['kind']}"
        ),
    script:
        "../scripts/dataset.py"


rule intrinsic_dimension:
    """How many dimensions the training part really has, by two estimates."""
    input:
        data="results/data/{dataset}.npz",
    output:
        table="results/data/{dataset}/intrinsic_dimension.csv",
    log:
        "logs/intrinsic_dimension/{dataset}.log",
    benchmark:
        "results/data/{dataset}/intrinsic_dimension.tsv"
    conda:
        "../../envs/dimension.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(30),
    params:
        most=5000,  # of more, neighbours take minutes and say little else
        code=lambda w: code("intrinsic_dimension"),
    script:
        "../scripts/intrinsic_dimension.py"
