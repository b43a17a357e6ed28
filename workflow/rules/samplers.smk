"""
Codes to fitted samplers to new codes.

Needs     results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz
Makes     …/epoch{epoch}/{sampler}/n{size}/draws.npz, timing.json
Options   samplers.{sampler} (the constructor's arguments), draws, threads
"""


rule fit_sampler:
    """Fit one sampler to `size` training codes and draw new ones; repeat and pool if size < draws."""
    input:
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    output:
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/draws.npz",
        timing="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/timing.json",
    log:
        "logs/fit_sampler/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/fit_sampler.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(120),
    params:
        code=lambda w: code(
            "fit_sampler", f"samplers/{option_sweeps.module(config, w.sampler)}"
        ),
        options=lambda w: config["samplers"][w.sampler],
        draws=config["draws"],  # the same for every size: Fréchet distances are biased by it
        threads=config["threads"],
    script:
        "../scripts/fit_sampler.py"
