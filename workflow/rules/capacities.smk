"""
What a latent size does: how good autoencoders of several capacities are, how their masks are learnt, and what
these leave of covariances.

Needs     …/epoch{epoch}.csv, …/epoch{epoch}/codes.npz, …/{sampler}/n{size}m{draws}/scores.json,
          results/data/{dataset}.npz
Makes     results/capacities/{figure}.csv, results/masks/{figure}.csv, results/covariances/{figure}.csv
Options   figures.{figure} of its study
"""


rule capacities:
    """What is told of each training of a figure, and whether it broke."""
    input:
        scores=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/scores.json",
            run=plan.figures[w.figure].runs,
        ),
        histories=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.csv",
            run=plan.figures[w.figure].runs,
        ),
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/capacities/{figure}.csv",
    log:
        "logs/capacities/{figure}.log",
    benchmark:
        "results/capacities/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("capacity")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(20),
    params:
        datasets=lambda w: list(plan.figures[w.figure].datasets),
        dimensions=lambda w: {
            dataset: plan.data_sets[dataset].dimension
            for dataset in plan.figures[w.figure].datasets
        },
        runs=lambda w: with_capacities(plan.figures[w.figure]),
        code=lambda w: code("capacities", *scored_modules(plan.figures[w.figure])),
    script:
        "../scripts/capacities.py"


rule masks:
    """The masks of all trainings of a figure, epoch by epoch."""
    input:
        histories=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.csv",
            run=plan.figures[w.figure].runs,
        ),
    output:
        table="results/masks/{figure}.csv",
    log:
        "logs/masks/{figure}.log",
    benchmark:
        "results/masks/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("masks")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        runs=lambda w: with_capacities(plan.figures[w.figure]),
        code=lambda w: code("masks"),
    script:
        "../scripts/masks.py"


rule covariances:
    """How correlated the test codes of all runs are in active dimensions."""
    input:
        histories=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.csv",
            run=masked_runs(plan.figures[w.figure]),
        ),
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
    output:
        table="results/covariances/{figure}.csv",
    log:
        "logs/covariances/{figure}.log",
    benchmark:
        "results/covariances/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("covariances")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        masked=lambda w: [is_masked(run) for run in plan.figures[w.figure].runs],
        best=lambda w: [keeps_best(run) for run in plan.figures[w.figure].runs],
        code=lambda w: code("covariances"),
    script:
        "../scripts/covariances.py"
