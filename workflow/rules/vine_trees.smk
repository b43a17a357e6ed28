"""
Codes to the trees of a fitted vine, and those to a figure.

Needs     …/epoch{epoch}/codes.npz
Makes     …/epoch{epoch}/{sampler}/n{size}/trees.json
          results/figures/vine_trees/{dataset}.png, .pdf
Options   experiments.vine_trees, samplers.vine, threads
"""


rule vine_trees:
    """Trees of a fitted vine copula, with Kendall's tau (EBCAE Fig. 7)."""
    input:
        collect(
            "results/figures/vine_trees/{dataset}.png",
            dataset=datasets_of("vine_trees"),
        ),
    localrule: True


rule fit_trees:
    """Fit a vine as `fit_sampler` does, to `size` training codes, and keep its structure."""
    input:
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    output:
        trees="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/trees.json",
    log:
        "logs/fit_trees/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/fit_trees.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        code=lambda w: code(
            "fit_trees", f"samplers/{option_sweeps.module(config, w.sampler)}"
        ),
        options=lambda w: config["samplers"][w.sampler],
        threads=config["threads"],
    script:
        "../scripts/fit_trees.py"


rule figure_vine_trees:
    """Draw the first trees of one vine."""
    input:
        trees=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/trees.json",
            run=runs("vine_trees", dataset=w.dataset),
        ),
    output:
        pdf="results/figures/vine_trees/{dataset}.pdf",
        png=report(
            "results/figures/vine_trees/{dataset}.png",
            caption="../report/figure_vine_trees.rst",
            category="5 What else can be done?",
            labels={"shown": "vine trees", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_vine_trees/{dataset}.log",
    benchmark:
        "results/figures/vine_trees/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_vine_trees"),
    script:
        "../scripts/figure_vine_trees.py"
