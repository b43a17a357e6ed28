"""
Seconds that samplers take, of made-up codes.

Needs     nothing
Makes     results/timing/{figure}/{sampler}/d{dimension}/n{size}.json, results/timing/{figure}.csv
Options   figures.{figure} of its study, device, threads

Jobs that run at the same time slow each other down, so `cost` asks for all cores that Snakemake has here, and computes
with its own. On a cluster it asks for its own; how busy the machine was stands beside each time.
"""


rule cost:
    """Time fitting one sampler to synthetic codes and drawing as many new ones, and nothing beside it."""
    output:
        timing="results/timing/{figure}/{sampler}/d{dimension}/n{size}.json",
    log:
        "logs/cost/{figure}/{sampler}/d{dimension}/n{size}.log",
    benchmark:
        "results/timing/{figure}/{sampler}/d{dimension}/n{size}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("costs")),
    conda:
        "../../envs/samplers.yaml"
    threads: alone
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        options=lambda w: plan.cost_sampler(w.figure, w.sampler),
        threads=config["threads"],
        code=lambda w: code("cost", cost_module(w)),
    script:
        "../scripts/cost.py"


use rule collect as collect_cost with:
    input:
        runs=lambda w: collect(
            "results/timing/{figure}/{run.sampler}/d{run.dimension}/n{run.size}.json",
            run=plan.figures[w.figure].runs,
            figure=w.figure,
        ),
        histories=[],
    output:
        table="results/timing/{figure}.csv",
    log:
        "logs/collect_cost/{figure}.log",
    benchmark:
        "results/timing/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("costs")),
    params:
        columns=runs.Cost._fields,
        runs=lambda w: list(map(tuple, plan.figures[w.figure].runs)),
        masked=[],
        best=[],
        features=(),
        families=(),
        code=lambda w: code("collect", *scored_modules(plan.figures[w.figure])),
