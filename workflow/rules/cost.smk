"""
How long samplers take as codes become more: synthetic codes to seconds.

Needs     nothing
Makes     results/timing/cost_over_sample_size/{sampler}/d{dimension}/n{size}.json
          results/timing/cost_over_sample_size.csv
Options   cost_over_sample_size, samplers.{sampler}, threads

Jobs that run at the same time slow each other down: `--cores 1` runs one after the other.
"""

costs = grid.cost_grid(config["cost_over_sample_size"])


rule cost:
    """Time fitting one sampler to synthetic codes and drawing as many new ones."""
    output:
        timing="results/timing/cost_over_sample_size/{sampler}/d{dimension}/n{size}.json",
    log:
        "logs/cost/{sampler}/d{dimension}/n{size}.log",
    benchmark:
        "results/timing/cost_over_sample_size/{sampler}/d{dimension}/n{size}.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        code=lambda w: code(
            "cost", f"samplers/{option_sweeps.module(config, w.sampler)}"
        ),
        options=lambda w: config["samplers"][w.sampler],
        threads=config["threads"],
    script:
        "../scripts/cost.py"


use rule collect as collect_cost with:
    input:
        runs=collect(
            "results/timing/cost_over_sample_size/{run.sampler}/d{run.dimension}/n{run.size}.json",
            run=costs.itertuples(index=False),
        ),
    output:
        table="results/timing/cost_over_sample_size.csv",
    log:
        "logs/collect_cost.log",
    benchmark:
        "results/timing/cost_over_sample_size.tsv"
    params:
        code=code("collect"),
        columns=grid.COST_AXES,
        runs=list(costs.itertuples(index=False, name=None)),
