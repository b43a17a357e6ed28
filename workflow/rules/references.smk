"""
What draws are compared with: real images, their features and the network behind features, once for all runs.

Needs     results/data/{dataset}.npz
Makes     results/data/{dataset}/classifier.safetensors, .onnx, .csv, .json
          results/data/{dataset}/reference/seed{seed}m{draws}/{spaces}.npz
          results/data/{dataset}/training/seed{seed}n{fitted}/{spaces}.npz
          results/data/{dataset}/copying/seed{seed}n{fitted}m{draws}/{spaces}.npz
Options   features, draws of studies and figures; precision, datasets.{dataset}.classifier

A name in place of {spaces} is `pixels` and, behind hyphens, the feature spaces in the file.
"""


wildcard_constraints:
    spaces="[a-z0-9_]+(-[a-z0-9_]+)*",
    fitted=r"\d+",


rule classifier:
    """Train the residual network whose features and probabilities metrics use."""
    input:
        data="results/data/{dataset}.npz",
    output:
        weights="results/data/{dataset}/classifier.safetensors",
        onnx="results/data/{dataset}/classifier.onnx",
        history="results/data/{dataset}/classifier.csv",
        accuracy="results/data/{dataset}/classifier.json",
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
        options=lambda w: config["datasets"][w.dataset].get("classifier", {}),
        device=config["device"],
        threads=config["threads"],
        code=lambda w: code("classifier", "features/classifier"),
    script:
        "../scripts/classifier.py"


rule reference:
    """The test images that generated ones are compared with, and their features."""
    input:
        data="results/data/{dataset}.npz",
        networks=lambda w: networks_of(w.dataset, spaces_in(w)),
    output:
        features="results/data/{dataset}/reference/seed{seed}m{draws}/{spaces}.npz",
    log:
        "logs/reference/{dataset}/seed{seed}m{draws}/{spaces}.log",
    benchmark:
        "results/data/{dataset}/reference/seed{seed}m{draws}/{spaces}.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        features=spaces_in,
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
        code=lambda w: code("reference", *feature_modules(spaces_in(w))),
    script:
        "../scripts/reference.py"


rule training_features:
    """The first training images that samplers are fitted to, and their features.

    One file for all runs that are fitted to as many, over all fits; see row_choice.most_fitted.
    """
    input:
        data="results/data/{dataset}.npz",
        networks=lambda w: networks_of(w.dataset, spaces_in(w)),
    output:
        features="results/data/{dataset}/training/seed{seed}n{fitted}/{spaces}.npz",
    log:
        "logs/training_features/{dataset}/seed{seed}n{fitted}/{spaces}.log",
    benchmark:
        "results/data/{dataset}/training/seed{seed}n{fitted}/{spaces}.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        features=spaces_in,
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
        code=lambda w: code("training_features", *feature_modules(spaces_in(w))),
    script:
        "../scripts/training_features.py"


rule copying:
    """What metrics of copying find of training and test images alone, once for all runs."""
    input:
        training="results/data/{dataset}/training/seed{seed}n{fitted}/{spaces}.npz",
        reference="results/data/{dataset}/reference/seed{seed}m{draws}/{spaces}.npz",
    output:
        known="results/data/{dataset}/copying/seed{seed}n{fitted}m{draws}/{spaces}.npz",
    log:
        "logs/copying/{dataset}/seed{seed}n{fitted}m{draws}/{spaces}.log",
    benchmark:
        "results/data/{dataset}/copying/seed{seed}n{fitted}m{draws}/{spaces}.tsv"
    conda:
        "../../envs/metrics.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        code=lambda w: code("copying"),
    script:
        "../scripts/copying.py"
