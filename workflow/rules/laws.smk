"""
What follows from a law that codes were trained towards: how near they are to it, what is novel, whose a mode is.

Needs     …/epoch{epoch}/codes.npz, …/epoch{epoch}.safetensors, .csv and .decoder.onnx, results/data/{dataset}.npz
Makes     results/entropies/{figure}.csv, results/normality/{figure}.csv, results/courses/{figure}.csv
          results/novelty/{figure}.csv, .npz; results/modes/{figure}.csv, .npz; …/epoch{epoch}/{figure}.npz (traversals)
Options   figures.{figure} of its study, device, threads
"""


rule entropies:
    """How normal the test codes of all runs are, and how well they are decoded."""
    input:
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
        decoders=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.decoder.onnx",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/entropies/{figure}.csv",
    log:
        "logs/entropies/{figure}.log",
    benchmark:
        "results/entropies/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("entropies")),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        datasets=lambda w: list(plan.figures[w.figure].datasets),
        codes=lambda w: plan.figures[w.figure].options["codes"],
        threads=config["threads"],
        code=lambda w: code("entropies"),
    script:
        "../scripts/entropies.py"


rule normality:
    """How far the test codes of all runs are from normal ones; of codes that are given, all."""
    input:
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
    output:
        table="results/normality/{figure}.csv",
    log:
        "logs/normality/{figure}.log",
    benchmark:
        "results/normality/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("normality")),
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        given=lambda w: list(filter(are_given, plan.figures[w.figure].datasets)),
        codes=lambda w: plan.figures[w.figure].options["codes"],
        threads=config["threads"],
        code=lambda w: code("normality"),
    script:
        "../scripts/normality.py"


rule course:
    """What all trainings of a figure tell of their codes, and what these are like afterwards."""
    input:
        histories=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.csv",
            run=plan.figures[w.figure].runs,
        ),
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
    output:
        table="results/courses/{figure}.csv",
    log:
        "logs/course/{figure}.log",
    benchmark:
        "results/courses/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("course")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        kernels=lambda w: [kernels_of(run) for run in plan.figures[w.figure].runs],
        code=lambda w: code("course"),
    script:
        "../scripts/course.py"


rule novelty:
    """How well autoencoders of one class tell images of others, of all runs, and which are at either end."""
    input:
        runs=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.safetensors",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/novelty/{figure}.csv",
        ends="results/novelty/{figure}.npz",
    log:
        "logs/novelty/{figure}.log",
    benchmark:
        "results/novelty/{figure}.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(120),
    params:
        datasets=lambda w: plan.figures[w.figure].datasets,
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        trainings=lambda w: trainings_of(plan.figures[w.figure]),
        among=lambda w: plan.figures[w.figure].options["among"],
        shown=lambda w: COLUMNS * plan.figures[w.figure].options["rows"],
        device=config["device"],
        threads=config["threads"],
        code=lambda w: code("novelty"),
    script:
        "../scripts/novelty.py"


rule modes:
    """Which classes the modes of mixtures have got, of all runs."""
    input:
        runs=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/modes/{figure}.csv",
        shown="results/modes/{figure}.npz",
    log:
        "logs/modes/{figure}.log",
    benchmark:
        "results/modes/{figure}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(20),
    params:
        datasets=lambda w: plan.figures[w.figure].datasets,
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        trainings=lambda w: trainings_of(plan.figures[w.figure]),
        code=lambda w: code("modes"),
    script:
        "../scripts/modes.py"


rule traverse:
    """Decode codes on lines through each mode of a mixture."""
    input:
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
    output:
        ways="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.npz",
    log:
        "logs/traverse/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("traversals")),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        training=training_of,
        options=lambda w: plan.figures[w.figure].options,
        device=config["device"],
        threads=config["threads"],
        code=lambda w: code("traverse"),
    script:
        "../scripts/traverse.py"
