"""
The dependence of one group of images with the margins of another: glasses removed, say.

Needs     results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz, results/data/{dataset}.npz
Makes     …/epoch{epoch}/{sampler}/n{size}/recombination/draws.npz
          results/figures/recombination/{dataset}.png, .pdf
          results/tables/recombination.csv, .md, .tex, .html
Options   experiments.recombination, datasets.{dataset}.hide_originals, samplers.{sampler}, draws, threads
"""


rule recombination:
    """One group's dependence with another's margins, and what a classifier takes it for (EBCAE Fig. 6)."""
    input:
        collect(
            "results/figures/recombination/{dataset}.png",
            dataset=datasets_of("recombination"),
        ),
        "results/tables/recombination.csv",
    localrule: True


rule draw_recombined:
    """Fit one copula to each of two groups, and draw from both and across."""
    input:
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        data="results/data/{dataset}.npz",
    output:
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/recombination/draws.npz",
    log:
        "logs/draw_recombined/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/recombination/draw_recombined.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        code=lambda w: code(
            "draw_recombined", f"samplers/{option_sweeps.module(config, w.sampler)}"
        ),
        options=lambda w: config["samplers"][w.sampler],
        groups=lambda w: groups_of("recombination", w.dataset),
        draws=config["draws"],
        threads=config["threads"],
    script:
        "../scripts/draw_recombined.py"


rule figure_recombination:
    """Draw the samples of one data set's two groups and of their recombination, of the first seed."""
    input:
        draws=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/recombination/draws.npz",
            run=first_seed("recombination", w.dataset),
        ),
        images=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/recombination/images.npy",
            run=first_seed("recombination", w.dataset),
        ),
        data="results/data/{dataset}.npz",
    output:
        pdf="results/figures/recombination/{dataset}.pdf",
        png=report(
            "results/figures/recombination/{dataset}.png",
            caption="../report/figure_recombination.rst",
            category="5 What else can be done?",
            labels={
                "shown": "one kind with another's margins",
                "data set": "{dataset}",
            },
        ),
    log:
        "logs/figure_recombination/{dataset}.log",
    benchmark:
        "results/figures/recombination/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(8000),
        runtime=growing(20),
    params:
        code=code("figure_recombination"),
        runs=lambda w: list(map(tuple, first_seed("recombination", w.dataset))),
        groups=lambda w: groups_of("recombination", w.dataset),
        hidden=lambda w: config["datasets"][w.dataset]["hide_originals"],
    script:
        "../scripts/figure_recombination.py"


rule table_recombination:
    """Set what the classifier says of either group before and after recombination."""
    input:
        shares="results/shares/recombination.csv",
    output:
        csv="results/tables/recombination.csv",
        tex="results/tables/recombination.tex",
        md="results/tables/recombination.md",
        html=report(
            "results/tables/recombination.html",
            caption="../report/table_recombination.rst",
            category="5 What else can be done?",
            labels={
                "shown": "one kind with another's margins, in numbers",
                "data set": "all",
            },
        ),
    log:
        "logs/table_recombination.log",
    benchmark:
        "results/tables/recombination.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=code("table_recombination"),
    script:
        "../scripts/table_recombination.py"
