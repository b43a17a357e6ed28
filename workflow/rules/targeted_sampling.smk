"""
Samples of one class, or with one attribute: codes near those of training images that have it.

Needs     results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz, results/data/{dataset}.npz
Makes     …/epoch{epoch}/{sampler}/n{size}/targeted_sampling/draws.npz
          results/figures/targeted_sampling/{dataset}.png, .pdf
          results/tables/targeted_sampling.csv, .md, .tex, .html
Options   experiments.targeted_sampling, datasets.{dataset}.hide_originals, samplers.{sampler}, draws, threads
"""


rule targeted_sampling:
    """Samples of wanted classes or attributes, and how many a classifier takes for such (EBCAE section 3.2)."""
    input:
        collect(
            "results/figures/targeted_sampling/{dataset}.png",
            dataset=datasets_of("targeted_sampling"),
        ),
        "results/tables/targeted_sampling.csv",
    localrule: True


rule draw_targeted:
    """Fit one sampler as `fit_sampler` does, and draw near each target's rows, and near all."""
    input:
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        data="results/data/{dataset}.npz",
    output:
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/targeted_sampling/draws.npz",
    log:
        "logs/draw_targeted/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/targeted_sampling/draw_targeted.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        code=lambda w: code(
            "draw_targeted", f"samplers/{option_sweeps.module(config, w.sampler)}"
        ),
        options=lambda w: config["samplers"][w.sampler],
        targets=lambda w: groups_of("targeted_sampling", w.dataset),
        draws=config["draws"],
        threads=config["threads"],
    script:
        "../scripts/draw_targeted.py"


rule figure_targeted_sampling:
    """Draw the samples of one data set's targets, of the first seed."""
    input:
        draws=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/targeted_sampling/draws.npz",
            run=first_seed("targeted_sampling", w.dataset),
        ),
        images=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/targeted_sampling/images.npy",
            run=first_seed("targeted_sampling", w.dataset),
        ),
    output:
        pdf="results/figures/targeted_sampling/{dataset}.pdf",
        png=report(
            "results/figures/targeted_sampling/{dataset}.png",
            caption="../report/figure_targeted_sampling.rst",
            category="5 What else can be done?",
            labels={"shown": "images of a wanted kind", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_targeted_sampling/{dataset}.log",
    benchmark:
        "results/figures/targeted_sampling/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_targeted_sampling"),
        runs=lambda w: list(map(tuple, first_seed("targeted_sampling", w.dataset))),
        hidden=lambda w: hidden(w.dataset, first_seed("targeted_sampling", w.dataset)),
    script:
        "../scripts/figure_targeted_sampling.py"


rule table_targeted_sampling:
    """Set the shares of samples that the classifier assigns to their target."""
    input:
        shares="results/shares/targeted_sampling.csv",
    output:
        csv="results/tables/targeted_sampling.csv",
        tex="results/tables/targeted_sampling.tex",
        md="results/tables/targeted_sampling.md",
        html=report(
            "results/tables/targeted_sampling.html",
            caption="../report/table_targeted_sampling.rst",
            category="5 What else can be done?",
            labels={"shown": "images of a wanted kind, in numbers", "data set": "all"},
        ),
    log:
        "logs/table_targeted_sampling.log",
    benchmark:
        "results/tables/targeted_sampling.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=code("table_targeted_sampling"),
    script:
        "../scripts/table_targeted_sampling.py"
