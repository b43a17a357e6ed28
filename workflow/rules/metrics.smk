"""
New codes to images, their features and their scores.

Needs     …/epoch{epoch}.decoder.onnx, codes.npz, …/{sampler}/n{size}m{draws}/draws.npz, results/data/{dataset}.npz
Makes     results/data/{dataset}/classifier.safetensors, .onnx, .csv, .json
          results/data/{dataset}/reference/seed{seed}m{draws}/{spaces}.npz
          results/data/{dataset}/training/seed{seed}n{fitted}/{spaces}.npz
          results/data/{dataset}/copying/seed{seed}n{fitted}m{draws}/{spaces}.npz
          …/{sampler}/n{size}m{draws}/images.npy, features.npz, scores.json
          results/scores/{figure}.csv, results/timing/{figure}.csv
Options   features, metrics, draws of studies and figures; precision, datasets.{dataset}.classifier

A name in place of {spaces} is `pixels` and, behind hyphens, the feature spaces in the file.
"""


wildcard_constraints:
    spaces="[a-z0-9_]+(-[a-z0-9_]+)*",
    fitted=r"\d+",
    numbers="scores|timing",


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


rule decode:
    """Images of the drawn codes, and the images' features."""
    input:
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz",
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
        data=original_images,
        networks=lambda w: networks_of(w.dataset, plan.spaces(run_of(w))),
    output:
        images="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/images.npy",
        features="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/features.npz",
    log:
        "logs/decode/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/decode.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        features=lambda w: plan.spaces(run_of(w)),
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
        code=lambda w: code("decode", *feature_modules(plan.spaces(run_of(w)))),
    script:
        "../scripts/decode.py"


rule score:
    """The metrics of one run, in every space.

    Scores are kept by family of metrics in a folder that is no output, so that only families whose
    code or input has changed are computed again.
    """
    input:
        images="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/images.npy",
        features="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/features.npz",
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz",
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        reference=reference_of,
        training=training_of_run,
        copying=copying_of,
    output:
        scores="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/scores.json",
    log:
        "logs/score/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/score.tsv"
    conda:
        "../../envs/metrics.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        kept="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/kept",
        validation=validation_of,
        families=lambda w: {
            family: code("score", *metrics.modules(family))
            for family in plan.families(run_of(w))
        },
    script:
        "../scripts/score.py"


rule score_codes:
    """The metrics of one run in codes, where there are codes alone; kept by family as of `score`."""
    input:
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz",
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    output:
        scores="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/scores.json",
    log:
        "logs/score_codes/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/score_codes.tsv"
    wildcard_constraints:
        autoencoder=one_of(given_autoencoders()),
    conda:
        "../../envs/metrics.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        kept="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/kept",
        families=lambda w: {
            family: code("score_codes", *metrics.modules(family))
            for family in plan.families(run_of(w))
        },
    script:
        "../scripts/score_codes.py"


ruleorder: score_codes > score


rule collect:
    """One measurement of all runs of a figure, in one tidy table."""
    input:
        runs=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{numbers}.json",
            run=plan.figures[w.figure].runs,
            numbers=w.numbers,
        ),
    output:
        table="results/{numbers}/{figure}.csv",
    log:
        "logs/collect/{numbers}/{figure}.log",
    benchmark:
        "results/{numbers}/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(name for name in plan.figures if name not in figures_of("costs")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        columns=runs.AXES,
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        features=lambda w: plan.figures[w.figure].features,
        families=lambda w: plan.figures[w.figure].metrics,
        code=lambda w: code("collect", *scored_modules(plan.figures[w.figure])),
    script:
        "../scripts/collect.py"
