"""
Codes to fitted samplers to new codes.

Needs     results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz
Makes     …/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz, timing.json
Options   samplers.{sampler} of the study (the constructor's arguments), threads
"""


rule fit_sampler:
    """Fit one sampler to `size` training codes and draw new ones; repeat and pool if size < draws."""
    input:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    output:
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz",
        timing="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/timing.json",
    log:
        "logs/fit_sampler/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/fit_sampler.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(120),
    params:
        options=lambda w: plan.sampler(w),
        validation=validation_of,
        likelihood=lambda w: "likelihood" in plan.families(run_of(w)),
        threads=config["threads"],
        code=lambda w: code("fit_sampler", sampler_module(w)),
    script:
        "../scripts/fit_sampler.py"
