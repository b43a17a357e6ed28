"""
New codes to images, their features and their scores.

Needs     …/epoch{epoch}.decoder.onnx, codes.npz, …/{sampler}/n{size}m{draws}/draws.npz, results/data/{dataset}.npz;
          what references.smk makes
Makes     …/{sampler}/n{size}m{draws}/images.npy, features.npz, scores.json
          results/scores/{figure}.csv, results/timing/{figure}.csv
Options   features, metrics, draws of studies and figures; precision
"""


wildcard_constraints:
    numbers="scores|timing",


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
        histories=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.csv",
            run=may_collapse(w),
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
        masked=lambda w: shown(plan.figures[w.figure], may_collapse(w)),
        best=lambda w: [keeps_best(run) for run in may_collapse(w)],
        features=lambda w: plan.figures[w.figure].features,
        families=lambda w: plan.figures[w.figure].metrics,
        code=lambda w: code("collect", *scored_modules(plan.figures[w.figure])),
    script:
        "../scripts/collect.py"
