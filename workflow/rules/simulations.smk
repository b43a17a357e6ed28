"""
Simulations of laws that are known, which need no data and no networks that were trained before.

Needs     nothing
Makes     results/simulations/{figure}/d{dimension}.csv, results/simulations/{figure}.csv
Options   figures.{figure} of its study, threads

A job has one number of dimensions, all numbers of codes and all trials, so that starting it is little of its time and a
cluster still has several. A trial's codes hang on what it is, so that more trials have those of fewer among theirs.
"""


rule simulate_bandwidths:
    """The bandwidth that tells two samples of N(0, I) apart best, trial by trial."""
    output:
        trials="results/simulations/{figure}/d{dimension}.csv",
    log:
        "logs/simulate_bandwidths/{figure}/d{dimension}.log",
    benchmark:
        "results/simulations/{figure}/d{dimension}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("bandwidths")),
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(2000),
        runtime=growing(60),
    params:
        codes=lambda w: plan.figures[w.figure].options["codes"],
        trials=lambda w: plan.figures[w.figure].options["trials"],
        threads=config["threads"],
        code=lambda w: code("simulate_bandwidths"),
    script:
        "../scripts/simulate_bandwidths.py"


rule simulate_separations:
    """The divergence of two normals that move apart, by kernels and by tuned discriminators."""
    output:
        trials="results/simulations/{figure}/d{dimension}.csv",
    log:
        "logs/simulate_separations/{figure}/d{dimension}.log",
    benchmark:
        "results/simulations/{figure}/d{dimension}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("separations")),
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        codes=lambda w: plan.figures[w.figure].options["codes"],
        trials=lambda w: plan.figures[w.figure].options["trials"],
        separation=lambda w: plan.figures[w.figure].options["separation"],
        tuning=lambda w: plan.figures[w.figure].options["tuning"],
        threads=config["threads"],
        code=lambda w: code("simulate_separations"),
    script:
        "../scripts/simulate_separations.py"


rule collect_simulations:
    """The trials of all numbers of dimensions in one table."""
    input:
        trials=lambda w: collect(
            "results/simulations/{figure}/d{run.dimension}.csv",
            run=plan.figures[w.figure].runs,
            figure=w.figure,
        ),
    output:
        table="results/simulations/{figure}.csv",
    log:
        "logs/collect_simulations/{figure}.log",
    benchmark:
        "results/simulations/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("bandwidths", "separations")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=lambda w: code("collect_simulations"),
    script:
        "../scripts/collect_simulations.py"
