"""
Drawn codes to places in the plane, and those to a figure: where samplers draw.

Needs     …/epoch{epoch}/codes.npz, {sampler}/n{size}/draws.npz of all methods listed
Makes     …/epoch{epoch}/tsne/n{size}.npz
          results/figures/tsne/{dataset}.png, .pdf
Options   experiments.tsne, draws, threads
"""


rule tsne:
    """Training codes and draws in the plane, a panel a sampler (EBCAE Fig. 5)."""
    input:
        collect(
            "results/figures/tsne/{dataset}.png",
            dataset=datasets_of("tsne"),
        ),
    localrule: True


rule embed:
    """One t-SNE embedding of training codes and the draws of all samplers of an autoencoder."""
    input:
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        draws=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/draws.npz",
            run=runs("tsne", **dict(w.items())),  # those of one autoencoder
        ),
    output:
        places="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/tsne/n{size}.npz",
    log:
        "logs/embed/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/tsne/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/tsne/n{size}.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        code=code("embed"),
        samplers=lambda w: [run.sampler for run in runs("tsne", **dict(w.items()))],
        points=config["experiments"]["tsne"]["points"],
        draws=config["draws"],
        threads=config["threads"],
    script:
        "../scripts/embed.py"


rule figure_tsne:
    """Draw training codes in grey, and each method's draws in colour."""
    input:
        places=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/tsne/n{run.size}.npz",
            run=runs("tsne", dataset=w.dataset),
        ),
    output:
        pdf="results/figures/tsne/{dataset}.pdf",
        png=report(
            "results/figures/tsne/{dataset}.png",
            caption="../report/figure_tsne.rst",
            category="3 Do they copy?",
            labels={"shown": "codes in the plane", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_tsne/{dataset}.log",
    benchmark:
        "results/figures/tsne/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_tsne"),
        runs=lambda w: list(map(tuple, runs("tsne", dataset=w.dataset))),
    script:
        "../scripts/figure_tsne.py"
